from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Organisations of every kind. Party: branch regulation [S7]; committees: village law [S1]; societies: [S3]."""

    PARTY_COMMITTEE = "party_committee", _("党委")
    PARTY_GENERAL_BRANCH = "party_general_branch", _("党总支")
    PARTY_BRANCH = "party_branch", _("党支部")
    PARTY_GROUP = "party_group", _("党小组")
    TOWN_OFFICE = "town_office", _("镇办")
    VILLAGE_COMMITTEE = "village_committee", _("村民委员会")
    RESIDENTS_COMMITTEE = "residents_committee", _("居民委员会")
    SUPERVISION_COMMITTEE = "supervision_committee", _("村（居）务监督委员会")
    ECON_UNION = "econ_union", _("经联社")
    ECON_SOCIETY = "econ_society", _("经济社")
    REC_COUNCIL = "rec_council", _("理事会")
    REC_SUPERVISORS = "rec_supervisors", _("监事会")
    OWNERS_COMMITTEE = "owners_committee", _("业主委员会")
    PROPERTY_COMPANY = "property_company", _("物业公司")
    WOMEN_FEDERATION = "women_federation", _("妇联")
    YOUTH_LEAGUE = "youth_league", _("团组织")
    TRADE_UNION = "trade_union", _("工会")
    SOCIAL_ORG = "social_org", _("社会组织")
    ENTERPRISE = "enterprise", _("企业")
    STATION_TEAM = "station_team", _("驻点团队")


PARTY_KINDS = (
    BodyKind.PARTY_COMMITTEE,
    BodyKind.PARTY_GENERAL_BRANCH,
    BodyKind.PARTY_BRANCH,
    BodyKind.PARTY_GROUP,
)

# Which kinds may stand directly under which. Kinds that are not named here stand under any party or office body.
CHILD_KINDS: dict[str, tuple[str, ...]] = {
    BodyKind.PARTY_COMMITTEE: (*PARTY_KINDS[:3], BodyKind.TOWN_OFFICE, BodyKind.STATION_TEAM),
    BodyKind.PARTY_GENERAL_BRANCH: (BodyKind.PARTY_BRANCH,),
    BodyKind.PARTY_BRANCH: (BodyKind.PARTY_GROUP,),
    BodyKind.PARTY_GROUP: (),
    BodyKind.ECON_UNION: (BodyKind.ECON_SOCIETY, BodyKind.REC_COUNCIL, BodyKind.REC_SUPERVISORS),
    BodyKind.ECON_SOCIETY: (BodyKind.REC_COUNCIL, BodyKind.REC_SUPERVISORS),
}


class Sector(models.TextChoices):
    """Where a party organisation stands: on the land, or among the “small businesses” (小个专) of the article."""

    TERRITORY = "territory", _("区域")
    SMALL_BIZ = "small_biz", _("“小个专”")
    SPECIALISED_MARKET = "specialised_market", _("专业市场")
    SELF_EMPLOYED = "self_employed", _("个体工商户")
    MICRO_ENTERPRISE = "micro_enterprise", _("小微企业")
    NEW_TWO = "new_two", _("“两新”")


class RelationKind(models.TextChoices):
    GUIDES = "guides", _("指导")
    SUPERVISES = "supervises", _("监督")
    MANAGES = "manages", _("管理服务")
