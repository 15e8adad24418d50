from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.enums import DataPart, RequestKind, RequestState
from redhouse.ground.people.models import Person


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)  # None: an unusable password
        account.save()
        return account


class Account(AbstractBaseUser):
    """A login. It opens nothing by itself: rights come from the posts of its person."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    email = models.EmailField(_("邮箱"), blank=True)
    person = models.OneToOneField(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="account")
    is_active = models.BooleanField(_("启用"), default=True)
    is_demo = models.BooleanField(default=False)
    demo_note = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_demo=True) | Q(demo_note=""), name="account_demo_note_only_on_demo_accounts"
            ),
        ]

    def __str__(self) -> str:
        return self.username


class DataRequest(models.Model):
    """A person asks for a copy or a correction of what the house holds about them; somebody entitled answers in time
    (personal information law a.45, 46, 50 [PIPL]). `part` and `wish` are of a correction only."""

    kind = models.CharField(_("申请"), max_length=12, choices=RequestKind)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState, default=RequestState.WAITING)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    division_code = models.CharField(_("区划代码"), max_length=15, db_collation="C")
    part = models.CharField(_("哪里不对"), max_length=12, choices=DataPart, blank=True)
    wish = models.CharField(_("应当怎样更正"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("提出时间"), db_default=Now())
    due_on = models.DateField(_("答复期限"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    reason = models.CharField(_("答复说明"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=RequestState.WAITING),
                name="data_request_one_waits",
                violation_error_message=_("同样的申请已在等待答复；要改，请先撤回"),
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.COPY, part="", wish="")
                | (Q(kind=RequestKind.CORRECTION) & ~Q(part="") & ~Q(wish="")),
                name="data_request_correction_says_what",
                violation_error_message=_("申请更正要写明哪里不对、应当怎样更正"),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[RequestState.WAITING, RequestState.WITHDRAWN],
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | Q(
                    state__in=[RequestState.GRANTED, RequestState.REFUSED],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="data_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="data_request_answered_by_another",
                violation_error_message=_("不能答复自己的申请：请另一位书记或组织干部答复"),
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(reason=""),
                name="data_request_refused_with_a_reason",
                violation_error_message=_("不同意要说明理由"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"
