from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Collate, Substr
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.periods import NoOverlap, PeriodQuerySet, period_constraint
from redhouse.ground.people import enums
from redhouse.ground.people.fields import SealedField, blind_index, tail_index
from redhouse.ground.places.fields import InitialsField
from redhouse.ground.places.models import Days, Dwelling, Point
from redhouse.kit.masks import mask_citizen_id, mask_name, mask_phone


def tail_of_name(start: int) -> models.GeneratedField:
    """The name from its `start`th character on; kept by the database, so that a part of a name is the beginning of
    something and finds an index: behind the wall, only comparisons may."""
    tail = models.CharField(max_length=40, db_collation="C")
    return models.GeneratedField(expression=Substr("name", start), output_field=tail, db_persist=True)


class Person(models.Model):
    """A person, with the least that the work needs. Number and phone rest sealed and show masked."""

    name = models.CharField(_("姓名"), max_length=40)
    initials = InitialsField()
    name_from_2 = tail_of_name(2)
    name_from_3 = tail_of_name(3)
    name_from_4 = tail_of_name(4)
    sex = models.CharField(_("性别"), max_length=1, choices=enums.Sex, default=enums.Sex.UNKNOWN)
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    citizen_id = SealedField(_("公民身份号码"))
    citizen_id_index = models.BinaryField(editable=False, default=b"")
    citizen_id_tail = models.BinaryField(editable=False, default=b"")
    phone = SealedField(_("电话"))
    phone_index = models.BinaryField(editable=False, default=b"")
    phone_tail = models.BinaryField(editable=False, default=b"")
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["division_code"], name="person_division"),
            models.Index(Collate("name", "C"), name="person_name"),
            models.Index(fields=["name_from_2"], name="person_name_from_2"),
            models.Index(fields=["name_from_3"], name="person_name_from_3"),
            models.Index(fields=["name_from_4"], condition=~Q(name_from_4=""), name="person_long_name"),
            models.Index(fields=["phone_tail"], condition=~Q(phone_tail=b""), name="person_phone_tail"),
            models.Index(fields=["citizen_id_tail"], condition=~Q(citizen_id_tail=b""), name="person_citizen_id_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id_index"],
                condition=~Q(citizen_id_index=b""),
                name="person_citizen_id_once",
                violation_error_message=_("这个身份号码已登记"),
            ),
        ]

    def __str__(self) -> str:
        return self.masked_name

    def save(self, *args: object, **kwargs: object) -> None:
        self._index()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        self._index()  # before the constraints are asked

    def _index(self) -> None:
        citizen_id, phone = Person._meta.get_field("citizen_id"), Person._meta.get_field("phone")
        self.citizen_id_index = blind_index(citizen_id, self.citizen_id)
        self.citizen_id_tail = tail_index(citizen_id, self.citizen_id)
        self.phone_index = blind_index(phone, self.phone)
        self.phone_tail = tail_index(phone, self.phone)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def masked_citizen_id(self) -> str:
        return mask_citizen_id(self.citizen_id)


class Household(models.Model):
    """People who live behind one door. `residents` is the registered head-count."""

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="households")
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    head = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="headed_households",
        verbose_name=_("户主"),
    )
    residents = models.PositiveSmallIntegerField(_("人口"), default=1)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [period_constraint("household")]
        indexes = [
            models.Index(fields=["division_code", "from_on"], include=["id", "until_on"], name="household_where_when")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HouseholdMember(models.Model):
    """Who belongs to a household, from when until when; needed only where work names the person."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household_ties")
    division_code = models.CharField(max_length=15, db_collation="C")
    relation = models.CharField(_("与户主关系"), max_length=1, choices=enums.FamilyRelation)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("household_member"),
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(until_on__isnull=True),
                name="household_member_once",
                violation_error_message=_("此人已在这一户"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}:{self.person_id}"


class Membership(models.Model):
    """A tie of a party member to an organisation: registered in one, floating perhaps in another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    division_code = models.CharField(max_length=15, db_collation="C")
    tie = models.CharField(_("党籍关系"), max_length=10, choices=enums.Tie)
    status = models.CharField(_("党员类别"), max_length=12, choices=enums.MemberStatus, default=enums.MemberStatus.FULL)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("membership"),
            NoOverlap(
                name="membership_registered_in_one_place",
                expressions=[
                    (Point("person", "person", Value("[]")), "&&"),
                    (Days("from_on", "until_on"), "&&"),
                ],
                condition=Q(tie=enums.Tie.REGISTERED),
                violation_error_message=_("同一时期只能在一个党组织在册"),
            ),
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(until_on__isnull=True),
                name="membership_once_in_a_body",
                violation_error_message=_("此人已在这个党组织"),
            ),
        ]
        indexes = [models.Index(fields=["division_code", "tie"], name="membership_where_tie")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.body_id}"


class SocietyMember(models.Model):
    """A member of a rural collective, and the shares held in it (rural collectives law a.11-13, a.40). Each member has
    one vote, however many shares; the household is where a written proxy may come from (a.27)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="society_ties")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="society_members")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="society_members")
    division_code = models.CharField(max_length=15, db_collation="C")
    shares = models.PositiveIntegerField(_("股"), default=0)
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("society_member"),
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(until_on__isnull=True),
                name="society_member_once",
                violation_error_message=_("此人已是这个集体经济组织的成员"),
            ),
        ]
        indexes = [models.Index(fields=["body", "from_on"], name="society_member_of_whom")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.body_id}"


class Post(models.Model):
    """A post held in a body. Rights flow from posts (`access`), so a post that ends takes its rights along."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(_("职务"), max_length=20, choices=enums.PostKind)
    term_ends_on = models.DateField(_("届满"), null=True, blank=True)
    from_on = models.DateField(_("任职"))
    until_on = models.DateField(_("离任"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            period_constraint("post"),
            models.UniqueConstraint(
                fields=["person", "body", "kind"],
                condition=Q(until_on__isnull=True),
                name="post_once_at_a_time",
                violation_error_message=_("此人已任这一职务"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()}"
