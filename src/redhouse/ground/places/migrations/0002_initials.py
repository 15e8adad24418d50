from django.db import migrations

from redhouse.ground.places.fields import InitialsField, fill_initials


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [
        migrations.AddField("division", "initials", InitialsField()),
        migrations.AddField("venue", "initials", InitialsField()),
        fill_initials("places_division"),
        fill_initials("places_venue"),
    ]
