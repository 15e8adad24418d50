from django.db import models
from django.utils.translation import gettext_lazy as _


class DivisionKind(models.TextChoices):
    """What a division is. Twelve digits down to the village [S25]; below it our own three digits, by kind."""

    CITY = "city", _("市")
    COUNTY = "county", _("区县")
    TOWN = "town", _("镇")
    VILLAGE = "village", _("村")
    COMMUNITY = "community", _("社区")
    SOCIETY = "society", _("经济社")
    ESTATE = "estate", _("住宅小区")
    MARKET = "market", _("专业市场")
    PARK = "park", _("园区")
    OFFICE_BUILDING = "office_building", _("商务楼宇")
    COMMERCIAL_AREA = "commercial_area", _("商圈")
    GRID = "grid", _("网格")


VILLAGE_KINDS = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)

# First digit of the three-digit extension below a village, so that a code tells its kind by itself.
EXTENSION_DIGIT = {
    DivisionKind.SOCIETY: "0",
    DivisionKind.ESTATE: "3",
    DivisionKind.MARKET: "5",
    DivisionKind.PARK: "6",
    DivisionKind.OFFICE_BUILDING: "7",
    DivisionKind.COMMERCIAL_AREA: "8",
    DivisionKind.GRID: "9",
}


class VenueLevel(models.TextChoices):
    """Three levels of venues (镇村社三级阵地). “一级” in the article means the level, not grade one."""

    TOWN = "town", _("镇级")
    VILLAGE = "village", _("村（社区）级")
    SOCIETY = "society", _("经济社（支部）级")


class VenueKind(models.TextChoices):
    CENTRE = "centre", _("党群服务中心")
    RED_HOUSE = "red_house", _("红房子")
    PARTY_SCHOOL = "party_school", _("党校")
    SOCIETY_SITE = "society_site", _("经济社党群活动阵地")
    HERITAGE = "heritage", _("红色遗址")


class VenueState(models.TextChoices):
    PLANNED = "planned", _("规划")
    BUILDING = "building", _("在建")
    IN_USE = "in_use", _("启用")
    CLOSED = "closed", _("停用")


class SpaceKind(models.TextChoices):
    CLASSROOM = "classroom", _("多媒体教室")
    LECTURE_HALL = "lecture_hall", _("阶梯室")
    EXHIBITION = "exhibition", _("党史教育馆")
    BOOK_BAR = "book_bar", _("书吧")
    MEETING_ROOM = "meeting_room", _("会议室")


TEACHING_KINDS = (SpaceKind.CLASSROOM, SpaceKind.LECTURE_HALL)
