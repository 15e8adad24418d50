from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
