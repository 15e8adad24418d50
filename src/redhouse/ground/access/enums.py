"""Posts -> rights, as one table. Rights flow from posts only: no right is ever handed to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from redhouse.ground.people.enums import PostKind as P


class Verb(models.TextChoices):
    SEE_PEOPLE = "see_people", _("查看人员与住户（遮住姓名、号码）")
    LOOK_BEHIND_MASK = "look_behind_mask", _("说明事由后查看遮住的内容")
    RECORD_VISITS = "record_visits", _("记录走访")
    CORRECT_FACTS = "correct_facts", _("更正记录")
    SEE_ANSWERS = "see_answers", _("查看答卷与明细")
    SUBMIT_ANSWERS = "submit_answers", _("送批答卷")
    APPROVE_ANSWERS = "approve_answers", _("批准并冻结答卷")
    KEEP_REGISTRY = "keep_registry", _("维护党员与组织")
    KEEP_VENUES = "keep_venues", _("维护阵地")
    KEEP_POWER_LIST = "keep_power_list", _("拟订本镇的事权程序")
    APPROVE_POWER_LIST = "approve_power_list", _("批准本镇的事权程序，为进行中的事项转入新版")
    SEE_MATTERS = "see_matters", _("查看重要事权事项")
    OPEN_MATTERS = "open_matters", _("提出重要事权事项")
    KEEP_ACCOUNTS = "keep_accounts", _("开停账号")
    READ_AUDIT = "read_audit", _("查看审计记录")
    SERVE_NOTICES = "serve_notices", _("送达通知，代记回执")
    ANSWER_DATA_REQUESTS = "answer_data_requests", _("答复本人资料申请")
    SEE_CASES = "see_cases", _("查看网格事件与巡查")
    KEEP_CASE_TYPES = "keep_case_types", _("维护事件类型、答复模板，拟订巡查表")
    APPROVE_INSPECTIONS = "approve_inspections", _("批准新的巡查表")
    FILL_FORMS = "fill_forms", _("填写报表里系统没有的内容")
    DRAFT_FORMS = "draft_forms", _("拟订报表")
    APPROVE_FORMS = "approve_forms", _("批准新的报表")


class HeldKind(models.TextChoices):
    """What a cell holds."""

    WORDS = "words", _("文字")
    NUMBER = "number", _("数字")
    DAY = "day", _("日期")


class Reach(models.TextChoices):
    HERE = "here", _("本级")
    BELOW = "below", _("本级及下级")


_LEAD = {
    Verb.SEE_PEOPLE: Reach.BELOW,
    Verb.LOOK_BEHIND_MASK: Reach.BELOW,
    Verb.RECORD_VISITS: Reach.BELOW,
    Verb.CORRECT_FACTS: Reach.BELOW,
    Verb.SEE_ANSWERS: Reach.BELOW,
    Verb.KEEP_REGISTRY: Reach.BELOW,
    Verb.KEEP_VENUES: Reach.BELOW,
    Verb.SERVE_NOTICES: Reach.BELOW,
    Verb.SEE_MATTERS: Reach.BELOW,
    Verb.OPEN_MATTERS: Reach.BELOW,
    Verb.SEE_CASES: Reach.BELOW,
    Verb.FILL_FORMS: Reach.BELOW,
}
_CASES = {Verb.SEE_PEOPLE: Reach.BELOW, Verb.SEE_CASES: Reach.BELOW}
_ANSWER = {Verb.ANSWER_DATA_REQUESTS: Reach.BELOW}
_WATCH = {
    Verb.SEE_PEOPLE: Reach.BELOW,
    Verb.SEE_ANSWERS: Reach.BELOW,
    Verb.SEE_MATTERS: Reach.BELOW,
    Verb.SEE_CASES: Reach.BELOW,
}
_DOOR = {
    Verb.SEE_PEOPLE: Reach.BELOW,
    Verb.RECORD_VISITS: Reach.BELOW,
    Verb.SEE_ANSWERS: Reach.HERE,
    Verb.SERVE_NOTICES: Reach.BELOW,
    Verb.SEE_CASES: Reach.BELOW,
    Verb.FILL_FORMS: Reach.BELOW,
}

RIGHTS: dict[str, dict[Verb, Reach]] = {
    P.SECRETARY: _LEAD
    | _ANSWER
    | {
        Verb.SUBMIT_ANSWERS: Reach.BELOW,
        Verb.APPROVE_ANSWERS: Reach.BELOW,
        Verb.APPROVE_POWER_LIST: Reach.BELOW,
        Verb.APPROVE_INSPECTIONS: Reach.BELOW,
        Verb.APPROVE_FORMS: Reach.BELOW,
    },
    P.DEPUTY_SECRETARY: _LEAD,
    P.ORG_OFFICER: _LEAD
    | _ANSWER
    | {
        Verb.SUBMIT_ANSWERS: Reach.BELOW,
        Verb.KEEP_POWER_LIST: Reach.BELOW,
        Verb.DRAFT_FORMS: Reach.BELOW,
    },
    P.COMMITTEE_MEMBER: _DOOR | {Verb.SEE_ANSWERS: Reach.BELOW, Verb.SEE_MATTERS: Reach.BELOW},
    P.CHAIR: _DOOR | {Verb.SEE_ANSWERS: Reach.BELOW, Verb.SEE_MATTERS: Reach.BELOW, Verb.OPEN_MATTERS: Reach.BELOW},
    P.DEPUTY_CHAIR: _DOOR | {Verb.SEE_MATTERS: Reach.BELOW},
    P.SUPERVISOR: _WATCH,
    P.TOWN_LEADER: _WATCH
    | {
        Verb.APPROVE_ANSWERS: Reach.BELOW,
        Verb.APPROVE_POWER_LIST: Reach.BELOW,
        Verb.APPROVE_INSPECTIONS: Reach.BELOW,
        Verb.APPROVE_FORMS: Reach.BELOW,
    },
    P.STATION_LEADER: _DOOR | {Verb.SEE_ANSWERS: Reach.BELOW, Verb.SEE_MATTERS: Reach.BELOW},
    P.STATION_MEMBER: _DOOR,
    P.GRID_WORKER: _DOOR,
    P.SOCIAL_WORKER: _DOOR,
    P.GRID_DISPATCHER: _CASES | {Verb.KEEP_CASE_TYPES: Reach.BELOW},
    P.OFFICE_WORKER: _CASES | {Verb.FILL_FORMS: Reach.BELOW},
    # The trio is kept apart: none of the three sees residents or writes facts of the work [S22].
    P.SYS_ADMIN: {Verb.KEEP_ACCOUNTS: Reach.BELOW},
    P.SEC_ADMIN: {Verb.READ_AUDIT: Reach.HERE},
    P.AUDIT_ADMIN: {Verb.READ_AUDIT: Reach.BELOW},
}


class LookReason(models.TextChoices):
    """Why somebody looked behind the mask; a closed list, so that a look is a fact without free text."""

    VISIT = "visit", _("上门走访联系")
    SERVICE = "service", _("办理本人申请的事项")
    EMERGENCY = "emergency", _("紧急救助")
    CHECK = "check", _("核对登记信息")
    LAW = "law", _("依法依规查询")


class LookField(models.TextChoices):
    NAME = "name", _("姓名")
    PHONE = "phone", _("电话")
    CITIZEN_ID = "citizen_id", _("公民身份号码")


class RequestKind(models.TextChoices):
    """What a person may ask of whoever keeps data about them (personal information law a.45, 46 [PIPL])."""

    COPY = "copy", _("索取副本")
    CORRECTION = "correction", _("申请更正")


class RequestState(models.TextChoices):
    WAITING = "waiting", _("待答复")
    GRANTED = "granted", _("已办理")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class DataPart(models.TextChoices):
    """Which part of one's record is wrong; a closed list, so that the queue can be read at a glance."""

    NAME = "name", _("姓名")
    SEX = "sex", _("性别")
    PHONE = "phone", _("电话")
    CITIZEN_ID = "citizen_id", _("公民身份号码")
    HOUSEHOLD = "household", _("住户与住址")
    MEMBERSHIP = "membership", _("党籍关系")
    POST = "post", _("任职")
    RECORD = "record", _("走访等记录")
    OTHER = "other", _("其他")
