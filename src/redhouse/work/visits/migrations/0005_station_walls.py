from django.db import migrations

from redhouse.ground.ledger.walls import refuse_change, wall


class Migration(migrations.Migration):
    dependencies = [("visits", "0004_stations_and_care")]
    operations = [
        wall("visits_caremark", person="marked_by_id"),
        wall("visits_callback", person="member_id"),
        *refuse_change("visits_callbacksample", "visits_mentorshipnote"),
    ]
