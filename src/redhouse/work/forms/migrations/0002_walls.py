"""What people wrote stays as it was written, and is read only where one may read."""

from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial"), ("ledger", "0002_walls")]
    operations = [
        *refuse_change("forms_cellentry"),
        wall("forms_cellentry", person="filled_by_id"),
    ]
