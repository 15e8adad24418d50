"""The gates before the vote, as the people of the demo pass them."""

from redhouse.demo.matters.papers import document
from redhouse.demo.matters.walk import Walk
from redhouse.ground.messages.actions import confirm_receipts
from redhouse.ground.messages.enums import Channel as By
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.actions.documents import file_minutes
from redhouse.ground.process.actions.sittings import convene_roll, everybody, hold_on_paper
from redhouse.ground.process.enums import Outcome, Role
from redhouse.ground.process.queries import step_rule
from redhouse.kit.divisions import prefix
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions import Door
from redhouse.work.decisions.enums import Basis, Channel, CheckItem, Stance
from redhouse.work.decisions.queries.gates import members_to_inform
from redhouse.work.decisions.queries.money import bases_of

STANCES = [*[Stance.AGREES] * 8, Stance.ASKS, Stance.SILENT]


def draft(w: Walk) -> None:
    """Money is shared out to the fen before anybody deliberates on it."""
    by = w.closer(w.step)
    if bases := bases_of(w.matter):
        basis = Basis.SHARES if Basis.SHARES in bases else bases[0]
        actions.freeze_register(matter=w.matter, as_of=w.day, by=by, on=w.day, basis=basis)
        actions.propose_distribution(matter=w.matter, total_fen=w.row.amount, by=by, on=w.day, basis=basis)
    for kind in step_rule(w.step).evidence:
        if kind != PaperKind.PLAN:  # the plan was filed when the matter was opened
            title = "征地补偿安置公告"
            w.file(PaperKind(kind), title, document(title, f"{w.row.title}所依据的公告。", "西樵镇", w.day), by)
    w.close(Outcome.SUBMITTED, by=by)


def inform(w: Walk, share: int = 100) -> None:
    """Everybody is told, and `share` percent confirm on paper; all of them, and the gate is passed."""
    by = w.closer(w.step)
    informing = actions.inform_members(matter=w.matter, by=by, on=w.day)
    members = members_to_inform(w.matter)
    there = members[: len(members) * share // 100]
    confirm_receipts(notice=informing.notice, people=there, by=by, on=w.day, channel=By.PAPER)
    if share == 100:
        w.close(Outcome.INFORMED, by=by)


def deliberate(w: Walk) -> None:
    """A Party meeting with a show of hands; everybody comes and agrees."""
    step = w.step
    chair = w.closer(step)
    helpers = [person for person in _party(w) if person.pk != chair.pk][:2]
    meeting = convene_roll(
        step=step, step_key=step.key, title=f"{w.row.title}（{step_rule(step).name}）", from_at=w.at(9),
        chair=chair, recorder=helpers[0], scrutineer=helpers[1], by=chair, on=w.day,
        agenda=["听取方案说明", "讨论", "表决"],
    )  # fmt: skip
    roll = meeting.roll
    count = roll.electors.count()
    hold_on_paper(
        meeting=meeting, present=everybody(roll), first=(count, 0, 0), second=(count, 0, 0), by=chair, at=w.at(10)
    )
    file_minutes(meeting=meeting, matter=w.row.title, by=chair, on=w.day)
    w.close(Outcome.AGREED, by=chair)


def lead(w: Walk, share: int = 100) -> None:
    """Members explain at the doors, gather opinions, and the head of the society or village answers them."""
    by, members = w.closer(w.step), _party(w)
    homes = Household.objects.as_of(w.day).filter(within([prefix(w.matter.division_code)])).order_by("pk")
    keys = list(homes.values_list("pk", flat=True))
    doors = [
        Door(pk, members[place * len(members) // len(keys)].pk, STANCES[place % len(STANCES)])
        for place, pk in enumerate(keys[: len(keys) * share // 100])
    ]
    actions.explain_matter_at(matter=w.matter, doors=doors, by=by, on=w.day)
    head = w.matter.proposed_by
    for said in w.row.opinions:
        opinion = actions.record_opinion(
            matter=w.matter, text=said["text"], channel=Channel.DOOR, person=None, by=by, on=w.day
        )
        if answer := said.get("answer"):
            is_adopted = said.get("adopted") == "yes"
            actions.answer_opinion(opinion=opinion, answer=answer, is_adopted=is_adopted, by=head, on=w.day)
    if share == 100:
        w.close(Outcome.LED, by=by)


def review(w: Walk) -> None:
    if w.row.returned:
        w.close(Outcome.RETURNED, reason=w.row.returned)
    else:
        w.close(Outcome.PASSED)


def check(w: Walk) -> None:
    by = w.closer(w.step)
    actions.check_items(matter=w.matter, marks=dict.fromkeys(CheckItem, (True, "")), by=by, on=w.day)
    w.close(Outcome.CHECKED, by=by)


def approve(w: Walk) -> None:
    by = w.closer(w.step)
    title = f"关于{w.row.title}的批复"
    w.file(PaperKind.REPLY, title, document(title, "经研究，同意。", "西樵镇", w.day), by)
    w.close(Outcome.PASSED, by=by)


def _party(w: Walk) -> list[Person]:
    """Members of the place, the secretary of the branch first."""
    secretaries = w.holding(Role.BRANCH_SECRETARY)
    known = {person.pk for person in secretaries}
    return [*secretaries, *(person for person in members_to_inform(w.matter) if person.pk not in known)]
