from django.db import models
from django.utils.translation import gettext_lazy as _

from redhouse.ground.bodies.enums import BodyKind


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")


class FamilyRelation(models.TextChoices):
    """GB/T 4761, first digit."""

    HEAD = "0", _("户主")
    SPOUSE = "1", _("配偶")
    SON = "2", _("子")
    DAUGHTER = "3", _("女儿")
    GRANDCHILD = "4", _("孙辈")
    PARENT = "5", _("父母")
    GRANDPARENT = "6", _("祖父母")
    SIBLING = "7", _("兄弟姐妹")
    OTHER = "8", _("其他")


class Tie(models.TextChoices):
    """在册党员 / 流动党员. One registered tie at a time; floating members may live their organisation life elsewhere
    (member education regulation a.25, 32 [S9])."""

    REGISTERED = "registered", _("在册")
    FLOATING = "floating", _("流动")


class MemberStatus(models.TextChoices):
    """Only full members vote [S10b]."""

    PROBATIONARY = "probationary", _("预备党员")
    FULL = "full", _("正式党员")


class PostKind(models.TextChoices):
    SECRETARY = "secretary", _("书记")
    DEPUTY_SECRETARY = "deputy_secretary", _("副书记")
    COMMITTEE_MEMBER = "committee_member", _("委员")
    CHAIR = "chair", _("主任（理事长）")
    DEPUTY_CHAIR = "deputy_chair", _("副主任")
    SUPERVISOR = "supervisor", _("监督委员")
    ORG_OFFICER = "org_officer", _("组织办干部")
    TOWN_LEADER = "town_leader", _("镇领导")
    STATION_LEADER = "station_leader", _("驻点领导")
    STATION_MEMBER = "station_member", _("驻点团队成员")
    GRID_WORKER = "grid_worker", _("网格员")
    SOCIAL_WORKER = "social_worker", _("社工")
    GRID_DISPATCHER = "grid_dispatcher", _("网格调度员")
    OFFICE_WORKER = "office_worker", _("职能办经办人")
    SYS_ADMIN = "sys_admin", _("系统管理员")
    SEC_ADMIN = "sec_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


# Who leads a body of each kind; kinds that are not named here need nobody [S1, S7].
LEADS: dict[str, PostKind] = {
    BodyKind.PARTY_COMMITTEE: PostKind.SECRETARY,
    BodyKind.PARTY_GENERAL_BRANCH: PostKind.SECRETARY,
    BodyKind.PARTY_BRANCH: PostKind.SECRETARY,
    BodyKind.VILLAGE_COMMITTEE: PostKind.CHAIR,
    BodyKind.RESIDENTS_COMMITTEE: PostKind.CHAIR,
    BodyKind.SUPERVISION_COMMITTEE: PostKind.CHAIR,
    BodyKind.REC_COUNCIL: PostKind.CHAIR,
    BodyKind.REC_SUPERVISORS: PostKind.CHAIR,
    BodyKind.OWNERS_COMMITTEE: PostKind.CHAIR,
    BodyKind.STATION_TEAM: PostKind.STATION_LEADER,
}
