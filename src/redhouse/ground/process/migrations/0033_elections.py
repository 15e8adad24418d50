"""Elections: seats and candidates of a roll, frozen with it; votes are written beside a candidate once."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from redhouse.ground.ledger.walls import wall

PROTECT = django.db.models.deletion.PROTECT
KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")

GUARD = """
CREATE FUNCTION process_guard_candidate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  roll process_roll;
BEGIN
  SELECT * INTO roll FROM process_roll WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.roll_id ELSE OLD.roll_id END
    FOR SHARE;
  IF TG_OP <> 'INSERT' AND OLD.votes IS NOT NULL THEN
    PERFORM process_refuse('candidate_is_counted_once', '得票已经写明，不能再改');
  END IF;
  IF roll.closed_on IS NOT NULL AND (TG_OP <> 'UPDATE' OR (NEW.seat_id, NEW.roll_id, NEW.number, NEW.person_id)
    IS DISTINCT FROM (OLD.seat_id, OLD.roll_id, OLD.number, OLD.person_id))
  THEN
    PERFORM process_refuse('roll_is_closed', '名册已经定册，不能再改');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER process_candidate_stays BEFORE INSERT OR UPDATE OR DELETE ON process_candidate
  FOR EACH ROW EXECUTE FUNCTION process_guard_candidate();
ALTER TABLE process_candidate ENABLE ALWAYS TRIGGER process_candidate_stays;
CREATE TRIGGER process_seat_stays BEFORE INSERT OR UPDATE OR DELETE ON process_seat
  FOR EACH ROW EXECUTE FUNCTION process_guard_elector();
ALTER TABLE process_seat ENABLE ALWAYS TRIGGER process_seat_stays;
"""
GO = """
DROP TRIGGER process_seat_stays ON process_seat;
DROP TRIGGER process_candidate_stays ON process_candidate;
DROP FUNCTION process_guard_candidate();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_society_members"), ("process", "0032_case_guards")]
    operations = [
        migrations.AddField("roll", "is_runoff", models.BooleanField(default=False, verbose_name="另行选举")),
        migrations.AlterField("keying", "choice", models.CharField(max_length=80, verbose_name="选择")),
        migrations.AlterField("thirdlook", "choice", models.CharField(blank=True, max_length=80, verbose_name="认定")),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", KEY),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("name", models.CharField(max_length=20, verbose_name="职务")),
                ("posts", models.PositiveSmallIntegerField(verbose_name="应选名额")),
                ("roll", models.ForeignKey(on_delete=PROTECT, related_name="seats", to="process.roll")),
            ],
            options={
                "ordering": ["roll", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["roll", "name"], name="seat_named_once", violation_error_message="这个职务已经列过"
                    ),
                    models.CheckConstraint(
                        condition=Q(posts__gte=1),
                        name="seat_has_a_post",
                        violation_error_message="应选名额至少是1",
                    ),
                    models.CheckConstraint(
                        condition=Q(name__regex=r"^[^:;]+$"),
                        name="seat_has_a_plain_name",
                        violation_error_message="请写职务名称，不用冒号和分号",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", KEY),
                ("number", models.PositiveSmallIntegerField(verbose_name="票上的号")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("votes", models.PositiveIntegerField(blank=True, null=True, verbose_name="得票")),
                ("is_elected", models.BooleanField(blank=True, null=True, verbose_name="当选")),
                ("person", models.ForeignKey(on_delete=PROTECT, related_name="+", to="people.person")),
                ("roll", models.ForeignKey(on_delete=PROTECT, related_name="candidates", to="process.roll")),
                ("seat", models.ForeignKey(on_delete=PROTECT, related_name="candidates", to="process.seat")),
            ],
            options={
                "ordering": ["roll", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=["roll", "number"], name="candidate_numbered_once"),
                    models.UniqueConstraint(
                        fields=["seat", "person"],
                        name="candidate_once_for_a_seat",
                        violation_error_message="此人已是这个职务的候选人",
                    ),
                    models.CheckConstraint(
                        condition=Q(votes__isnull=True, is_elected__isnull=True)
                        | Q(votes__isnull=False, is_elected__isnull=False),
                        name="candidate_is_counted_whole",
                    ),
                ],
            },
        ),
        wall("process_candidate", person="person_id"),
        migrations.RunSQL(GUARD, GO),
    ]
