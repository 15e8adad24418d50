"""Names from their second, third and fourth character on, kept by the database: a part of a name finds an index."""

from django.db import migrations, models
from django.db.models.functions import Collate, Substr


def tail_of_name(start: int) -> migrations.AddField:
    tail = models.GeneratedField(
        expression=Substr("name", start),
        output_field=models.CharField(max_length=40, db_collation="C"),
        db_persist=True,
    )
    return migrations.AddField("person", f"name_from_{start}", tail)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_grid_posts")]
    operations = [
        tail_of_name(2),
        tail_of_name(3),
        tail_of_name(4),
        migrations.AddIndex("person", models.Index(Collate("name", "C"), name="person_name")),
        migrations.AddIndex("person", models.Index(fields=["name_from_2"], name="person_name_from_2")),
        migrations.AddIndex("person", models.Index(fields=["name_from_3"], name="person_name_from_3")),
        migrations.AddIndex(
            "person",
            models.Index(condition=~models.Q(name_from_4=""), fields=["name_from_4"], name="person_long_name"),
        ),
        migrations.RunSQL(
            "ANALYZE people_person", migrations.RunSQL.noop
        ),  # else the planner takes long names for common
    ]
