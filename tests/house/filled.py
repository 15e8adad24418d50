"""One row about somebody in every table that holds people."""

from redhouse.ground.people.models import Person
from tests.house import ways_to_break_forms as forms
from tests.house import ways_to_break_money as money
from tests.house import ways_to_break_visits as visits
from tests.house import ways_to_break_votes as votes
from tests.house.ways_to_break import (
    attendance,
    contact,
    data_request,
    delivery,
    household,
    household_member,
    preference,
    receipt,
    saved,
    society_member,
    workbook,
)
from tests.house.ways_to_break_decisions import explanation, objection, opinion
from tests.house.ways_to_break_process import report


def about(member: Person) -> None:
    """In the cast's town; a new table with a wall adds its row here."""
    saved(household(head=member))
    saved(household_member(person=member))
    saved(society_member(person=member))
    saved(contact(member=member))
    saved(explanation(member=member))
    saved(opinion(person=member))
    saved(objection(person=member))
    saved(attendance(person=member))
    saved(workbook(created_by=member))
    saved(delivery(person=member))
    saved(receipt(person=member))
    saved(preference(person=member))
    saved(data_request(person=member))
    saved(report(reporter=member))
    votes.about(member)
    visits.about(member)
    money.about(member)
    saved(forms.entry(member))
