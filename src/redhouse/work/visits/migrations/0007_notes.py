import django.db.models.deletion
from django.db import migrations, models

from redhouse.ground.ledger.walls import wall


class Migration(migrations.Migration):
    dependencies = [("people", "0005_grid_posts"), ("visits", "0006_long_books")]
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("text", models.CharField(max_length=500, verbose_name="便条")),
                ("noted_on", models.DateField(verbose_name="日期")),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_notes",
                        to="people.household",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="field_notes", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="field_note_says_something",
                        violation_error_message="请写一句话",
                    )
                ],
            },
        ),
        wall("visits_note", person="member_id"),
    ]
