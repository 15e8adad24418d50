import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from redhouse.ground.ledger.walls import wall

STATES = [
    ("checking", "正在试算"),
    ("ready", "等您确认"),
    ("writing", "正在写入"),
    ("done", "已写入"),
    ("failed", "没有写入"),
]
OVER = models.Q(state__in=("done", "failed"))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_grid_posts"), ("visits", "0005_station_walls")]
    operations = [
        migrations.CreateModel(
            name="LongBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(choices=STATES, default="checking", max_length=10, verbose_name="状态"),
                ),
                ("sealed_sha256", models.CharField(db_collation="C", max_length=64)),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("outcome", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=Now())),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(OVER, finished_at__isnull=False) | models.Q(~OVER, finished_at__isnull=True),
                        name="long_book_is_over_at_a_moment",
                    )
                ],
            },
        ),
        wall("visits_longbook", person="created_by_id"),
    ]
