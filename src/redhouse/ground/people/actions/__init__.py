"""The only writers of persons, households, memberships and posts.

`by` is the key of the person who records it, None for the house itself. Permission is asked by the rooms that call.
Bulk verbs write rows and facts with COPY; a single verb is a batch of one.
"""

from redhouse.ground.people.actions.households import (
    NewHousehold,
    end_household,
    register_household,
    register_households,
    revise_households,
)
from redhouse.ground.people.actions.persons import NewPerson, change_phone, register_person, register_persons
from redhouse.ground.people.actions.posts import NewPost, leave_post, set_term, take_post, take_posts
from redhouse.ground.people.actions.ties import (
    NewMembership,
    NewSocietyMember,
    confirm_society_members,
    end_membership,
    end_society_member,
    record_membership,
    record_memberships,
)

__all__ = [
    "NewHousehold",
    "NewMembership",
    "NewPerson",
    "NewPost",
    "NewSocietyMember",
    "change_phone",
    "confirm_society_members",
    "end_household",
    "end_membership",
    "end_society_member",
    "leave_post",
    "record_membership",
    "record_memberships",
    "register_household",
    "register_households",
    "register_person",
    "register_persons",
    "revise_households",
    "set_term",
    "take_post",
    "take_posts",
]
