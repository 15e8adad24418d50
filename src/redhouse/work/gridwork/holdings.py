"""What this room holds already, for report forms: inspections, and the register of hazards."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from redhouse.ground.access.enums import HeldKind, Verb
from redhouse.ground.access.holdings import Holding, Known, Row, Span, hold
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.today import today
from redhouse.work.gridwork.facts import INSPECTION_RECORDED
from redhouse.work.gridwork.models import Hazard, Inspection

_HOLDER = gettext_lazy("网格巡查")
_PLACE = Known("place", gettext_lazy("村（社区）"), also=(gettext_lazy("所属村居"), gettext_lazy("所在村")))
_SITE = (
    Known("site", gettext_lazy("场所名称"), also=(gettext_lazy("单位名称"), gettext_lazy("商铺名称")), width=16),
    Known("site_kind", gettext_lazy("场所类别"), width=8),
    Known("spot", gettext_lazy("场所地址"), also=(gettext_lazy("单位地址"), gettext_lazy("检查地点")), width=16),
)


def _inspections(span: Span) -> QuerySet[Inspection]:
    found = Inspection.objects.filter(span.inside("site__division_code"), span.days("seen_on"))
    return found.select_related("site", "round__form").order_by("seen_on", "pk")


def _inspection_rows(looks: Sequence[Inspection]) -> list[Row]:
    keys = [look.pk for look in looks]
    facts = dict(Fact.objects.filter(kind=INSPECTION_RECORDED, subject_id__in=keys).values_list("subject_id", "pk"))
    counted = (
        Hazard.objects.filter(inspection__in=keys)
        .values_list("inspection")
        .annotate(all=Count("pk"), open=Count("pk", filter=Q(removed_on__isnull=True)))
    )
    hazards = {key: (found, left) for key, found, left in counted}
    with everything():  # whoever inspects does so in office
        names = dict(Person.objects.filter(pk__in={look.seen_by_id for look in looks}).values_list("pk", "name"))
    places = names_of({look.site.division_code for look in looks}, today())
    rows = []
    for look in looks:
        found, left = hazards.get(look.pk, (0, 0))
        cells = {
            "seen_on": look.seen_on,
            "place": places.get(look.site.division_code[:CODE_LENGTH], look.site.division_code),
            "site": look.site.name,
            "site_kind": str(look.site.get_kind_display()),
            "spot": look.site.spot,
            "topic": str(look.round.form.get_topic_display()),
            "form": look.round.form.title,
            "inspector": names.get(look.seen_by_id, ""),
            "hazards": found,
            "open": left,
            "again_on": look.again_on,
            "looks": 1,
        }
        link = reverse("gridwork:inspect", args=[look.round_id, look.site_id])
        rows.append(Row(str(look.pk), look.site.division_code, cells, link, facts.get(look.pk)))
    return rows


def _inspection_total(span: Span) -> dict[str, int]:
    found = _inspections(span).order_by()
    hazards = Hazard.objects.filter(inspection__in=found)
    return {
        "looks": found.count(),
        "hazards": hazards.count(),
        "open": hazards.filter(removed_on__isnull=True).count(),
    }


INSPECTIONS = hold(
    Holding(
        key="inspections",
        title=gettext_lazy("巡查记录"),
        holder=_HOLDER,
        verb=Verb.SEE_CASES,
        fields=(
            Known("seen_on", gettext_lazy("检查日期"), HeldKind.DAY, also=(gettext_lazy("巡查日期"),)),
            _PLACE,
            *_SITE,
            Known("topic", gettext_lazy("检查专题"), also=(gettext_lazy("检查类别"),), width=10),
            Known("form", gettext_lazy("所用巡查表"), width=16),
            Known(
                "inspector", gettext_lazy("检查人"), also=(gettext_lazy("检查人员"), gettext_lazy("巡查人")), width=8
            ),
            Known("hazards", gettext_lazy("发现隐患数"), HeldKind.NUMBER, also=(gettext_lazy("隐患数量"),), width=8),
            Known("open", gettext_lazy("未整改隐患数"), HeldKind.NUMBER, also=(gettext_lazy("未整改数"),), width=8),
            Known("again_on", gettext_lazy("复查日期"), HeldKind.DAY),
            Known("looks", gettext_lazy("检查次数"), HeldKind.NUMBER, also=(gettext_lazy("巡查次数"),), width=6),
        ),
        find=_inspections,
        read=_inspection_rows,
        total=_inspection_total,
    )
)


def _hazards(span: Span) -> QuerySet[Hazard]:
    found = Hazard.objects.filter(span.inside("inspection__site__division_code"), span.days("inspection__seen_on"))
    return found.select_related("inspection__site", "item").order_by("inspection__seen_on", "pk")


def _hazard_rows(hazards: Sequence[Hazard]) -> list[Row]:
    places = names_of({row.inspection.site.division_code for row in hazards}, today())
    rows = []
    for row in hazards:
        site = row.inspection.site
        cells = {
            "found_on": row.inspection.seen_on,
            "place": places.get(site.division_code[:CODE_LENGTH], site.division_code),
            "site": site.name,
            "site_kind": str(site.get_kind_display()),
            "spot": site.spot,
            "item": row.item.text,
            "level": str(row.get_level_display()),
            "words": row.words,
            "due_on": row.due_on,
            "removed_on": row.removed_on,
            "found": 1,
            "removed": int(row.removed_on is not None),
        }
        rows.append(Row(str(row.pk), site.division_code, cells, reverse("gridwork:hazards")))
    return rows


def _hazard_total(span: Span) -> dict[str, int]:
    found = _hazards(span).order_by()
    return {"found": found.count(), "removed": found.filter(removed_on__isnull=False).count()}


HAZARDS = hold(
    Holding(
        key="hazards",
        title=gettext_lazy("隐患台账"),
        holder=_HOLDER,
        verb=Verb.SEE_CASES,
        fields=(
            Known("found_on", gettext_lazy("发现日期"), HeldKind.DAY, also=(gettext_lazy("隐患发现日期"),)),
            _PLACE,
            *_SITE,
            Known("item", gettext_lazy("隐患项目"), also=(gettext_lazy("隐患类型"),), width=18),
            Known("level", gettext_lazy("隐患等级"), width=8),
            Known("words", gettext_lazy("隐患情况"), also=(gettext_lazy("隐患描述"),), width=22),
            Known("due_on", gettext_lazy("整改期限"), HeldKind.DAY, also=(gettext_lazy("整改时限"),)),
            Known("removed_on", gettext_lazy("整改完成日期"), HeldKind.DAY, also=(gettext_lazy("销号日期"),)),
            Known("found", gettext_lazy("隐患处数"), HeldKind.NUMBER, width=6),
            Known("removed", gettext_lazy("已整改处数"), HeldKind.NUMBER, also=(gettext_lazy("已整改数"),), width=6),
        ),
        find=_hazards,
        read=_hazard_rows,
        total=_hazard_total,
    )
)
