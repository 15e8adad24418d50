"""The three workbooks as data. They are Chinese documents whatever the language of the page, so nothing here is marked
for translation."""

from dataclasses import dataclass

from django.utils import translation

from redhouse.kit.workbook import Heading
from redhouse.work.visits.enums import BookKind, Topic, VisitMode

with translation.override("zh-hans"):
    TOPICS = {str(topic.label): topic for topic in Topic}
    MODES = {str(mode.label): mode for mode in VisitMode}


@dataclass(frozen=True)
class Book:
    name: str
    headings: tuple[Heading, ...]
    says: str

    @property
    def names(self) -> list[str]:
        return [heading.name for heading in self.headings]

    @property
    def required(self) -> list[str]:
        return [heading.name for heading in self.headings if heading.required]


def _example(text: str) -> str:
    return f"示例（请删除本行）：{text}"


_PLACE = Heading("区划代码", "经济社或小区的15位代码", True, width=40, example=_example("440605122220003"))
_DOOR = Heading("门牌", "与登记一致", True, width=28, example="3巷12号")
_MEMBER = Heading("联系党员", "姓名，本村党员", True, example="张三")
_TAIL = Heading("身份号码后四位", "同名时填，用来认人", example="1234")
BOOKS = {
    BookKind.CONTACTS: Book(
        "户联系安排",
        (_PLACE, _DOOR, _MEMBER, _TAIL, Heading("起始日期", "自哪天起联系；不填即今天", is_day=True)),
        "凭“区划代码＋门牌＋联系党员”认行：没有的安排，已有的不变。换人请在“户联系安排”里移交。",
    ),
    BookKind.VISITS: Book(
        "走访记录",
        (
            _PLACE,
            _DOOR,
            _MEMBER,
            _TAIL,
            Heading("走访日期", "那天要已经联系这一户", True, is_day=True, example="2018-11-20"),
            Heading("方式", "不填即户联系", choices=tuple(MODES)),
            Heading("诉求", "有就写，500字以内", width=40),
        ),
        "凭“区划代码＋门牌＋联系党员＋走访日期”认行：同一人同一天到同一户只记一次，已有的不变。",
    ),
    BookKind.CHECKLISTS: Book(
        "走访清单",
        (
            Heading("主题", "从下拉中选", True, tuple(TOPICS), 40, example=_example("消防")),
            Heading("检查项", "写成符合要求的样子，按次序一行一项", True, width=60, example="灭火器在有效期内"),
        ),
        "同一主题的各行合成一份清单；与在用的不同即为新的一版，今天起用。",
    ),
}
