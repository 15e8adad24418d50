import django.db.models.deletion
from django.db import migrations, models

import redhouse.ground.people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
        ("papers", "0004_archive_kind"),
        ("people", "0004_society_members"),
        ("process", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatterArchive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("archived_on", models.DateField(verbose_name="归档")),
                (
                    "archived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "bundle",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paper",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="archive", to="decisions.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publicity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pre_vote", "表决前公示"),
                            ("decision", "决议公示"),
                            ("result", "结果公示"),
                            ("affairs", "村（居）务公开"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("is_material", models.BooleanField(default=False, verbose_name="实质更正")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正说明")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(max_length=4000, verbose_name="内容")),
                ("places", models.CharField(max_length=60, verbose_name="张贴地点")),
                ("from_on", models.DateField(verbose_name="张贴日")),
                ("last_on", models.DateField(verbose_name="公示至")),
                ("code", models.CharField(db_collation="C", max_length=14, unique=True, verbose_name="验证码")),
                ("head_size", models.BigIntegerField(blank=True, null=True)),
                ("head_root", models.CharField(blank=True, db_collation="C", max_length=64)),
                ("made_on", models.DateField(verbose_name="制作")),
                (
                    "amends",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amended_by",
                        to="decisions.publicity",
                        verbose_name="更正",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publicities", to="decisions.matter"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publicity", to="papers.paper"
                    ),
                ),
                (
                    "run_step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publicities", to="process.runstep"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "kind"], name="publicity_matter_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            models.Q(("places", ""), _negated=True),
                        ),
                        name="publicity_says_what_and_where",
                        violation_error_message="请写标题、内容和张贴地点",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("from_on"))),
                        name="publicity_ends_after_it_begins",
                        violation_error_message="公示期止日不能早于张贴日",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amends__isnull", True), ("is_material", False), ("reason", "")),
                            models.Q(("amends__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publicity_amendment_says_why",
                        violation_error_message="更正要写明改了什么、为什么",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "phase",
                    models.CharField(choices=[("start", "张贴"), ("end", "期满")], max_length=8, verbose_name="时点"),
                ),
                ("seen_on", models.DateField(verbose_name="拍摄日")),
                ("recorded_on", models.DateField()),
                (
                    "photo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "publicity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="decisions.publicity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publicity", "phase"),
                        name="posting_once_a_phase",
                        violation_error_message="这一时点的照片已经存过",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen_on__lte", models.F("recorded_on"))),
                        name="posting_is_not_in_the_future",
                        violation_error_message="拍摄日不能晚于今天",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几件")),
                ("name", redhouse.ground.people.fields.SealedField(blank=True, default="", verbose_name="姓名")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "channel",
                    models.CharField(
                        choices=[("online", "网上本人提出"), ("paper", "书面，由他人代填")],
                        max_length=8,
                        verbose_name="途径",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="异议")),
                ("raised_on", models.DateField(verbose_name="提出")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                ("is_upheld", models.BooleanField(blank=True, null=True, verbose_name="异议成立")),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="decisions.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "number"), name="objection_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="objection_says_something",
                        violation_error_message="请写异议内容",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_by__isnull", True),
                                ("answered_on__isnull", True),
                                ("is_upheld__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_by__isnull", False),
                                ("answered_on__isnull", False),
                                ("is_upheld__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_whole",
                        violation_error_message="答复要写明理由和异议是否成立",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True), ("answered_on__gte", models.F("raised_on")), _connector="OR"
                        ),
                        name="objection_answered_after_it_was_raised",
                        violation_error_message="答复不能早于异议",
                    ),
                ],
            },
        ),
    ]
