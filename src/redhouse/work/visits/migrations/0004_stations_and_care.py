import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_initials"),
        ("ledger", "0004_division_code_check"),
        ("people", "0004_society_members"),
        ("visits", "0003_visits"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("logged_on", models.DateField(verbose_name="驻点日")),
                ("summary", models.CharField(max_length=1000, verbose_name="做了什么")),
                ("received", models.PositiveSmallIntegerField(default=0, verbose_name="接待群众人数")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("summary", ""), _negated=True),
                        name="day_log_says_something",
                        violation_error_message="请写做了什么",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("goals", models.CharField(max_length=500, verbose_name="帮带目标")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
                        ),
                        name="mentorship_ends_after_it_begins",
                        violation_error_message="止期应晚于起期（止期当日不计入）",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goals", ""), _negated=True),
                        name="mentorship_has_goals",
                        violation_error_message="请写帮带目标",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentorshipNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="做了什么")),
                ("noted_on", models.DateField(verbose_name="日期")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="mentorship_note_says_something",
                        violation_error_message="请写做了什么",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StationDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "星期一"),
                            (1, "星期二"),
                            (2, "星期三"),
                            (3, "星期四"),
                            (4, "星期五"),
                            (5, "星期六"),
                            (6, "星期日"),
                        ],
                        verbose_name="驻点日",
                    ),
                ),
                ("every_weeks", models.PositiveSmallIntegerField(default=1, verbose_name="每几周")),
                ("begins", models.TimeField(verbose_name="开始")),
                ("place", models.CharField(max_length=60, verbose_name="地点")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
                        ),
                        name="station_day_ends_after_it_begins",
                        violation_error_message="止期应晚于起期（止期当日不计入）",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_weeks__gte", 1), ("every_weeks__lte", 2)),
                        name="station_day_each_week_or_second",
                        violation_error_message="每周一次，偏远的点两周一次",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="unmet",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), blank=True, default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="CallbackSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("from_on", models.DateField(verbose_name="走访自")),
                ("last_on", models.DateField(verbose_name="走访至")),
                ("size", models.PositiveSmallIntegerField(verbose_name="抽取户次")),
                ("visits", models.PositiveIntegerField()),
                ("last_fact_id", models.BigIntegerField()),
                ("seed", models.CharField(db_collation="C", max_length=32)),
                ("drawn_on", models.DateField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_on__gte", models.F("from_on")), ("drawn_on__gte", models.F("last_on"))
                        ),
                        name="callback_sample_looks_back",
                        violation_error_message="抽查的时段要先起后止，止于今天或以前",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", models.F("visits"))),
                        name="callback_sample_is_a_part",
                        violation_error_message="抽取的户次至少1，不能多于这段时间的走访",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Callback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("visited_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "来过"), ("no", "没有来过"), ("unsure", "记不清"), ("unreached", "联系不上")],
                        max_length=10,
                        verbose_name="答",
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="callbacks",
                        to="ledger.fact",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="callbacks",
                        to="visits.callbacksample",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "fact"), name="callback_once_a_visit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by__isnull", True),
                            models.Q(("asked_by", models.F("member")), _negated=True),
                            _connector="OR",
                        ),
                        name="callback_asked_by_another",
                        violation_error_message="回访要由走访人以外的人问",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("asked_by__isnull", True), ("asked_on__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("asked_by__isnull", False),
                                ("asked_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="callback_answered_whole",
                        violation_error_message="请选回答",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("aged_alone", "独居老人"),
                            ("sick", "重病"),
                            ("disabled", "残疾"),
                            ("hardship", "生活困难"),
                            ("child", "困境儿童"),
                        ],
                        max_length=12,
                        verbose_name="关爱对象",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(verbose_name="止")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="care_marks", to="people.household"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
                        ),
                        name="care_mark_ends_after_it_begins",
                        violation_error_message="止期应晚于起期（止期当日不计入）",
                    ),
                    models.UniqueConstraint(
                        fields=("household", "kind", "from_on"),
                        name="care_mark_once_a_day",
                        violation_error_message="这一户今天已经有这个标记",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "until_on__lte",
                                models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("from_on"), "+", models.Value(366)
                                    ),
                                    output_field=models.DateField(),
                                ),
                            )
                        ),
                        name="care_mark_is_looked_at_again",
                        violation_error_message="标记最长一年，到期后再看还要不要",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("fire", "消防"),
                            ("work_safety", "安全生产"),
                            ("park", "村级工业园改造"),
                            ("environment", "环境整治"),
                            ("health", "看病与体检"),
                            ("dividend", "分红"),
                            ("allowance", "低保与补贴"),
                            ("work", "就业"),
                            ("school", "入学"),
                            ("dispute", "邻里纠纷"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="主题",
                    ),
                ),
                ("version_no", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), size=None, verbose_name="检查项"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
                        ),
                        name="checklist_ends_after_it_begins",
                        violation_error_message="止期应晚于起期（止期当日不计入）",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("division_code", "topic"),
                        name="checklist_one_in_force",
                        violation_error_message="这个主题已有一份清单在用",
                    ),
                    models.UniqueConstraint(
                        fields=("division_code", "topic", "version_no"),
                        name="checklist_numbered_once",
                        violation_error_message="这一版清单已经有了",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("items__len__gte", 1), ("items__len__lte", 30)),
                        name="checklist_has_items",
                        violation_error_message="清单至少一项，最多三十项",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="checklist",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="visits.checklist",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("checklist__isnull", False), ("unmet", []), _connector="OR"),
                name="visit_unmet_items_are_of_a_checklist",
                violation_error_message="不符合的项要来自一份清单",
            ),
        ),
        migrations.AddField(
            model_name="daylog",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="day_logs", to="bodies.body"
            ),
        ),
        migrations.AddField(
            model_name="daylog",
            name="written_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="mentorship",
            name="mentee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="帮带对象",
            ),
        ),
        migrations.AddField(
            model_name="mentorship",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentorships", to="bodies.body"
            ),
        ),
        migrations.AddField(
            model_name="mentorshipnote",
            name="mentorship",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="visits.mentorship"
            ),
        ),
        migrations.AddField(
            model_name="mentorshipnote",
            name="noted_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="stationday",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="station_days", to="bodies.body"
            ),
        ),
        migrations.AddConstraint(
            model_name="daylog",
            constraint=models.UniqueConstraint(
                fields=("team", "logged_on"), name="day_log_once_a_day", violation_error_message="这一天的日志已经写过"
            ),
        ),
        migrations.AddConstraint(
            model_name="mentorship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("team", "mentee"),
                name="mentorship_once_at_a_time",
                nulls_distinct=False,
                violation_error_message="这项帮带已经在做",
            ),
        ),
        migrations.AddConstraint(
            model_name="stationday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("team",),
                name="station_day_one_in_force",
                violation_error_message="这个团队已有固定驻点日",
            ),
        ),
    ]
