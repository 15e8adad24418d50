from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial"), ("ledger", "0002_walls")]
    operations = [*refuse_change("clients_entry", "clients_tokenuse")]
