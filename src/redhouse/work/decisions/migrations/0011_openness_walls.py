from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall


class Migration(migrations.Migration):
    dependencies = [("decisions", "0010_openness")]

    operations = [
        *refuse_change("decisions_publicity", "decisions_posting"),
        wall("decisions_objection", person="person_id"),
    ]
