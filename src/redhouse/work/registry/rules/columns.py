"""The five workbooks as data: which columns, what each means, what identifies a row.

Workbooks are Chinese documents whatever the language of the page, so nothing here is marked for translation.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import translation

from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.people.enums import MemberStatus, PostKind, Tie
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.workbook import Heading
from redhouse.work.registry.enums import ImportKind

# The trio of administrators is appointed by name, never in passing by a workbook.
POSTS = tuple(kind for kind in PostKind if kind not in (PostKind.SYS_ADMIN, PostKind.SEC_ADMIN, PostKind.AUDIT_ADMIN))


@dataclass(frozen=True)
class Column:
    """`reads` names the reader in `cells`: text, code, citizen_id, phone, day, whole, choice, flag."""

    key: str
    heading: str
    reads: str
    help: str
    required: bool = False
    longest: int = 80
    choices: tuple[TextChoices, ...] = ()
    example: str = ""
    width: int = 16

    @property
    def labels(self) -> dict[str, str]:
        """Chinese label -> stored value."""
        with translation.override("zh-hans"):
            return {str(choice.label): choice.value for choice in self.choices}


@dataclass(frozen=True)
class Template:
    """`identity` are the columns by which a row finds what is registered; `says` are lines for the instructions."""

    kind: ImportKind
    name: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    says: tuple[str, ...]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    @property
    def required(self) -> list[str]:
        return [column.heading for column in self.columns if column.required]

    def heading(self, key: str) -> str:
        return next(column.heading for column in self.columns if column.key == key)

    def for_workbook(self) -> list[Heading]:
        flags = ("是", "否")
        return [
            Heading(
                column.heading, column.help, column.required,
                flags if column.reads == "flag" else tuple(column.labels), column.width, column.reads == "day",
                ("示例（请删除本行）：" if number == 0 else "") + column.example,
            )
            for number, column in enumerate(self.columns)
        ]  # fmt: skip


def _code(key: str, heading: str, help: str, *, required: bool = True, example: str = "440605122220") -> Column:
    return Column(key, heading, "code", help, required, example=example, width=20)


def _day(key: str, heading: str, help: str, *, required: bool = False, example: str = "") -> Column:
    return Column(key, heading, "day", help, required, example=example, width=14)


_BODY = (
    _code("code", "组织所在区划代码", "组织登记时所在的区划，12或15位"),
    Column("body", "组织名称", "text", "与登记的全称一致", True, example="新田村党委", width=28),
)
_PERSON = (
    Column("citizen_id", "公民身份号码", "citizen_id", "18位，按文本填写；凭它认人，不重复登记", True,
           example="440605199001011234", width=36),
    Column("name", "姓名", "text", "与证件一致；与已登记的不同时拒绝本行", True, 40, example="张三"),
    Column("phone", "电话", "phone", "可不填；填了而与登记不同，即更新", example="13800138000"),
)  # fmt: skip

DIVISIONS = Template(
    ImportKind.DIVISIONS, "村居与地点", ("code",),
    (
        Column("code", "区划代码", "code", "村（社区）以上12位；村以下的地点15位，第13位表示类别", True,
               example="440605122220001", width=44),
        Column("kind", "类别", "choice", "从下拉中选", True, choices=tuple(DivisionKind), example="经济社"),
        Column("name", "名称", "text", "现用名称", True, 60, example="第一经济社", width=24),
        Column("source", "依据", "text", "文件名或文号，可不填", longest=120, width=24),
        _day("from_on", "起始日期", "新登记或更名自哪天起", required=True, example="2018-01-01"),
    ),
    ("凭“区划代码”认行：没有登记的新增；名称或类别不同的，自起始日期起更名（旧名保留在历史中）；相同的不变。",
     "村以下的地点，所在的村（社区）要已登记，或在同一表内。"),
)  # fmt: skip

BODIES = Template(
    ImportKind.BODIES, "组织", ("code", "body"),
    (
        Column("code", "组织所在区划代码", "code", "12或15位", True, example="440605122220", width=40),
        Column("body", "组织名称", "text", "全称", True, example="新田村第二党支部", width=28),
        Column("kind", "类别", "choice", "从下拉或右列中选", True, choices=tuple(BodyKind), example="党支部", width=20),
        Column("parent", "上级组织", "text", "全称；有同名的写成“名称@区划代码”；可以是同一表内的组织", longest=100,
               example="新田村党委", width=28),
        Column("is_joint", "联合支部", "flag", "只有党支部可以填“是”；不填即否", example="否"),
        Column("is_area", "区域性党组织", "flag", "不填即否", example="否"),
        _day("from_on", "成立日期", "成立的日子", required=True, example="2018-01-01"),
        _day("until_on", "撤销日期", "填了即自这一天起撤销；其下还有组织的不能撤销"),
    ),
    ("凭“组织所在区划代码＋组织名称”认行：没有的新设；填了撤销日期的撤销；相同的不变。",
     "类别、上级与登记不同的，拒绝并说明：改隶、改设不是填表能办的事。"),
)  # fmt: skip

MEMBERS = Template(
    ImportKind.MEMBERS, "党员", ("citizen_id", "code", "body"),
    (
        *_PERSON,
        *_BODY,
        Column("tie", "党籍关系", "choice", "在册只能在一处；流动另填一行", True, choices=tuple(Tie), example="在册"),
        Column("status", "党员类别", "choice", "不填即正式党员", choices=tuple(MemberStatus), example="正式党员"),
        _day("from_on", "起始日期", "这一关系、类别或转入自哪天起", required=True, example="2018-01-01"),
        _day("until_on", "终止日期", "填了即自这一天起终止"),
    ),
    ("凭“公民身份号码＋组织”认行：新的登记；在册组织不同的视为转入（旧关系在起始日期终止）；预备转正填“正式党员”和转正日期。",
     "填了终止日期的，终止这一关系；相同的不变。"),
)  # fmt: skip

HOUSEHOLDS = Template(
    ImportKind.HOUSEHOLDS, "住户", ("code", "door"),
    (
        Column("code", "区划代码", "code", "经济社或小区的15位代码", True, example="440605122220001", width=44),
        Column("door", "门牌", "text", "与门牌登记一致，如“樵园路12号3栋502”", True, example="樵园路12号", width=28),
        _code("grid_code", "网格代码", "15位，第13位为9；可不填", required=False, example="440605122220901"),
        Column("residents", "户内人口", "whole", "登记人口，1至9999", True, example="3", width=10),
        Column("head", "户主姓名", "text", "可不填；导出表里遮住的姓名按未填处理", longest=40, example="李四"),
        Column("phone", "户主电话", "phone", "可不填", example="13800138000"),
        _day("from_on", "起始日期", "住户自哪天起登记", required=True, example="2018-01-01"),
        _day("until_on", "终止日期", "填了即自这一天起不再是这里的住户"),
    ),
    ("凭“区划代码＋门牌”认行：没有的门牌和住户新增；人口、户主、网格不同的更新；相同的不变。",
     "同一门牌住着几户的，不能按门牌更新，请逐户办理。"),
)  # fmt: skip

POST = Template(
    ImportKind.POSTS, "任职", ("citizen_id", "code", "body", "kind"),
    (
        *_PERSON,
        *_BODY,
        Column("kind", "职务", "choice", "从下拉或右列中选；系统、安全、审计管理员不由表格任命", True, choices=POSTS,
               example="书记"),
        _day("from_on", "任职日期", "任职的日子", required=True, example="2018-01-01"),
        _day("term_ends_on", "届满日期", "可不填；与登记不同即更新"),
        _day("until_on", "离任日期", "填了即自这一天起离任，权限随之终止"),
    ),
    ("凭“公民身份号码＋组织＋职务”认行：没有的任职新增；届满日期不同的更新；填了离任日期的离任；相同的不变。",
     "职务带来权限：请在确认前逐行核对。"),
)  # fmt: skip

TEMPLATES = {template.kind: template for template in (DIVISIONS, BODIES, MEMBERS, HOUSEHOLDS, POST)}

COMMON = (
    "填写说明",
    "一、在第一张表里一行填一条，红色表头必填；列的次序可以变，表头的字不能变。示例行请删除（忘了删也不会导入）。",
    "二、代码、号码、电话所在的列已设为文本。别改成数字：18位号码成了数字，末三位就丢了。",
    "三、不要合并单元格。日期写成2018-12-14。",
    "四、上传后先试算，不写入任何内容；看过结果再确认。有错的行不导入，原表连同每行的原因可以下载，改好再传。",
    "五、同一张表可以反复上传：已经登记的不会重复登记。",
)
