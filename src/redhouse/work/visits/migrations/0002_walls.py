from django.db import migrations

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("ledger", "0002_walls")]
    operations = [wall("visits_householdcontact", person="member_id")]
