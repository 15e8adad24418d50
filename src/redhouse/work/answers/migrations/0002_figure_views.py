"""What the figures may read: views with the least columns, in a schema of their own. Names, numbers, phones and salts
are in none of them. The views run with the owner's rights, so a figure never depends on who looks."""

from django.db import migrations

VIEWS = {
    "facts": "SELECT fact_id, kind, division_code, happened_on, recorded_at, actor_id, recorder_id, subject_id,"
    " object_id, quantity, label, corrects_id FROM public.ledger_fact",
    "division": "SELECT id AS division_id, code, kind, name, is_inferred, from_on, until_on"
    " FROM public.places_division",
    "household": "SELECT id AS household_id, division_code, residents, from_on, until_on FROM public.people_household",
    "membership": "SELECT id AS membership_id, person_id, body_id, division_code, tie, status, from_on, until_on"
    " FROM public.people_membership",
    "body": "SELECT id AS body_id, kind, sector, parent_id, name, division_code, is_joint, is_area, from_on, until_on"
    " FROM public.bodies_body",
    "venue": "SELECT id AS venue_id, division_code, name, level, kind, served, target_on, from_on, until_on"
    " FROM public.places_venue",
    "venue_status": "SELECT id AS venue_status_id, venue_id, state, from_on, until_on FROM public.places_venuestatus",
    "space": "SELECT id AS space_id, venue_id, name, kind, seats, volumes, from_on, until_on FROM public.places_space",
}


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0001_initial"),
        ("ledger", "0002_walls"),
        ("places", "0001_initial"),
        ("bodies", "0001_initial"),
        ("people", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(
            f"CREATE VIEW figures.{name} AS {query}; GRANT SELECT ON figures.{name} TO redhouse_figures;",
            f"DROP VIEW figures.{name};",
        )
        for name, query in VIEWS.items()
    ]
