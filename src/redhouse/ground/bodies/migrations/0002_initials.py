from django.db import migrations

from redhouse.ground.places.fields import InitialsField, fill_initials


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial")]
    operations = [
        migrations.AddField("body", "initials", InitialsField()),
        fill_initials("bodies_body"),
    ]
