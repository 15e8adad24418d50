"""The constraints of matters and their gates."""

from collections.abc import Callable

from django.db.models import Model

from redhouse.ground.people.models import Household
from redhouse.ground.process.queries import open_step
from redhouse.work.decisions.models import Check, Explanation, Matter, Opinion
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


def again(row: Model, **changes: object) -> Model:
    """The same row once more, after it was saved."""
    row.save()
    return type(row)(
        **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
        | changes
    )


WAYS: dict[str, Callable[[], Model]] = {
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
SPEAKING_FIELDS = {"matter_has_a_title", "matter_amount_is_not_negative", "opinion_says_something"}
