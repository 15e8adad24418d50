from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.kit.today import today
from redhouse.web.navigation import Entry, Line


def answers_requests(person: Any) -> bool:
    from redhouse.ground.access.rules import may_answer_any_request  # models are not ready when apps are listed

    return may_answer_any_request(person, on=today())


def keeps_keys(person: Any) -> bool:
    from redhouse.ground.clients.rules import may_keep_tokens

    return may_keep_tokens(person, on=today())


def owed(person: Any) -> int:
    from redhouse.ground.messages.todo import owed_by  # models are not ready when apps are listed

    return len(owed_by(person, today()))


def unread(person: Any) -> int:
    from redhouse.ground.messages.queries import unread_count

    return unread_count(person)


class DeskConfig(AppConfig):
    name = "redhouse.desk"
    label = "desk"
    navigation = (
        Entry(Line.TOP, _("待办"), "desk:home", icon="todo", count=owed),
        Entry(Line.TOP, _("消息"), "desk:messages:inbox", icon="bell", count=unread),
        Entry(Line.TOP, _("查找"), "desk:search", rank=1, icon="search"),
        Entry(Line.PARTY, _("党员与组织"), "desk:bodies:tree"),
        Entry(Line.POWER_DOWN, _("村（社区）"), "desk:villages:list"),
        Entry(Line.ANSWERS, _("大屏"), "open:wall", rank=8),
        Entry(Line.ANSWERS, _("公开"), "open:home", rank=9),
        Entry(Line.PARTY, _("资料申请"), "desk:requests:queue", rank=30, sees=answers_requests),
        Entry(Line.PARTY, _("接口密钥"), "desk:keys:list", rank=31, sees=keeps_keys),
        Entry(Line.MINE, _("我的"), "desk:account", icon="user"),
    )
