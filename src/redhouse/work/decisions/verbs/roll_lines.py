"""Who stands on an open roll: one person by hand, or a whole workbook."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions import rolls
from redhouse.ground.process.models import Roll
from redhouse.ground.process.queries.rolls import RollRow, roll_for
from redhouse.ground.process.rules.rolls import Refusal, counts_area
from redhouse.kit.workbook import WorkbookError
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions.rules.roll_sheet import homes_of, hundredths, read_roll_sheet
from redhouse.work.decisions.verbs import words
from redhouse.work.decisions.verbs.rolls import KEEPING, ROLL
from redhouse.work.decisions.verbs.words import numbers_in


@verb(gettext_lazy("增减名册"), f"{ROLL}/amend", roll_for, words.AmendRollForm, **KEEPING)
def amend_roll(roll: Roll, do: Doing) -> str:
    """Put one person on the roll, by name and door, or take numbers off it."""
    said = do.said
    if said["remove"]:
        with everything():
            numbers = numbers_in(said["remove"])
            people = list(roll.electors.filter(number__in=numbers).values_list("person", flat=True))
        rolls.amend_roll(roll=roll, remove=people, by=do.by, on=do.on)
        return _("已从名册去掉%(n)s人。") % {"n": len(people)}
    row = _one(roll, said["name"], said["door"], said["area"])
    if refused := rolls.amend_roll(roll=roll, add=[row], by=do.by, on=do.on):
        raise NotYet([refusal.sentence for refusal in refused])
    return _("已列入名册。")


def _one(roll: Roll, name: str, door: str, area: str) -> RollRow:
    """The one person of this name behind this door on the day of the vote. Raises NotYet."""
    try:
        share = hundredths(area)
    except ValueError:
        raise NotYet([_("专有面积“%(area)s”应为平方米，最多两位小数") % {"area": area[:20]}]) from None
    with everything():
        people = list(Person.objects.filter(name=name).values_list("pk", flat=True)[:500])
        homes = homes_of(people, roll.vote_on)
    found = [(person, homes[person][door]) for person in people if door in homes.get(person, {})]
    if len(found) != 1:
        raise NotYet([_("这个门牌当日有%(n)s位叫这个名字的人，认不准；请用Excel按证件号码列入") % {"n": len(found)}])
    return RollRow(found[0][0], found[0][1], share if counts_area(roll) else 0)


@verb(gettext_lazy("用Excel列入名册"), f"{ROLL}/sheet", roll_for, words.RollBookForm, **KEEPING)
def take_roll_sheet(roll: Roll, do: Doing) -> Done:
    """The good lines come onto the roll, the others are told with why; a trial only tells. Who is not in the workbook
    comes off the roll with `whole`, and only where every line was read: a slip of the pen takes nobody's vote."""
    said = do.said
    try:
        found = read_roll_sheet(said["file"].read(), roll)
    except WorkbookError as error:
        raise NotYet([error.say(_)]) from None
    slips = [str(Refusal(line, sentence)) for line, sentence in found.told]
    if said["trial"] == "yes":
        new = len(found.good.keys() - found.known)
        return Done(
            _("试算：%(new)s行可以列入，%(known)s行已在名册，%(slips)s行有错；还没有写入。")
            % {"new": new, "known": len(found.known), "slips": len(slips)},
            refused=slips,
        )
    whole = said["whole"] == "yes"
    if whole and (found.slips or not found.good):
        n = len(found.slips)
        raise NotYet([_("表里还有%(n)s行有错：全部改好，才能以这张表为准把表外的人去掉") % {"n": n}, *slips])
    taken = rolls.take_rows(
        roll=roll,
        rows=list(found.good.values()),
        excluded={found.good[row].person_id: kind for row, kind in found.excluded.items()},
        whole=whole,
        by=do.by,
        on=do.on,
    )
    words_ = {"added": taken.added, "removed": taken.removed, "recused": taken.recused}
    return Done(_("名册上新增%(added)s人，去掉%(removed)s人，回避%(recused)s人。") % words_, refused=slips)
