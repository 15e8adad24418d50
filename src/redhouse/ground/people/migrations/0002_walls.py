from django.db import migrations

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("ledger", "0002_walls")]
    operations = [
        wall("people_person", person="id"),
        wall("people_household", person="head_id"),
        wall("people_householdmember", person="person_id"),
        wall("people_membership", person="person_id"),
    ]
