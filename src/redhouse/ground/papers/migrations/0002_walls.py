from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial"), ("ledger", "0002_walls")]
    operations = [*refuse_change("papers_paperversion")]
