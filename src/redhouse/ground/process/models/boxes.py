"""Roll and box stand apart: a mark says who was given a ballot, a ballot says what stands on it, and no column joins
the two. Ballots live only while their box is open; closing publishes them in the order of their random numbers."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redhouse.ground.ledger.models import ClockTimestamp
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import enums
from redhouse.ground.process.models.meetings import Meeting
from redhouse.ground.process.models.rolls import Elector


class Box(models.Model):
    """One vote of one meeting. Open until `closes_at`; then counted; then closed: published, and empty here.

    `key` proves the numbers on paper ballots; it is destroyed on closing. `printed` paper ballots have numbers.
    `recorded_at` is the database's own clock at the opening: by it the database knows what is late, also in a demo
    house that stands at another day.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="box")
    method = models.CharField(_("表决方式"), max_length=8, choices=enums.Method)
    key = models.BinaryField(default=b"", blank=True)
    printed = models.PositiveIntegerField(_("已印票数"), default=0)
    opened_at = models.DateTimeField(_("开始投票"))
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=ClockTimestamp())
    closes_at = models.DateTimeField(_("截止"))
    closed_at = models.DateTimeField(_("封存"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = _("票箱")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, paper__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, key=b""),
                name="box_is_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gte=models.F("opened_at")),
                name="box_closes_after_it_opens",
                violation_error_message=_("截止时间应晚于开始时间"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Mark(models.Model):
    """An elector was given the one ballot, on paper or online: both race for this one row, and the second is refused.

    No time and no ballot stand here. `choice` is filled only in a named vote that was cast online.
    """

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="mark")
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(max_length=15, db_collation="C")
    channel = models.CharField(_("途径"), max_length=8, choices=enums.Channel)
    choice = models.CharField(_("选择"), max_length=8, choices=enums.Choice, blank=True)
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="") | Q(channel=enums.Channel.ONLINE), name="mark_on_paper_knows_no_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.elector_id} {self.channel}"


class Ballot(models.Model):
    """One secret ballot of an open box. It has a random number and no time, no order, and nobody's key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(_("选择"), max_length=8, choices=enums.Choice)
    receipt = models.CharField(_("回执"), max_length=14, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["box", "receipt"], name="ballot_receipt_once"),
            models.CheckConstraint(condition=Q(choice__in=enums.LIVE_CHOICES), name="ballot_says_one_of_three"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Teller(models.Model):
    """Who keys the paper ballots, the first or the second time; two different people. A show of hands is counted by
    both into the three columns."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="tellers")
    turn = models.PositiveSmallIntegerField(_("第几录入"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_count = models.PositiveIntegerField(_("赞成"), null=True, blank=True)
    against_count = models.PositiveIntegerField(_("反对"), null=True, blank=True)
    abstain_count = models.PositiveIntegerField(_("弃权"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["box", "turn"], name="teller_one_a_turn", violation_error_message=_("这一次录入已有人承担")
            ),
            models.UniqueConstraint(
                fields=["box", "person"],
                name="teller_is_not_both",
                violation_error_message=_("两次录入必须由两个人分别完成"),
            ),
            models.CheckConstraint(
                condition=Q(turn__in=enums.TURNS),
                name="teller_is_first_or_second",
                violation_error_message=_("只有第一、第二两次录入"),
            ),
            models.CheckConstraint(
                condition=Q(for_count__isnull=True, against_count__isnull=True, abstain_count__isnull=True)
                | Q(for_count__isnull=False, against_count__isnull=False, abstain_count__isnull=False),
                name="teller_counts_all_three",
                violation_error_message=_("赞成、反对、弃权三个数都要填，没有就填0"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.box_id}/{self.turn}"


class Keying(models.Model):
    """What a teller reads on one paper ballot: `number` as printed on it, or the number on the roll in a named vote.
    Written once: a slip shows as a difference, and a third look settles it."""

    teller = models.ForeignKey(Teller, on_delete=models.PROTECT, related_name="keyings")
    number = models.PositiveIntegerField(_("票号"))
    choice = models.CharField(_("选择"), max_length=80)  # of `Choice`, or in an election the numbers of candidates

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["teller", "number"], name="keying_once", violation_error_message=_("这张票您已经录过")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teller_id}:{self.number}"


class ThirdLook(models.Model):
    """The chair or the scrutineer looks at a ballot on which the two keyings differ, both tellers standing by, and says
    what is on it. An empty choice: there is no such ballot."""

    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="third_looks")
    number = models.PositiveIntegerField(_("票号"))
    choice = models.CharField(_("认定"), max_length=80, blank=True)
    looked_on = models.DateField(_("复核"))
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["box", "number"], name="third_look_once", violation_error_message=_("这张票已经复核")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.box_id}:{self.number}"
