"""The desk at the door of a meeting, and the table where paper is counted: two people key apart, a third settles."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import boxes, counting, rolls
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import Choice, Method
from redhouse.ground.process.models import Elector, Meeting, Proxy
from redhouse.ground.process.queries.elections import candidates_of
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.rules.meetings import may_key, may_look
from redhouse.kit.voting.approvals import is_named, normal
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions.verbs import words
from redhouse.work.decisions.verbs.meetings import MEETING, SERVING, box_of
from redhouse.work.decisions.verbs.words import numbers_in, whole

DESK = f"{MEETING}/desk"
WORDS = {"1": Choice.FOR, "2": Choice.AGAINST, "3": Choice.ABSTAIN, "4": Choice.INVALID}
WORDS |= {str(choice.label): choice for choice in Choice}
BESIDE = (Choice.ABSTAIN, Choice.INVALID)  # what a ballot of an election may be, besides the numbers on it


def electors_of(meeting: Meeting, numbers: list[int]) -> list[Elector]:
    with everything():
        rows = meeting.roll.electors.select_related("person", "roll__run__version", "roll__run__host")
        return list(rows.filter(number__in=numbers).order_by("number"))


@verb(gettext_lazy("按册号签到"), f"{DESK}/sign-in", meeting_for, words.NumbersForm, **SERVING)
def key_sign_in(meeting: Meeting, do: Doing) -> Done:
    """Key in the paper sheet."""
    numbers = numbers_in(do.said["numbers"])
    signed, unknown = acts.sign_in_numbers(meeting=meeting, numbers=numbers, by=do.by, at=do.at)
    refused = [_("名册上没有第%(n)s号") % {"n": number} for number in unknown]
    return Done(_("已签到%(n)s人。") % {"n": len(signed)}, refused=refused)


@verb(gettext_lazy("发纸质选票"), f"{DESK}/hand-out", meeting_for, words.NumbersForm, **SERVING)
def hand_out(meeting: Meeting, do: Doing) -> Done:
    """Write down to whom paper ballots were given. Which ballot it was, nobody writes down."""
    if getattr(meeting, "box", None) is None:
        raise NotYet([_("投票还没有开始，先不发票")])
    electors = electors_of(meeting, numbers_in(do.said["numbers"]))
    refused = boxes.hand_out_papers(box=meeting.box, electors=electors, by=do.by, at=do.at)
    said = _("已发出%(n)s张纸质选票。") % {"n": len(electors) - len(refused)}
    return Done(said, refused=[str(why) for why in refused])


@verb(gettext_lazy("登记委托"), f"{DESK}/proxies", meeting_for, words.ProxyForm, **SERVING)
def record_proxy(meeting: Meeting, do: Doing) -> str:
    """Who gives it, who holds it, by numbers of the roll."""
    wanted = [do.said["principal"] or 0, do.said["holder"] or 0]
    found = {elector.number: elector for elector in electors_of(meeting, wanted)}
    if len(found) < 2:
        raise NotYet([_("请写委托人和受托人的册号，两个不同的号")])
    rolls.record_proxy(principal=found[wanted[0]], holder=found[wanted[1]], by=do.by, on=do.on)
    return _("委托已登记，等另一人核对。")


@verb(gettext_lazy("核对委托"), f"{DESK}/proxies/check", meeting_for, words.CheckProxyForm, **SERVING)
def check_proxy(meeting: Meeting, do: Doing) -> str:
    with everything():
        row = Proxy.objects.filter(principal__roll=meeting.roll, pk=do.said["proxy"] or 0).first()
    if row is None:
        raise NotYet([_("没有这份委托")])
    acts.check_proxy(proxy=row, by=do.by, at=do.at)
    return _("已核对。")


@verb(gettext_lazy("登记回避"), f"{DESK}/recuse", meeting_for, words.RecuseForm, **SERVING)
def recuse(meeting: Meeting, do: Doing) -> str:
    found, kind = electors_of(meeting, [do.said["number"] or 0]), do.said["kind"]
    if not found or not kind:
        raise NotYet([_("请写册号，并选事由")])
    rolls.record_recusal(elector=found[0], kind=kind, by=do.by, on=do.on)
    return _("回避已登记，应到人数不因此减少。")


@verb(gettext_lazy("定录入人"), f"{MEETING}/tellers", meeting_for, words.TellerForm, **SERVING)
def appoint_teller(meeting: Meeting, do: Doing) -> str:
    """Who keys the ballots the first or the second time, by the number of the roll or one of the officers."""
    turn, who = do.said["turn"] or 0, do.said["who"]
    officers = {"recorder": meeting.recorder, "scrutineer": meeting.scrutineer, "chair": meeting.chair}
    number = whole(who)
    found = electors_of(meeting, [number]) if number is not None else []
    person = found[0].person if found else officers.get(who)
    if person is None:
        raise NotYet([_("请选录入人，或写册号")])
    counting.appoint_teller(box=box_of(meeting), turn=turn, person=person, by=do.by, at=do.at)
    return _("录入人已定。")


@verb(
    gettext_lazy("录纸质选票，或记举手人数"), f"{MEETING}/keying", meeting_for, words.KeyBallotsForm, rule=may_key,
    who=gettext_lazy("只有两位录入人录票，各录各的"),
)  # fmt: skip
def key_ballots(meeting: Meeting, do: Doing) -> Done:
    """One ballot at a time, or many lines at once: what is printed on it, and 1 赞成 2 反对 3 弃权 4 废票."""
    said, box = do.said, box_of(meeting)
    if box.method == Method.HANDS:
        three = [said[name] for name in ("for", "against", "abstain")]
        if None in three:
            raise NotYet([_("赞成、反对、弃权三个数都要填，没有就填0")])
        yes, no, abstain = three
        counting.count_hands(box=box, for_count=yes, against_count=no, abstain_count=abstain, by=do.by)
        return Done(_("已记下您清点的人数。"))
    picked = normal(said["named"]) if said["named"] else ""
    rows = [(said["number"], said["choice"] or picked)]
    if not rows[0][0]:
        read = _election_line if candidates_of(meeting.roll) else _line
        rows = [read(line) for line in said["lines"].splitlines() if line.strip()]
    refused = counting.key_ballots(box=box, rows=rows, by=do.by)
    return Done(_("已录%(n)s张。") % {"n": len(rows) - len(refused)}, refused=refused)


def _line(line: str) -> tuple[str, str]:
    """`0117-KX 1`, or the word itself."""
    number, _blank, word = line.strip().replace("\t", " ").replace("，", " ").rpartition(" ")
    choice = WORDS.get(word.strip())
    return number.strip(), choice.value if choice else ""


def _election_line(line: str) -> tuple[str, str]:
    """`0117-KX 1 3`, `0117-KX 弃权`."""
    number, _blank, rest = line.strip().replace("\t", " ").partition(" ")
    kinds = {str(choice.label): choice.value for choice in BESIDE}
    return number, kinds.get(rest.strip(), "") or normal(rest)


@verb(
    gettext_lazy("复核两次录入不同的票"), f"{MEETING}/third-look", meeting_for, words.LookForm, rule=may_look,
    who=gettext_lazy("由主持人或监票人复核，复核人不能是录入人"),
)  # fmt: skip
def look_again(meeting: Meeting, do: Doing) -> str:
    """Fetch the ballot, read it with both tellers, say what is on it."""
    number = do.said["number"] or 0
    choice = do.said["choice"] or normal(do.said["named"] or "-")
    if choice not in (*Choice.values, "none") and not is_named(choice):
        raise NotYet([_("请选票面上是什么")])
    choice = "" if choice == "none" else choice
    counting.look_again(box=box_of(meeting), number=number, choice=choice, by=do.by, at=do.at)
    return _("第%(n)s号票已复核。") % {"n": f"{number:04d}"}
