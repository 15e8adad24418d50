"""One matter on its way: who is asked, on which day, and how its open step is closed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from redhouse.demo.source import MatterRow
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.people.models import Person
from redhouse.ground.process import actions as process
from redhouse.ground.process.models import RunStep
from redhouse.ground.process.queries import holders, open_step, step_rule
from redhouse.ground.process.rules import may_close
from redhouse.kit.today import SHANGHAI
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.matters import Upload
from redhouse.work.decisions.models import Matter


@dataclass
class Walk:
    """`day` is the day on which the matter is being worked on, `today` the last one that anybody has lived."""

    row: MatterRow
    matter: Matter
    day: date
    today: date
    _holders: dict[str, list[Person]] = field(default_factory=dict)

    @property
    def step(self) -> RunStep:
        step = open_step(self.matter.run)
        assert step is not None
        return step

    def holding(self, role: str) -> list[Person]:
        """Who fills a role for the matter; posts of the demo do not change while a matter runs."""
        if role not in self._holders:
            self._holders[role] = holders(role, self.matter.run, self.day)
        return self._holders[role]

    def closer(self, step: RunStep) -> Person:
        """The first of those who owe the step and may close it."""
        owing = (person for role in step_rule(step).owed_by for person in self.holding(role))
        return next(person for person in owing if may_close(person, step, self.day))

    def close(self, outcome: str, reason: str = "", by: Person | None = None) -> None:
        step = self.step
        process.close_step(step=step, outcome=outcome, by=by or self.closer(step), on=self.day, reason=reason)
        self.matter.run.refresh_from_db()

    def file(self, kind: PaperKind, title: str, upload: Upload, by: Person) -> None:
        actions.file_paper(matter=self.matter, kind=kind, title=title, upload=upload, by=by, on=self.day)

    def at(self, hour: int, minute: int = 0, day: date | None = None) -> datetime:
        return datetime.combine(day or self.day, time(hour, minute), SHANGHAI)

    def later(self, days: int) -> date:
        return self.day + timedelta(days=days)
