"""Every constraint of the house by name, and a row in the cast's town that breaks it and no other."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from django.db.models import Model

from redhouse.ground.access.models import Account, DataRequest
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.ledger.actions import record
from redhouse.ground.ledger.models import Fact
from redhouse.ground.messages.models import Announcement, Delivery, Notice, Preference, Receipt
from redhouse.ground.occasions.models import Attendance, Occasion
from redhouse.ground.papers.models import Paper, PaperVersion
from redhouse.ground.people.models import Household, HouseholdMember, Membership, Person, Post, SocietyMember
from redhouse.ground.places.models import Division, Dwelling, Space, Venue, VenueStatus
from redhouse.work.answers.models import FigureMemo, RowsBook, Sheet, SheetExtract
from redhouse.work.registry.models import Import
from redhouse.work.visits.models import HouseholdContact
from tests.cast import BEGIN, SOCIETY, TODAY, XINTIAN, person
from tests.house import ways_to_break_clients as clients
from tests.house import ways_to_break_decisions as decisions
from tests.house import ways_to_break_forms as forms
from tests.house import ways_to_break_gridwork as gridwork
from tests.house import ways_to_break_money as money
from tests.house import ways_to_break_process as process
from tests.house import ways_to_break_visits as visits
from tests.house import ways_to_break_votes as votes

M = TypeVar("M", bound=Model)

NINE = datetime(2018, 12, 14, 1, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
CITIZEN_ID = "440605199001010000"
CREDIT_CODE = "91440605MA4W00000X"
DIGEST = "0" * 64


def saved(row: M) -> M:
    row.save()
    return row


# ── sound rows, one way to make each ──────────────────────────────────────────────────────────────────────────────


def fact(**changes: object) -> Fact:
    return Fact(**{"kind": "visit_recorded", "division_code": XINTIAN, "happened_on": TODAY} | changes)


def recorded(corrects: int | None = None) -> int:
    return record("visit_recorded", happened_on=TODAY, division_code=XINTIAN, by=None, corrects=corrects)


def corrected() -> int:
    """The number of a fact that was corrected before."""
    wrong = recorded()
    recorded(corrects=wrong)
    return wrong


def division(**changes: object) -> Division:
    return Division(**{"code": f"{XINTIAN}002", "kind": "society", "name": "第二经济社", "from_on": BEGIN} | changes)


def dwelling(**changes: object) -> Dwelling:
    return Dwelling(**{"division_code": SOCIETY, "grid_code": "", "door": "99号", "from_on": BEGIN} | changes)


def venue(**changes: object) -> Venue:
    fields = {"division_code": XINTIAN, "name": "红房子", "level": "village", "kind": "red_house", "from_on": BEGIN}
    return Venue(**fields | changes)


def venue_status(**changes: object) -> VenueStatus:
    fields = {"venue": changes.pop("venue", None) or saved(venue()), "state": "in_use", "from_on": BEGIN}
    return VenueStatus(**fields | changes)


def space(**changes: object) -> Space:
    fields = {"venue": changes.pop("venue", None) or saved(venue()), "name": "一号教室", "kind": "classroom"}
    return Space(**fields | {"from_on": BEGIN} | changes)


def body(**changes: object) -> Body:
    fields = {"kind": BodyKind.SOCIAL_ORG, "name": "醒狮队", "division_code": XINTIAN, "from_on": BEGIN}
    return Body(**fields | changes)


def relation(**changes: object) -> Relation:
    fields = {"kind": "guides", "from_body": branch().parent, "to_body": branch(), "from_on": BEGIN}
    return Relation(**fields | changes)


def branch() -> Body:
    return Body.objects.get(name="新田第一党支部")


def someone(**changes: object) -> Person:
    return Person(**{"name": "某人", "division_code": XINTIAN, "citizen_id": CITIZEN_ID, "is_demo": True} | changes)


def first_household() -> Household:
    return Household.objects.order_by("pk")[0]


def household(**changes: object) -> Household:
    fields = {"dwelling": Dwelling.objects.order_by("pk")[0], "division_code": SOCIETY, "from_on": BEGIN}
    return Household(**fields | changes)


def household_member(**changes: object) -> HouseholdMember:
    fields = {"household": first_household(), "person": person("member"), "division_code": SOCIETY, "relation": "1"}
    return HouseholdMember(**fields | {"from_on": BEGIN} | changes)


def membership(**changes: object) -> Membership:
    fields = {"person": person("outsider"), "body": branch(), "division_code": SOCIETY, "tie": "registered"}
    return Membership(**fields | {"from_on": BEGIN} | changes)


def society_member(**changes: object) -> SocietyMember:
    society = Body.objects.filter(kind="econ_society").first() or saved(body(kind="econ_society", name="股社"))
    fields = {"person": person("outsider"), "body": society, "household": first_household(), "division_code": SOCIETY}
    return SocietyMember(**fields | {"from_on": BEGIN} | changes)


def post(**changes: object) -> Post:
    return Post(**{"person": person("outsider"), "body": branch(), "kind": "secretary", "from_on": BEGIN} | changes)


def account(**changes: object) -> Account:
    return Account(**{"username": "new", "password": "!"} | changes)


def data_request(**changes: object) -> DataRequest:
    fields = {"kind": "copy", "person": person("member"), "division_code": XINTIAN, "due_on": TODAY, "asked_at": NINE}
    return DataRequest(**fields | changes)


def refused(**changes: object) -> DataRequest:
    answer = {"state": "refused", "answered_by": person("secretary"), "answered_at": TEN, "reason": "不是本人"}
    return data_request(**answer | changes)


def paper(**changes: object) -> Paper:
    fields = {"kind": Paper._meta.get_field("kind").choices[0][0], "title": "通知", "number": "西委〔2018〕1号"}
    return Paper(**fields | {"division_code": XINTIAN, "created_by": person("org")} | changes)


def paper_version(**changes: object) -> PaperVersion:
    fields = {"paper": changes.pop("paper", None) or saved(paper()), "version_no": 1, "sha256": DIGEST, "sm3": DIGEST}
    more = {"size": 9, "media_type": "application/pdf", "file_name": "通知.pdf", "created_by": person("org")}
    return PaperVersion(**fields | more | changes)


def notice(**changes: object) -> Notice:
    fields = {"kind": "meeting_notice", "title": "成员大会", "link": "/", "division_code": XINTIAN}
    return Notice(**fields | {"sent_by": person("secretary")} | changes)


def receipt(**changes: object) -> Receipt:
    fields = {"notice": changes.pop("notice", None) or saved(notice()), "person": person("member")}
    return Receipt(**fields | {"division_code": XINTIAN} | changes)


def announcement(**changes: object) -> Announcement:
    fields = {"notice": saved(notice()), "channel": "loudspeaker", "note": "18:30，两遍", "announced_on": TODAY}
    return Announcement(**fields | {"recorded_by": person("secretary")} | changes)


def delivery(**changes: object) -> Delivery:
    fields = {"notice": changes.pop("notice", None) or saved(notice()), "person": person("member")}
    return Delivery(**fields | {"division_code": XINTIAN, "channel": "sms"} | changes)


def group_delivery(**changes: object) -> Delivery:
    return delivery(**{"person": None, "channel": "wecom"} | changes)


def preference(**changes: object) -> Preference:
    fields = {"person": person("member"), "division_code": XINTIAN, "kind": "reminder", "channel": "in_app"}
    return Preference(**fields | {"is_on": False} | changes)


def occasion(**changes: object) -> Occasion:
    fields = {"kind": "lesson", "title": "党课", "host": branch(), "division_code": SOCIETY}
    return Occasion(**fields | {"from_at": NINE, "until_at": TEN} | changes)


def attendance(**changes: object) -> Attendance:
    fields = {"occasion": changes.pop("occasion", None) or saved(occasion()), "person": person("member")}
    return Attendance(**fields | {"division_code": XINTIAN} | changes)


def contact(**changes: object) -> HouseholdContact:
    fields = {"household": first_household(), "member": person("member"), "division_code": SOCIETY, "from_on": BEGIN}
    return HouseholdContact(**fields | changes)


def sheet(**changes: object) -> Sheet:
    fields = {"division_code": XINTIAN, "as_of": TODAY, "last_fact_id": 1, "number": 1, "submitted_at": NINE}
    return Sheet(**fields | {"submitted_by": person("secretary")} | changes)


def rows_book(**changes: object) -> RowsBook:
    answer = {"figure": "F03", "division_code": XINTIAN, "as_of": TODAY, "last_fact_id": 1, "language": "zh-hans"}
    return RowsBook(**answer | {"rows": 3, "created_by": person("secretary")} | changes)


def decided(**changes: object) -> Sheet:
    """Approved by another than the author."""
    return sheet(**{"state": "approved", "decided_by": person("org"), "decided_at": TEN} | changes)


def memo(**changes: object) -> FigureMemo:
    fields = {"figure": "F02", "sql_digest": DIGEST, "division_code": XINTIAN, "as_of": TODAY, "last_fact_id": 1}
    return FigureMemo(**fields | {"result": []} | changes)


def workbook(**changes: object) -> Import:
    fields = {"kind": "posts", "file_name": "任职.xlsx", "size": 1, "sha256": DIGEST, "sealed_sha256": DIGEST}
    return Import(**fields | {"division_code": XINTIAN, "created_by": person("secretary")} | changes)


def twice(make: Callable[..., M], **changes: object) -> Callable[[], M]:
    """The same row again; `changes` are what may differ without mending it."""

    def again() -> M:
        first = saved(make())
        same = {
            field: getattr(first, field) for field in ("venue", "paper", "occasion", "notice") if hasattr(first, field)
        }
        return make(**same | changes)

    return again


def with_space(make: Callable[[Space], Occasion]) -> Callable[[], Occasion]:
    def booked() -> Occasion:
        room = saved(space())
        saved(occasion(space=room))
        return make(room)

    return booked


def own_parent() -> Body:
    row = saved(body())
    row.parent = row
    return row


LATER = date(2018, 6, 1)

# noun in the name of the constraint -> a sound row with a period
PERIODS: dict[str, Callable[..., Model]] = {
    "division": division,
    "dwelling": dwelling,
    "venue": venue,
    "venue_status": venue_status,
    "space": space,
    "body": body,
    "relation": relation,
    "household": household,
    "household_member": household_member,
    "membership": membership,
    "society_member": society_member,
    "post": post,
    "household_contact": contact,
    "procedure_version": process.version,
    "case_type": process.case_type,
    "reply_template": gridwork.template,
    "site": gridwork.site,
} | visits.PERIODS

WAYS: dict[str, Callable[[], Model]] = {
    f"{noun}_ends_after_it_begins": lambda make=make: make(until_on=BEGIN) for noun, make in PERIODS.items()
} | {
    "fact_holds_no_free_text": lambda: fact(kind="power_adopted", label="看望 老人"),
    "fact_division_code_has_12_or_15_digits": lambda: fact(division_code="4406"),
    "fact_corrects_an_earlier_one": lambda: fact(fact_id=-1, corrects_id=recorded()),
    "fact_corrected_once": lambda: fact(corrects_id=corrected()),
    "division_code_has_12_or_15_digits": lambda: division(code="4406051222201"),
    "division_once_at_a_time": twice(division, name="改名", from_on=LATER),
    "dwelling_door_once": twice(dwelling, from_on=LATER),
    "venue_name_once": twice(venue, from_on=LATER),
    "venue_one_state_at_a_time": twice(venue_status, state="closed", from_on=LATER),
    "space_name_once": twice(space, kind="lecture_hall"),
    "body_is_not_its_own_parent": own_parent,
    "body_joint_only_for_branches": lambda: body(is_joint=True),
    "body_credit_code_once": lambda: (
        saved(body(credit_code=CREDIT_CODE)) and body(name="另一", credit_code=CREDIT_CODE)
    ),
    "body_name_once_in_a_division": twice(body, kind=BodyKind.ENTERPRISE),
    "relation_is_between_two_bodies": lambda: relation(to_body=branch().parent),
    "relation_once_at_a_time": twice(relation, from_on=LATER),
    "person_citizen_id_once": twice(someone, name="另一人"),
    "household_member_once": twice(household_member, relation="2"),
    "membership_registered_in_one_place": lambda: (
        saved(membership()) and membership(body=branch().parent, from_on=LATER)
    ),
    "membership_once_in_a_body": twice(membership, tie="floating", from_on=LATER),
    "society_member_once": twice(society_member, shares=2, from_on=LATER),
    "post_once_at_a_time": twice(post, from_on=LATER),
    "account_demo_note_only_on_demo_accounts": lambda: account(demo_note="演示"),
    "data_request_one_waits": twice(data_request),
    "data_request_correction_says_what": lambda: data_request(kind="correction", part="phone"),
    "data_request_answered_by_somebody": lambda: data_request(state="granted"),
    "data_request_answered_by_another": lambda: refused(answered_by=person("member")),
    "data_request_refused_with_a_reason": lambda: refused(reason=""),
    "paper_number_once_in_a_division": twice(paper, title="另一份"),
    "paper_has_a_title": lambda: paper(title=""),
    "paper_version_once": twice(paper_version, sha256="1" * 64),
    "paper_version_counts_from_one": lambda: paper_version(version_no=0),
    "paper_version_digests_are_hexadecimal": lambda: paper_version(sm3="Z" * 64),
    "paper_version_is_not_empty_nor_huge": lambda: paper_version(size=0),
    "paper_version_media_type_is_allowed": lambda: paper_version(media_type="application/x-msdownload"),
    "paper_version_file_name_has_no_path": lambda: paper_version(file_name="../通知.pdf"),
    "notice_has_a_title": lambda: notice(title=""),
    "notice_leads_to_a_place_in_the_house": lambda: notice(link="//elsewhere.example/"),
    "notice_title_tells_no_personal_number": lambda: notice(title="请联系13800138000"),
    "notice_once": twice(lambda **changes: notice(dedup="a.meeting.1", **changes), title="另一份"),
    "receipt_once": twice(receipt),
    "receipt_confirmed_how_when_and_by_whom": lambda: receipt(channel="paper"),
    "announcement_reaches_a_place": lambda: announcement(channel="sms"),
    "announcement_says_when_and_where": lambda: announcement(note=""),
    "delivery_once": twice(group_delivery),
    "delivery_to_a_person_or_into_a_group": lambda: delivery(channel="feishu"),
    "delivery_finished_when_it_is": lambda: delivery(finished_at=NINE),
    "preference_once": twice(preference, is_on=True),
    "preference_keeps_what_the_law_wants_told": lambda: preference(kind="meeting_notice"),
    "occasion_ends_after_it_begins": lambda: occasion(until_at=NINE),
    "occasion_cancelled_at_with_by": lambda: occasion(cancelled_at=NINE),
    "occasion_no_double_booking": with_space(lambda room: occasion(space=room, title="抢先")),
    "attendance_once": twice(attendance, is_expected=False),
    "attendance_present_at_with_by": lambda: attendance(present_at=NINE),
    "household_contact_once": twice(contact, from_on=LATER),
    "import_confirmed_by_somebody": lambda: workbook(confirmed_at=NINE),
    "figure_memo_once": twice(memo, result=[1]),
    "sheet_numbered_once": twice(decided),
    "sheet_submitted_one_at_a_time": twice(sheet, number=2),
    "sheet_approver_is_not_author": lambda: decided(decided_by=person("secretary")),
    "sheet_decided_by_somebody": lambda: sheet(state="approved"),
    "sheet_returned_with_a_reason": lambda: decided(state="returned"),
    "sheet_extract_ready_with_its_file": lambda: SheetExtract(sheet=saved(decided()), state="ready"),
    "sheet_extract_failed_for_a_reason": lambda: SheetExtract(sheet=saved(decided()), state="failed"),
    "rows_book_ready_with_its_file": lambda: rows_book(state="ready"),
}

WAYS |= process.WAYS | decisions.WAYS | visits.WAYS
WAYS |= clients.WAYS
WAYS |= process.WAYS
WAYS |= votes.WAYS
WAYS |= money.WAYS
WAYS |= gridwork.WAYS
WAYS |= forms.WAYS
