from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("ledger", "0002_walls")]
    operations = [
        *refuse_change("notices_notice", "notices_announcement"),
        wall("notices_receipt", person="person_id"),
        wall("notices_delivery", person="person_id"),
        wall("notices_preference", person="person_id"),
    ]
