"""What comes along: the life of a grid event, one file a version, and the types that a house begins with."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from redhouse.ground.process.procedure import Procedure, read_folder

CODE = "G01"
FOLDER = Path(__file__).resolve().parent / "procedures"


class NewType(NamedTuple):
    """A type to begin with; our own choice throughout, and the town's to change. Class and subclass by two digits."""

    type_code: str
    group: str
    name: str
    urgency: str
    limit_value: int
    limit_unit: str
    handled_by: str


_DIRT, _DANGER = gettext_noop("市容环境"), gettext_noop("安全隐患")
_WORKS, _QUARREL = gettext_noop("公共设施"), gettext_noop("纠纷与其他")
TYPES = (
    NewType("0101", _DIRT, gettext_noop("乱堆垃圾"), "ordinary", 3, "working_day", "grid_worker"),
    NewType("0102", _DIRT, gettext_noop("污水、异味"), "ordinary", 3, "working_day", "grid_worker"),
    NewType("0103", _DIRT, gettext_noop("占道经营"), "ordinary", 3, "working_day", "grid_worker"),
    NewType("0201", _WORKS, gettext_noop("路面、井盖损坏"), "ordinary", 3, "working_day", "village_director"),
    NewType("0202", _WORKS, gettext_noop("路灯不亮"), "ordinary", 3, "working_day", "village_director"),
    NewType("0203", _WORKS, gettext_noop("积水内涝"), "urgent", 8, "work_hour", "village_director"),
    NewType("0301", _DANGER, gettext_noop("消防通道堵塞"), "urgent", 2, "hour", "grid_worker"),
    NewType("0302", _DANGER, gettext_noop("电动车违规充电"), "urgent", 2, "hour", "grid_worker"),
    NewType("0303", _DANGER, gettext_noop("危房、山体险情"), "urgent", 2, "hour", "village_director"),
    NewType("0304", _DANGER, gettext_noop("巡查发现的重大隐患"), "complex", 15, "working_day", "village_director"),
    NewType("0401", _QUARREL, gettext_noop("邻里纠纷"), "complex", 15, "working_day", "grid_worker"),
    NewType("0499", _QUARREL, gettext_noop("其他"), "ordinary", 3, "working_day", "grid_worker"),
)
HAZARD_TYPE = "0304"


@cache
def all_versions() -> tuple[Procedure, ...]:
    """Every version, by code and day. Raises ProcedureError for a file that is none."""
    return read_folder(FOLDER)
