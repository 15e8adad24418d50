"""What the pages of report forms name: a ledger of this month, and a draft that waits."""

from redhouse.kit.today import today
from redhouse.work.forms.actions import NewQuestion, draft_form
from tests.cast import person


def add_report_forms() -> dict[str, dict[str, object]]:
    """By the beginning of the address."""
    on = today()
    draft = draft_form(
        title="慰问月报", reason="区里要", holding="visits", fields=["happened_on", "times"],
        questions=[NewQuestion("经费由谁出", "words", "place")], every="month", by=person("org"), on=on,
    )  # fmt: skip
    return {"forms/": {"form_code": "L01", "month": f"{on:%Y-%m}", "draft_id": draft.pk}}
