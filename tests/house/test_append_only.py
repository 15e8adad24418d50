"""Every model is mutable or append-only, and an append-only one really is."""

import pytest
from django.db import DatabaseError, connections

from tests.house.own import MODELS

APPEND_ONLY = {
    "ledger.Fact", "ledger.Entry", "ledger.TreeHead", "papers.PaperVersion", "answers.FrozenSheet",
    "decisions.Publicity", "decisions.Posting",
    "decisions.ShareRegister", "decisions.ShareLine", "decisions.Distribution", "decisions.DistributionLine",
    "decisions.PaymentList", "decisions.Payment", "decisions.Unpaid",
    "clients.Entry", "clients.TokenUse",
    "notices.Notice", "notices.Announcement",
    "visits.CallbackSample", "visits.MentorshipNote",
    "visits.DoorstepChange",
    "forms.CellEntry",
    "process.ProcedureVersion", "process.RunMove", "process.StepPaper",
    "process.Reply",
    "process.Recusal", "process.Mark", "process.Keying", "process.ThirdLook", "process.Tally",
}  # fmt: skip
# A row changes as its own triggers let it, and never goes away: tests/ground/process/test_guards.py
GUARDED = {
    "process.Run", "process.RunStep", "process.Convening",
    "process.Box", "process.Ballot",  # test_ballots.py: ballots go away all at once, when their box is published
}  # fmt: skip
MUTABLE = {
    "places.Division", "places.Dwelling", "places.Venue", "places.VenueStatus", "places.Space",
    "bodies.Body", "bodies.Relation",
    "people.Person", "people.Household", "people.HouseholdMember", "people.Membership", "people.Post",
    "people.SocietyMember",
    "decisions.Objection", "decisions.MatterArchive",
    "decisions.ShareQuestion",
    "decisions.Matter", "decisions.Informing", "decisions.Explanation", "decisions.Check", "decisions.Opinion",
    "access.Account",
    "access.DataRequest",
    "clients.Token",
    "papers.Paper",
    "notices.Receipt", "notices.Delivery", "notices.Preference",
    "occasions.Occasion", "occasions.Attendance",
    "visits.HouseholdContact",
    "visits.Visit", "visits.VisitPhoto", "visits.CareMark", "visits.Checklist", "visits.Callback",
    "visits.LongBook", "visits.Note",
    "visits.StationDay", "visits.DayLog", "visits.Mentorship",
    "registry.Import",
    "answers.FigureMemo", "answers.Sheet",
    "answers.SheetExtract", "answers.RowsBook",
    "process.CalendarDay",
    "process.VersionDraft",
    "process.CaseType", "process.Report",
    "gridwork.Assignment", "gridwork.Rating", "gridwork.ReplyTemplate",
    "gridwork.InspectionForm", "gridwork.FormItem", "gridwork.Site", "gridwork.Round", "gridwork.Inspection",
    "gridwork.Hazard",
    "forms.FormDraft", "forms.DraftColumn",
    "forms.FormBook",
    "process.Seat", "process.Candidate",
    "process.Roll", "process.Elector", "process.RollObjection", "process.Proxy",
    "process.Meeting", "process.AgendaItem", "process.SignIn", "process.Teller",
}  # fmt: skip
LABELS = {model._meta.label: model for model in MODELS}
STATEMENTS = ["UPDATE {table} SET {key} = {key}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"]


def test_every_model_is_on_one_of_the_lists() -> None:
    assert sorted([*APPEND_ONLY, *GUARDED, *MUTABLE]) == sorted(LABELS), (
        "decide: may a row be changed, or only followed by another?"
    )


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda text: text.split()[0])
@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_append_only_refuses_application_and_owner(house: str, alias: str, label: str, statement: str) -> None:
    meta = LABELS[label]._meta
    refusal = "permission denied" if alias == "default" else "账本只增不改"
    with pytest.raises(DatabaseError, match=refusal), connections[alias].cursor() as cursor:
        cursor.execute(statement.format(table=meta.db_table, key=meta.pk.column))


def test_append_only_holds_in_replica_mode_too(house: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = c.relname || '_append_only' AND t.tgenabled = 'A'"
        )
        always = {name for (name,) in cursor.fetchall()}
    assert always == {LABELS[label]._meta.db_table for label in APPEND_ONLY}, "use ledger.walls.refuse_change()"


@pytest.mark.parametrize("label", sorted(GUARDED))
def test_guarded_rows_are_never_emptied_by_anybody_even_in_replica_mode(house: str, label: str) -> None:
    table = LABELS[label]._meta.db_table
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(tgenabled = 'A'), bool_or((tgtype & 8) > 0), bool_or((tgtype & 32) > 0) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        assert cursor.fetchone() == (True, True, True), "guards on delete and truncate, all of them ENABLE ALWAYS"
        with pytest.raises(DatabaseError, match="不能删除"):
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("label", sorted(MUTABLE))
def test_mutable_lets_the_application_change_a_row(house: str, label: str) -> None:
    meta = LABELS[label]._meta
    with connections["default"].cursor() as cursor:
        cursor.execute(f"UPDATE {meta.db_table} SET {meta.pk.column} = {meta.pk.column} WHERE false")
        cursor.execute(f"DELETE FROM {meta.db_table} WHERE false")
        assert cursor.rowcount == 0
