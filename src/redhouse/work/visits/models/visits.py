"""What was said and seen at a visit. The visit itself, the one thing that is counted, is the fact."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import Fact
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import PEOPLE_AT_MOST, WORDS_AT_MOST, Topic
from redhouse.work.visits.models.checklists import Checklist


class Visit(models.Model):
    """Details of one visit; a visit without any has no row. `key` is drawn by the phone, so that what was sent twice
    is one visit. Day and mode are the fact's; a correction takes the row along to its own fact."""

    # no database constraint: an import writes facts by the hundred thousand, and facts never go away
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="visit", db_constraint=False)
    key = models.UUIDField(null=True, blank=True, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits_made")
    division_code = models.CharField(max_length=15, db_collation="C")
    topics = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    people_met = models.PositiveSmallIntegerField(_("见到几人"), null=True, blank=True)
    needs = models.CharField(_("诉求"), max_length=WORDS_AT_MOST, blank=True)
    opinion = models.CharField(_("意见建议"), max_length=WORDS_AT_MOST, blank=True)
    supplies = models.CharField(_("慰问物资"), max_length=100, blank=True)
    follow_up_on = models.DateField(_("回访日"), null=True, blank=True)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    unmet = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # numbers of items, from 1
    visited_on = models.DateField()  # the fact's, kept here for the constraint and for lists

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topics__contained_by=[str(topic) for topic in Topic]),
                name="visit_topics_are_known",
                violation_error_message=_("谈话内容请从所列各项里选"),
            ),
            models.CheckConstraint(
                condition=Q(people_met__isnull=True) | Q(people_met__lte=PEOPLE_AT_MOST),
                name="visit_people_met_is_a_household",
                violation_error_message=_("见到的人数超出一户的范围，请核对"),
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True) | Q(follow_up_on__gt=models.F("visited_on")),
                name="visit_is_followed_up_later",
                violation_error_message=_("回访日应晚于走访日"),
            ),
            models.CheckConstraint(
                condition=Q(checklist__isnull=False) | Q(unmet=[]),
                name="visit_unmet_items_are_of_a_checklist",
                violation_error_message=_("不符合的项要来自一份清单"),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "visited_on"], name="visit_household_day"),
            models.Index(
                fields=["member", "follow_up_on"], condition=Q(follow_up_on__isnull=False), name="visit_follow_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}: {self.visited_on}"


class VisitPhoto(models.Model):
    """A photograph of a thing, not of a person: it shows what was found."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.visit_id}"
