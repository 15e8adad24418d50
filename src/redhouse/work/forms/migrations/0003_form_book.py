import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_grid_posts"), ("forms", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="FormBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form_code", models.CharField(db_collation="C", max_length=10)),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("month_on", models.DateField()),
                ("rows", models.BigIntegerField()),
                ("written", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待写出"),
                            ("writing", "正在写出"),
                            ("ready", "已写好"),
                            ("failed", "没有写成"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["created_by", "-id"], name="form_book_newest_of_a_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), models.Q(("file_name", ""), _negated=True)),
                            models.Q(models.Q(("state", "ready"), _negated=True), ("file_name", "")),
                            _connector="OR",
                        ),
                        name="form_book_ready_with_its_file",
                    )
                ],
            },
        ),
    ]
