from django.db import migrations

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("occasions", "0001_initial"), ("ledger", "0002_walls")]
    operations = [wall("occasions_attendance", person="person_id")]
