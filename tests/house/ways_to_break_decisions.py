"""The constraints of matters and their gates."""

from collections.abc import Callable

from django.db.models import Model

from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Household
from redhouse.ground.process.queries import open_step
from redhouse.work.decisions.models import Check, Explanation, Matter, Objection, Opinion, Posting, Publicity
from tests.cast import SOCIETY, person
from tests.ground.process.factories import D1, opened


def matter(**changes: object) -> Matter:
    fields = {
        "run": opened(),
        "number": f"N-{Matter.objects.count() + 1}",
        "title": "分红",
        "division_code": SOCIETY,
        "proposed_on": D1,
    }
    return Matter(**fields | {"proposed_by": person("secretary")} | changes)


def saved_matter() -> Matter:
    row = matter()
    row.save()
    return row


def explanation(**changes: object) -> Explanation:
    row = saved_matter()
    home = Household.objects.order_by("pk").first()
    fields = {"run_step": open_step(row.run), "household": home, "division_code": SOCIETY, "member": person("member")}
    return Explanation(**fields | {"stance": "agrees", "explained_on": D1} | changes)


def check(**changes: object) -> Check:
    fields = {"run_step": open_step(saved_matter().run), "item": "led", "is_met": True, "checked_on": D1}
    return Check(**fields | {"checked_by": person("supervisor")} | changes)


def opinion(**changes: object) -> Opinion:
    fields = {"matter": saved_matter(), "person": person("member"), "division_code": SOCIETY, "channel": "door"}
    return Opinion(**fields | {"text": "多修路", "raised_on": D1, "entered_by": person("member")} | changes)


def publicity(**changes: object) -> Publicity:
    row = changes.pop("matter", None) or saved_matter()
    fields = {"matter": row, "run_step": open_step(row.run), "kind": "affairs", "title": "公示", "text": "内容"}
    fields |= {"places": "公开栏", "from_on": D1, "last_on": D1, "code": f"A{Publicity.objects.count()}", "made_on": D1}
    return Publicity(**fields | {"paper": paper(), "made_by": person("secretary")} | changes)


def posting(**changes: object) -> Posting:
    sheet = publicity()
    sheet.save()
    fields = {"publicity": sheet, "phase": "start", "photo": paper(), "seen_on": D1, "recorded_on": D1}
    return Posting(**fields | {"recorded_by": person("secretary")} | changes)


def paper() -> Paper:
    return Paper.objects.create(kind="publicity", title="公示", division_code=SOCIETY, created_by=person("secretary"))


def objection(**changes: object) -> Objection:
    fields = {"matter": saved_matter(), "number": 1, "person": person("member"), "division_code": SOCIETY}
    fields |= {"channel": "online", "text": "算错了", "raised_on": D1, "due_on": D1, "entered_by": person("member")}
    return Objection(**fields | changes)


def again(row: Model, **changes: object) -> Model:
    """The same row once more, after it was saved."""
    row.save()
    return type(row)(
        **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
        | changes
    )


WAYS: dict[str, Callable[[], Model]] = {
    "publicity_says_what_and_where": lambda: publicity(text=""),
    "publicity_ends_after_it_begins": lambda: publicity(last_on=D1.replace(year=2017)),
    "publicity_amendment_says_why": lambda: publicity(is_material=True),
    "posting_once_a_phase": lambda: again(posting(), photo_id=paper().pk),
    "posting_is_not_in_the_future": lambda: posting(seen_on=D1.replace(year=2019)),
    "objection_numbered_once": lambda: again(objection()),
    "objection_says_something": lambda: objection(text=""),
    "objection_answered_whole": lambda: objection(answer="会"),
    "objection_answered_after_it_was_raised": lambda: objection(
        answer="会", is_upheld=True, answered_on=D1.replace(year=2017), answered_by=person("secretary")
    ),
    "matter_has_a_title": lambda: matter(title=""),
    "matter_amount_is_not_negative": lambda: matter(amount=-1),
    "matter_lead_minimum_is_a_percentage": lambda: matter(lead_minimum=101),
    "explanation_once_a_household": lambda: again(explanation()),
    "check_once_an_item": lambda: again(check()),
    "check_unmet_with_a_note": lambda: check(is_met=False),
    "opinion_says_something": lambda: opinion(text=""),
    "opinion_answered_whole": lambda: opinion(answer="会"),
    "opinion_answered_after_it_was_raised": lambda: opinion(
        answer="会", is_adopted=True, answered_on=D1.replace(year=2017), answered_by=person("secretary")
    ),
}
SPEAKING_FIELDS = {
    "publicity_says_what_and_where",
    "objection_says_something",
    "matter_has_a_title",
    "matter_amount_is_not_negative",
    "opinion_says_something",
}
