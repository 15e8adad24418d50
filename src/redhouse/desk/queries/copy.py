"""Everything that the house holds about one person, for that person's own eyes (personal information law a.45 [PIPL]).

No list of tables is kept here: every model of the house with a relation to a person is asked, so that a room that
opens tomorrow is in the copy without being told. Other people in these rows show masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import BinaryField, Field, ForeignKey, GeneratedField, JSONField, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.models import Account
from redhouse.ground.ledger.facts import all_kinds, kind_named
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person

TITLES = {
    "people.person": gettext_lazy("登记信息"),
    "people.household": gettext_lazy("住户"),
    "people.householdmember": gettext_lazy("家庭成员关系"),
    "people.membership": gettext_lazy("党籍关系"),
    "people.post": gettext_lazy("任职"),
    "occasions.attendance": gettext_lazy("参加活动"),
    "visits.householdcontact": gettext_lazy("户联系"),
    "visits.note": gettext_lazy("便条"),
    "access.account": gettext_lazy("账号"),
    "access.datarequest": gettext_lazy("资料申请"),
    "registry.import": gettext_lazy("经手的导入"),
    "answers.sheet": gettext_lazy("经手的答卷"),
}
# columns that carry no words of their own
WORDS = {
    "id": gettext_lazy("编号"),
    "person": gettext_lazy("人"),
    "member": gettext_lazy("联系党员"),
    "household": gettext_lazy("户"),
    "dwelling": gettext_lazy("门牌"),
    "body": gettext_lazy("组织"),
    "initials": gettext_lazy("拼音首字母"),
    "is_demo": gettext_lazy("演示数据"),
    "demo_note": gettext_lazy("演示说明"),
    "opened_at": gettext_lazy("开立时间"),
    "created_at": gettext_lazy("建立时间"),
    "created_by": gettext_lazy("建立人"),
}
# what proves who one is opens doors and tells nothing; a JSON column says how a file fared, not who somebody is
LEFT_OUT = {"access.Account.password"}
LEFT_OUT_TYPES = (BinaryField, JSONField, GeneratedField)  # the last say again what another column says
_BLOCK = 2000


@dataclass(frozen=True)
class Section:
    """One table of the copy: `columns` maps its name in the machine to its name in words."""

    name: str
    title: str
    columns: dict[str, str]
    rows: Iterator[tuple[Any, ...]]


def copy_of(person: Person) -> Iterator[Section]:
    """Sections with at least one row, in the order of the house. Read them one after the other, inside `everything()`:
    what is held about me is mine to know, also where my posts do not reach."""
    for model in apps.get_models():
        if not model.__module__.startswith("redhouse.") or model is Fact:
            continue
        mine = _about(model, person)
        if mine is not None and (rows := model._default_manager.filter(mine).distinct().order_by("pk")).exists():
            fields = [field for field in model._meta.concrete_fields if _is_told(field)]
            names = [f.attname if f.remote_field is None else f.name for f in fields]
            yield Section(
                model._meta.label_lower,
                str(TITLES.get(model._meta.label_lower) or _title(model)),
                {
                    name: str(WORDS.get(field.name, field.verbose_name))
                    for name, field in zip(names, fields, strict=True)
                },
                (tuple(_value(row, field, person) for field in fields) for row in rows.iterator(_BLOCK)),
            )
    yield from _sign_ins(person)
    yield _facts(person)


def _about(model: type[Model], person: Person) -> Q | None:
    """Rows of this model that name the person; None where no row could."""
    if model is Person:
        return Q(pk=person.pk)
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    paths = [field.name for field in keys if field.related_model is Person]
    paths += [f"{field.name}__person" for field in keys if field.related_model is Account]
    if model is Household:
        paths.append("members__person")
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{path: person.pk})
    return found if paths else None


def _is_told(field: Field[Any, Any]) -> bool:
    return str(field) not in LEFT_OUT and not isinstance(field, LEFT_OUT_TYPES)


def _title(model: type[Model]) -> str:
    """For a room that named no title here: its own name, and the noun."""
    return f"{apps.get_app_config(model._meta.app_label).verbose_name} {model._meta.verbose_name}"


def _value(row: Model, field: Field[Any, Any], person: Person) -> Any:
    """As it stands, in words where the column is a code; another person masked."""
    value = getattr(row, field.attname)
    if field.choices and value not in (None, ""):
        return str(dict(field.flatchoices).get(value, value))
    if value is None or not isinstance(field, ForeignKey):
        return value
    if field.related_model is Person and value == person.pk:
        return _("本人")
    return str(getattr(row, field.name))


def _sign_ins(person: Person) -> Iterator[Section]:
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    sessions = UserSession.objects.filter(user=account).order_by("pk")
    columns = {"created_at": _("登录时间"), "ip": _("网络地址"), "user_agent": _("浏览器")}
    yield Section("sessions", _("登录"), columns, iter(sessions.values_list(*columns)))
    factors = Authenticator.objects.filter(user=account).order_by("pk")
    columns = {"type": _("类别"), "created_at": _("设置时间"), "last_used_at": _("上次使用")}
    yield Section("second_factors", _("两步验证"), columns, iter(factors.values_list(*columns)))


def _facts(person: Person) -> Section:
    """Facts about the person or the person's homes, and those that the person did or recorded."""
    me = person.pk
    homes = Household.objects.filter(Q(head=person) | Q(members__person=person)).values_list("pk", flat=True)
    of_people = [kind.name for kind in all_kinds() if kind.subject == "person"]
    of_homes = [kind.name for kind in all_kinds() if kind.subject == "household"]
    to_people = [kind.name for kind in all_kinds() if kind.object == "person"]
    found = Fact.objects.filter(
        Q(actor_id=me)
        | Q(recorder_id=me)
        | Q(kind__in=of_people, subject_id=me)
        | Q(kind__in=to_people, object_id=me)
        | Q(kind__in=of_homes, subject_id__in=list(homes))
    ).order_by("fact_id")
    columns = {
        "fact_id": _("账本序号"),
        "happened_on": _("发生日期"),
        "recorded_at": _("记录时间"),
        "kind": _("类别"),
        "said": _("内容"),
        "division_code": _("区划代码"),
        "corrects_id": _("更正第几条"),
    }
    rows = (
        (fact.fact_id, fact.happened_on, fact.recorded_at, fact.kind, _said(fact, me), fact.division_code,
         fact.corrects_id)
        for fact in found.iterator(_BLOCK)
    )  # fmt: skip
    return Section("facts", _("账本里的记录"), columns, rows)


def _said(fact: Fact, me: int) -> str:
    """The fact's sentence with everybody but oneself as a number: whose it is, is theirs to tell."""
    kind = kind_named(fact.kind)
    names = {
        "actor": _whom(fact.actor_id, "person", me),
        "subject": _whom(fact.subject_id, kind.subject, me),
        "object": _whom(fact.object_id, kind.object, me),
    }
    return str(kind.sentence).format(**names, quantity=fact.quantity, label=fact.label)


def _whom(key: int | None, noun: str, me: int) -> str:
    if key is None:
        return _("系统")
    return _("本人") if noun == "person" and key == me else _("（编号%(key)s）") % {"key": key}
