import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("people", "0004_society_members"), ("process", "0012_ballots_stay")]
    operations = [
        migrations.CreateModel(
            name="VersionDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=8, verbose_name="事权")),
                ("division_code", models.CharField(db_collation="C", max_length=15, verbose_name="区划代码")),
                ("text", models.TextField(verbose_name="程序文本")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("drafted_on", models.DateField(verbose_name="拟订")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定")),
                ("refusal", models.CharField(blank=True, max_length=200, verbose_name="不批准的理由")),
                ("author", models.ForeignKey(on_delete=PROTECT, related_name="+", to="people.person")),
                (
                    "base",
                    models.ForeignKey(on_delete=PROTECT, related_name="drafts", to="process.procedureversion"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="draft",
                        to="process.procedureversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["code", "decided_on"], name="version_draft_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(reason=""),
                        name="version_draft_says_why",
                        violation_error_message="请写明增订的理由",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                        name="version_draft_is_decided_by_another",
                        violation_error_message="拟稿人不能批准自己的版本：请另一位领导批准",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_on__isnull=True, decided_by__isnull=True, refusal="", version__isnull=True)
                        | Q(
                            Q(refusal="", version__isnull=False) | Q(~Q(refusal=""), version__isnull=True),
                            decided_on__isnull=False,
                            decided_by__isnull=False,
                        ),
                        name="version_draft_is_decided_whole",
                        violation_error_message="不批准要写明理由",
                    ),
                ],
            },
        ),
    ]
