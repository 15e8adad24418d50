from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.clients.enums import TOKEN_DAYS_AT_MOST, EntryKind, Scope
from redhouse.ground.people.models import Person

_A_YEAR_ON = ExpressionWrapper(F("from_on") + TOKEN_DAYS_AT_MOST, output_field=DateField())


class Entry(models.Model):
    """One thing that came by another way than a page, and the house took: written by a phone, or done by somebody
    signed in to the API or at a terminal. What came of what a phone wrote bears the same key.

    The phone's clock is kept as it stood; `ahead_ms` is by how many milliseconds it ran ahead when it was sent.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=EntryKind)
    written_at = models.DateTimeField()
    ahead_ms = models.BigIntegerField()
    received_at = models.DateTimeField(db_default=Now())
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Token(models.Model):
    """A key by which a system of others reaches the house. Only its digest is kept; `hint` is its last signs."""

    name = models.CharField(_("系统名称"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=10), verbose_name=_("能做什么"))
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    digest = models.CharField(max_length=64, unique=True, db_collation="C")
    hint = models.CharField(max_length=4, db_collation="C")
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"))
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="token_has_a_name", violation_error_message=_("请写是哪个系统")
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gte=1) & Q(scopes__contained_by=[str(scope) for scope in Scope]),
                name="token_opens_something",
                violation_error_message=_("请选密钥能做什么"),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")) & Q(until_on__lte=_A_YEAR_ON),
                name="token_ends_within_a_year",
                violation_error_message=_("密钥要有止期，最长一年，到期后再看还要不要"),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def opens(self) -> list[Scope]:
        return [Scope(scope) for scope in self.scopes]


class TokenUse(models.Model):
    """One call with a key. `path` is without what was asked or sent."""

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="uses")
    method = models.CharField(max_length=7, db_collation="C")
    path = models.CharField(max_length=120, db_collation="C")
    status = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["token", "-used_at"], name="token_use_lately")]

    def __str__(self) -> str:
        return f"{self.token_id}: {self.method} {self.path} {self.status}"
