from django.db import migrations

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("ledger", "0002_walls")]
    operations = [wall("registry_import", person="created_by_id")]
