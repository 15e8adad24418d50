"""The report forms of the town: one that was filled by hand where the house cannot know, and a draft that waits."""

from datetime import date

from redhouse.ground.people.models import Person
from redhouse.work.forms import actions
from redhouse.work.forms.actions import NewQuestion
from redhouse.work.forms.definitions import AnswerKind, Every, Per
from redhouse.work.forms.queries import asked_at


def write_reports(*, people: dict[str, Person], village_code: str, on: date) -> None:
    """`people` by account."""
    asked = asked_at("L04", village_code, f"{on:%Y-%m}")
    actions.fill_cells(asked=asked, answers={("", "next_topic"): "岁末消防与分红答疑"}, by=people["leader"], on=on)
    actions.draft_form(
        title="冬季走访慰问月报",
        reason="区里要按月掌握岁末慰问的经费来源",
        holding="visits",
        fields=["happened_on", "place", "home", "member", "supplies", "times"],
        questions=[
            NewQuestion("经费由谁出", str(AnswerKind.WORDS), str(Per.PLACE)),
            NewQuestion("是否已向全村公布", str(AnswerKind.YES), str(Per.PLACE)),
        ],
        every=str(Every.MONTH),
        by=people["org"],
        on=on,
    )
