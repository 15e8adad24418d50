from django.db import migrations

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("access", "0002_data_request"), ("ledger", "0002_walls")]
    operations = [wall("access_datarequest", person="person_id")]
