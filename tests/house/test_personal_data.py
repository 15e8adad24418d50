"""Every field is personal or harmless; what is personal stands behind the database's own wall."""

import pytest
from django.db import connections, models

from redhouse.ground.access.reach import set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Person
from tests.cast import TOWN, XINTIAN, person
from tests.house.filled import about
from tests.house.own import FIELDS, MODELS

# Says something about one resident. Keys of persons acting in office (…_by, facts) and posts, which are public, do not.
PERSONAL = {
    "people.Person": {
        "name",
        "initials",
        "name_from_2",
        "name_from_3",
        "name_from_4",
        "sex",
        "division_code",
        "citizen_id",
        "citizen_id_index",
        "citizen_id_tail",
        "phone",
        "phone_index",
        "phone_tail",
    },
    "people.Household": {"dwelling", "division_code", "head", "residents", "from_on", "until_on"},
    "people.HouseholdMember": {"household", "person", "division_code", "relation", "from_on", "until_on"},
    "people.Membership": {"person", "body", "division_code", "tie", "status", "from_on", "until_on"},
    "people.SocietyMember": {"person", "body", "household", "division_code", "shares", "from_on", "until_on"},
    "occasions.Attendance": {"occasion", "person", "division_code", "is_expected", "present_at"},
    "visits.HouseholdContact": {"household", "member", "division_code", "from_on", "until_on"},
    "visits.Visit": {
        "household",
        "member",
        "division_code",
        "topics",
        "people_met",
        "needs",
        "opinion",
        "supplies",
        "follow_up_on",
        "visited_on",
        "unmet",
    },
    "visits.CareMark": {"household", "division_code", "kind", "from_on", "until_on"},
    "visits.Callback": {"household", "member", "division_code", "visited_on", "answer"},
    "notices.Receipt": {"notice", "person", "division_code", "read_at", "channel", "confirmed_on", "confirmed_at"},
    "notices.Delivery": {"notice", "person", "division_code", "channel", "state", "reason"},
    "notices.Preference": {"person", "division_code", "kind", "channel", "is_on"},
    "decisions.Explanation": {"household", "division_code", "member", "stance", "explained_on"},
    "decisions.Objection": {
        "person",
        "name",
        "division_code",
        "channel",
        "text",
        "raised_on",
        "answer",
        "is_upheld",
    },
    "decisions.Opinion": {"person", "division_code", "channel", "text", "raised_on", "answer", "is_adopted"},
    "decisions.ShareLine": {"register", "number", "person", "household", "division_code", "units", "salt"},
    "decisions.ShareQuestion": {
        "matter",
        "person",
        "division_code",
        "text",
        "raised_on",
        "answer",
        "is_upheld",
        "answered_on",
    },
    "decisions.DistributionLine": {"distribution", "share", "person", "division_code", "amount_fen"},
    "decisions.Payment": {"payment_list", "line", "attempt", "person", "division_code"},
    "decisions.Unpaid": {"line", "reason", "payment", "person", "division_code", "noted_on"},
    "process.Elector": {"roll", "number", "person", "household", "division_code", "area", "is_candidate"},
    "process.RollObjection": {
        "roll",
        "person",
        "division_code",
        "text",
        "raised_on",
        "answer",
        "is_upheld",
        "answered_on",
    },
    # what somebody saw, where, and who they are; the words may name a neighbour
    "process.Report": {"words", "spot", "division_code", "lat", "lon", "reporter", "name", "phone"},
    "process.Candidate": {"seat", "roll", "number", "person", "division_code", "votes", "is_elected"},
    "process.Recusal": {"elector", "person", "division_code", "kind", "recorded_on"},
    "process.Proxy": {"principal", "person", "division_code", "holder", "paper", "recorded_on", "checked_on"},
    "process.SignIn": {"meeting", "elector", "person", "division_code", "way", "present_at"},
    "process.Mark": {"elector", "box", "person", "division_code", "channel", "choice"},
    "access.Account": {"username", "email", "password", "person", "last_login"},
    "access.DataRequest": {"person", "division_code", "kind", "part", "wish", "reason"},
    "visits.LongBook": {"outcome"},
    "visits.Note": {"member", "household", "division_code", "text", "noted_on"},
    "registry.Import": {"file_name", "outcome"},  # slips may quote a cell
    "forms.CellEntry": {"division_code", "row_key", "value"},  # written beside somebody's visit
}
HARMLESS = {
    "people.Person": {"id", "is_demo"},
    "people.Household": {"id"},
    "people.HouseholdMember": {"id"},
    "people.Membership": {"id"},
    "people.SocietyMember": {"id"},
    "occasions.Attendance": {"id", "present_by"},
    "visits.HouseholdContact": {"id"},
    "visits.Visit": {"id", "fact", "key", "checklist"},
    "visits.VisitPhoto": {"id", "visit", "paper"},
    "visits.CareMark": {"id", "marked_by"},
    "visits.Note": {"id", "key"},
    "visits.DoorstepChange": {"id", "key", "xact"},  # that something changed in a village or for a member, not what
    "visits.Callback": {"id", "sample", "fact", "asked_on", "asked_by"},
    "visits.CallbackSample": {
        "id", "division_code", "from_on", "last_on", "size", "visits", "last_fact_id", "seed", "drawn_on", "drawn_by",
    },
    "visits.Checklist": {"id", "division_code", "topic", "version_no", "items", "made_by", "from_on", "until_on"},
    # a team in office, and what it did; a secretary is taken by the hand as one
    "visits.StationDay": {"id", "team", "weekday", "every_weeks", "begins", "place", "from_on", "until_on"},
    "visits.DayLog": {"id", "team", "division_code", "logged_on", "summary", "received", "written_by"},
    "visits.Mentorship": {"id", "team", "division_code", "mentee", "goals", "from_on", "until_on"},
    "visits.MentorshipNote": {"id", "mentorship", "text", "noted_on", "noted_by"},
    "notices.Receipt": {"id", "confirmed_by"},
    "notices.Delivery": {"id", "attempts", "answer", "finished_at"},
    "notices.Preference": {"id"},
    "process.Elector": {"id"},
    "process.RollObjection": {"id", "answered_by"},
    "process.Candidate": {"id"},
    "process.Seat": {"id", "roll", "number", "name", "posts"},
    "process.Recusal": {"id", "recorded_by"},
    "process.Proxy": {"id", "recorded_by", "checked_by"},
    "process.SignIn": {"id", "present_by"},
    "process.Mark": {"id", "marked_by"},
    "process.Roll": {
        "id", "run", "step_key", "round", "rule_id", "vote_on", "division_code", "drawn_on", "drawn_by", "closed_on",
        "closed_by", "digest", "is_runoff",
    },
    "process.Meeting": {
        "id", "roll", "occasion", "notice", "chair", "recorder", "scrutineer", "is_online", "convened_on",
        "convened_by", "started_at", "started_by", "ending", "ended_at", "ended_by",
    },
    "process.AgendaItem": {"id", "meeting", "number", "text", "begun_at", "begun_by"},
    "process.Box": {
        "id", "meeting", "method", "key", "printed", "opened_at", "opened_by", "recorded_at", "closes_at", "closed_at",
        "closed_by", "paper",
    },
    "process.VersionDraft": {
        "id", "code", "division_code", "base", "text", "reason", "drafted_on", "author", "decided_on", "decided_by",
        "refusal", "version",
    },
    # nobody's: no key, no time, no order (docs/voting-secrecy.md)
    "process.Ballot": {"id", "box", "choice", "receipt"},
    "process.Teller": {"id", "box", "turn", "person", "for_count", "against_count", "abstain_count"},
    "process.Keying": {"id", "teller", "number", "choice"},
    "process.ThirdLook": {"id", "box", "number", "choice", "looked_on", "looked_by"},
    "process.Tally": {
        "id", "step", "roll", "meeting", "division_code", "rule_id", "rule_from_on", "vote_on", "counts", "quorum_met",
        "passed", "outcome", "reasons", "recorded_on", "recorded_by",
    },
    # what is told names nobody: the title leaves the house, the text may be read aloud
    "notices.Notice": {
        "id", "kind", "title", "text", "link", "division_code", "due_on", "dedup", "sent_at", "sent_by",
    },
    "notices.Announcement": {"id", "notice", "channel", "note", "paper", "announced_on", "recorded_at", "recorded_by"},
    "decisions.Explanation": {"id", "run_step"},
    "decisions.Objection": {"id", "matter", "number", "due_on", "entered_by", "answered_on", "answered_by"},
    "decisions.ShareLine": {"id"},
    "decisions.ShareQuestion": {"id", "answered_by"},
    "decisions.DistributionLine": {"id"},
    "decisions.Payment": {"id"},
    "decisions.Unpaid": {"id", "noted_by"},
    # totals of a matter of money, and by which list it was paid
    "decisions.ShareRegister": {
        "id", "matter", "basis", "scale", "as_of", "holders", "units", "digest", "paper", "frozen_on", "frozen_by",
    },
    "decisions.Distribution": {
        "id", "register", "total_fen", "digest", "paper", "proposed_on", "proposed_by",
    },
    "decisions.PaymentList": {"id", "distribution", "number", "paid_on", "paper", "recorded_on", "recorded_by"},
    # what hangs on a board for everybody to read
    "decisions.Publicity": {
        "id", "matter", "run_step", "kind", "paper", "amends", "is_material", "reason", "title", "text", "places",
        "from_on", "last_on", "code", "head_size", "head_root", "made_on", "made_by",
    },
    "decisions.Posting": {"id", "publicity", "phase", "photo", "seen_on", "recorded_on", "recorded_by"},
    "decisions.MatterArchive": {"id", "matter", "dossier", "bundle", "archived_on", "archived_by"},
    "decisions.Opinion": {"id", "matter", "entered_by", "answered_on", "answered_by"},
    # a matter of a village or society, and officers acting in office
    "decisions.Matter": {
        "id", "run", "number", "title", "summary", "division_code", "amount", "lead_minimum", "proposed_on",
        "proposed_by",
    },
    "decisions.Informing": {"id", "run_step", "notice"},
    "decisions.Check": {"id", "run_step", "item", "is_met", "note", "checked_on", "checked_by"},
    "visits.LongBook": {
        "id", "state", "sealed_sha256", "division_code", "created_at", "created_by", "finished_at",
    },
    "registry.Import": {
        "id", "kind", "state", "size", "sha256", "sealed_sha256", "division_code", "created_at", "created_by",
        "confirmed_at", "confirmed_by", "finished_at",
    },
    # a phone's key, kind and clocks; a system of others, and officers acting in office
    "clients.Entry": {"id", "key", "kind", "written_at", "ahead_ms", "received_at", "sent_by"},
    "clients.Token": {
        "id", "name", "scopes", "division_code", "digest", "hint", "from_on", "until_on", "issued_by", "revoked_at",
        "revoked_by",
    },
    "clients.TokenUse": {"id", "token", "method", "path", "status", "used_at"},
    "access.DataRequest": {"id", "state", "asked_at", "due_on", "answered_at", "answered_by"},
    "access.Account": {"id", "is_active", "is_demo", "demo_note", "opened_at"},
    "ledger.Fact": {
        "fact_id", "kind", "division_code", "happened_on", "recorded_at", "actor_id", "recorder_id", "subject_id",
        "object_id", "quantity", "label", "corrects", "salt",
    },
    "ledger.Entry": {"position", "fact", "leaf"},
    "ledger.TreeHead": {"size", "last_fact_id", "root", "frontier", "signature", "key_id", "signed_at"},
    "places.Division": {"id", "code", "kind", "name", "initials", "source", "is_inferred", "from_on", "until_on"},
    # a door, not who is behind it
    "places.Dwelling": {"id", "division_code", "grid_code", "door", "from_on", "until_on"},
    "places.Venue": {
        "id", "division_code", "name", "initials", "level", "kind", "served", "target_on", "from_on", "until_on",
    },
    "places.VenueStatus": {"id", "venue", "state", "from_on", "until_on"},
    "places.Space": {"id", "venue", "name", "kind", "seats", "volumes", "change", "from_on", "until_on"},
    "bodies.Body": {
        "id", "kind", "sector", "name", "initials", "division_code", "parent", "is_joint", "is_area", "credit_code",
        "from_on", "until_on",
    },
    "bodies.Relation": {"id", "kind", "from_body", "to_body", "from_on", "until_on"},
    "people.Post": {"id", "person", "body", "kind", "term_ends_on", "from_on", "until_on"},
    "papers.Paper": {"id", "kind", "title", "number", "division_code", "body", "created_at", "created_by"},
    "papers.PaperVersion": {
        "id", "paper", "version_no", "sha256", "sm3", "size", "media_type", "file_name", "created_at", "created_by",
    },
    "occasions.Occasion": {
        "id", "kind", "title", "host", "space", "division_code", "from_at", "until_at", "cancelled_at", "cancelled_by",
    },
    "answers.FigureMemo": {
        "id", "figure", "sql_digest", "division_code", "as_of", "last_fact_id", "result", "computed_at",
    },
    # officers acting in office, and why a sheet was returned
    "answers.Sheet": {
        "id", "division_code", "as_of", "last_fact_id", "number", "state", "submitted_by", "submitted_at", "decided_by",
        "decided_at", "reason",
    },
    "answers.FrozenSheet": {"sheet", "content", "digest"},
    "answers.SheetExtract": {"sheet", "state", "fault", "version", "manifest_digest"},
    "answers.RowsBook": {
        "id", "figure", "division_code", "as_of", "last_fact_id", "month", "language", "rows", "written", "state",
        "file_name", "created_at", "created_by",
    },
    "process.ProcedureVersion": {
        "id", "code", "origin", "division_code", "based_on", "digest", "text", "steps", "ways", "author", "approver",
        "reason", "adopted_on", "from_on", "until_on",
    },
    # people acting in office, and why they returned or stopped a matter, which is disclosed
    "process.Run": {
        "id", "version", "host", "division_code", "facts", "opened_on", "opened_by", "ending", "ended_on",
        "suspended_on", "suspended_by", "suspend_reason",
    },
    "process.RunStep": {
        "id", "run", "number", "key", "kind", "opened_on", "opened_at", "due_on", "due_at", "outcome", "closed_on",
        "closed_at", "closed_by", "reason",
    },
    "process.Report": {
        "id", "run", "type", "type_code", "urgency", "origin", "origin_fact", "follows", "status_code", "key",
        "reported_at", "erased_on",
    },
    # people acting in office; places of work, not whose they are; a number of stars
    "gridwork.Assignment": {"id", "step", "handler", "note", "assigned_on", "assigned_by"},
    "gridwork.Rating": {"id", "report", "stars", "rated_on"},
    "gridwork.ReplyTemplate": {"id", "division_code", "title", "text", "kept_by", "from_on", "until_on"},
    "gridwork.InspectionForm": {
        "id", "topic", "title", "site_kind", "division_code", "minutes", "reason", "author", "drafted_on", "approver",
        "approved_on",
    },
    "gridwork.FormItem": {"id", "form", "number", "text", "source", "level"},
    "gridwork.Site": {"id", "kind", "name", "division_code", "spot", "from_on", "until_on"},
    "gridwork.Round": {"id", "form", "division_code", "from_on", "due_on", "planned_by"},
    "gridwork.Inspection": {"id", "round", "site", "follows", "key", "marks", "seen_on", "seen_by", "again_on"},
    "gridwork.Hazard": {
        "id", "inspection", "item", "level", "words", "before", "after", "report", "due_on", "removed_on", "removed_by",
    },
    # people acting in office
    "forms.CellEntry": {"id", "form_code", "month_on", "ask", "fact", "filled_on", "filled_by"},
    "forms.FormDraft": {
        "id", "title", "reason", "division_code", "holding", "every", "month_on", "state", "author", "drafted_on",
        "decided_by", "decided_on", "refusal",
    },
    "forms.FormBook": {
        "id", "form_code", "division_code", "month_on", "rows", "written", "state", "file_name", "created_at",
        "created_by",
    },
    "forms.DraftColumn": {"id", "draft", "number", "field", "question", "kind", "per"},
    "process.CaseType": {
        "id", "code", "type_code", "group", "name", "urgency", "limit_value", "limit_unit", "handled_by",
        "photos_needed", "is_public", "kept_by", "from_on", "until_on",
    },
    "process.Reply": {"id", "step", "way", "result", "words", "replied_on", "replied_by"},
    "process.StepPaper": {"id", "step", "paper", "filed_on", "filed_by"},
    "process.RunMove": {
        "id", "step", "from_version", "to_version", "to_key", "facts", "reason", "moved_on", "moved_by",
    },
    "process.Convening": {
        "id", "run", "demanders", "electors", "demanded_on", "due_on", "recorded_by", "escalated_on",
    },
    "process.CalendarDay": {"id", "day_on", "is_working", "source", "noted_by"},
}  # fmt: skip

# Sign-in must find the account before anybody knows who asks; it holds no more than the login itself.
WITHOUT_WALL = {"access.Account"}
# table -> the column that says whose row it is
OWN_ROW = {
    "process_report": "reporter_id",
    "process_candidate": "person_id",
    "process_elector": "person_id",
    "process_rollobjection": "person_id",
    "process_recusal": "person_id",
    "process_proxy": "person_id",
    "process_signin": "person_id",
    "process_mark": "person_id",
    "people_person": "id",
    "people_household": "head_id",
    "people_householdmember": "person_id",
    "people_membership": "person_id",
    "people_societymember": "person_id",
    "decisions_explanation": "member_id",
    "decisions_objection": "person_id",
    "decisions_opinion": "person_id",
    "decisions_shareline": "person_id",
    "decisions_sharequestion": "person_id",
    "decisions_distributionline": "person_id",
    "decisions_payment": "person_id",
    "decisions_unpaid": "person_id",
    "occasions_attendance": "person_id",
    "visits_householdcontact": "member_id",
    "visits_visit": "member_id",
    "visits_caremark": "marked_by_id",
    "visits_callback": "member_id",
    "visits_longbook": "created_by_id",
    "visits_note": "member_id",
    "registry_import": "created_by_id",
    "forms_cellentry": "filled_by_id",
    "notices_receipt": "person_id",
    "notices_delivery": "person_id",
    "notices_preference": "person_id",
    "access_datarequest": "person_id",
}
LABELS = {model._meta.label: model for model in MODELS}
WALLED = sorted(LABELS[label]._meta.db_table for label in set(PERSONAL) - WITHOUT_WALL)

# `_at` without `_by`, and why: the moment is a machine's, or the person is another column of the row.
NOBODY_DID_IT = {
    "process.Box.recorded_at": "the database's own clock; opened_by says who",
    "process.Box.closes_at": "a deadline, not a deed",
    "ledger.Fact.recorded_at": "recorder_id",
    "ledger.TreeHead.signed_at": "the sequencer; key_id says with which key",
    "access.Account.opened_at": "the fact of keeping accounts says who",
    "access.DataRequest.asked_at": "person",
    "clients.Entry.written_at": "sent_by",
    "clients.Entry.received_at": "the database's own clock; sent_by says who",
    "clients.TokenUse.used_at": "a system; the key says which",
    "answers.FigureMemo.computed_at": "computed, not done",
    "notices.Receipt.read_at": "person: one opens one's own",
    "notices.Delivery.finished_at": "the worker",
    "visits.LongBook.finished_at": "the worker; created_by confirmed it",
    "registry.Import.finished_at": "the worker; confirmed_by says on whose word",
    "process.Report.reported_at": "run.opened_by, or nobody who has an account",
    "process.RunStep.due_at": "a deadline, not a deed",
    "process.RunStep.opened_at": "whoever closed the step before, or opened the run",
    "occasions.Occasion.from_at": "a period, not a deed",
    "occasions.Occasion.until_at": "a period, not a deed",
}


def test_every_field_is_personal_or_harmless() -> None:
    sorted_out = {label: PERSONAL.get(label, set()) | HARMLESS.get(label, set()) for label in LABELS}
    fields = {label: {field.name for field in model._meta.local_fields} for label, model in LABELS.items()}
    assert sorted_out == fields, "decide for each new field: does it say something about one resident?"
    assert all(PERSONAL[label].isdisjoint(HARMLESS[label]) for label in PERSONAL)


def test_free_text_and_sealed_fields_about_people_are_personal() -> None:
    sealed = {f"{f.model._meta.label}.{f.name}" for f in FIELDS if type(f).__name__ == "SealedField"}
    assert sealed == {"people.Person.citizen_id", "people.Person.phone", "decisions.Objection.name"} | {
        "process.Report.name",
        "process.Report.phone",
    }


def test_every_moment_has_somebody() -> None:
    moments = [f for f in FIELDS if isinstance(f, models.DateTimeField) and f.name.endswith("_at")]
    lonely = {
        f"{f.model._meta.label}.{f.name}"
        for f in moments
        if f"{f.name[:-3]}_by" not in {other.name for other in f.model._meta.local_fields}
    }
    assert lonely == set(NOBODY_DID_IT), "add the person beside the moment, or the reason here"


def test_dates_and_moments_are_named_as_what_they_are() -> None:
    wrong = [
        f"{f.model._meta.label}.{f.name}"
        for f in FIELDS
        if (isinstance(f, models.DateTimeField) and not f.name.endswith("_at") and f.name != "last_login")
        or (
            isinstance(f, models.DateField)
            and not isinstance(f, models.DateTimeField)
            and not f.name.endswith(("_on", "as_of"))
        )
    ]
    assert wrong == [], "days end in _on, moments in _at"


def test_tables_with_personal_fields_are_walled_and_the_policy_is_known(house: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p.cmd, p.permissive, p.roles::text, p.qual = p.with_check, p.qual FROM pg_class c"
            " LEFT JOIN pg_policies p ON p.tablename = c.relname WHERE c.relrowsecurity ORDER BY 1"
        )
        policies = cursor.fetchall()
    assert [name for name, *_ in policies] == WALLED, "use ledger.walls.wall() in a migration of the room"
    assert {tuple(row[1:5]) for row in policies} == {("ALL", "PERMISSIVE", "{public}", True)}
    assert {name: OWN_ROW[name] for name, *_, condition in policies if f"({OWN_ROW[name]} = " in condition} == OWN_ROW


@pytest.fixture
def filled(town: str) -> str:
    """The cast, and a row in every walled table about the member."""
    about(person("member"))
    return town


def count(table: str) -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", WALLED)
def test_the_wall_opens_by_reach_and_for_ones_own_row(filled: str, table: str) -> None:
    member = person("member").pk
    everything = count(table)
    assert everything > 0
    set_reach(())
    assert count(table) == 0
    set_reach((), person_id=member)
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {OWN_ROW[table]} FROM {table}")
        assert cursor.fetchall() == [(member,)]
    set_reach([TOWN[:9]])
    assert count(table) == everything
    set_reach(["440605123"])
    assert count(table) == 0


def test_a_new_connection_sees_nothing(filled: str) -> None:
    connections["default"].close()
    assert {table: count(table) for table in WALLED} == dict.fromkeys(WALLED, 0)


def test_facts_hold_no_word_that_anybody_could_type(house: str) -> None:
    texts = {f.name for f in Fact._meta.local_fields if isinstance(f, models.CharField | models.TextField)}
    assert texts == {"kind", "division_code", "label"}  # all three closed by constraints, broken in test_constraints


def test_numbers_and_phones_rest_sealed(town: str) -> None:
    someone = Person.objects.create(
        name="某人", division_code=XINTIAN, citizen_id="44060519900101123X", phone="13800138000"
    )
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT citizen_id, phone, citizen_id_index FROM people_person WHERE id = %s", [someone.pk])
        stored = [bytes(value) for value in cursor.fetchone()]
    assert all(b"44060519900101123X" not in value and b"13800138000" not in value for value in stored)
    assert Person.objects.get(pk=someone.pk).citizen_id == "44060519900101123X"
