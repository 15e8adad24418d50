import uuid

import django.db.models.deletion
from django.db import migrations, models

import redhouse.ground.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_walls"),
        ("occasions", "0002_walls"),
        ("papers", "0003_archives"),
        ("people", "0003_search"),
        ("process", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Elector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="册号")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("area", models.BigIntegerField(default=0, verbose_name="专有面积")),
                ("is_candidate", models.BooleanField(default=False, verbose_name="候选人")),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("area__gte", 0)),
                        name="elector_area_is_not_negative",
                        violation_error_message="面积不能是负数",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_online", models.BooleanField(default=False, verbose_name="可线上参加")),
                ("convened_on", models.DateField(verbose_name="召集")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="开会")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("held", "已结束"), ("adjourned", "延期再开"), ("inquorate", "未达法定人数")],
                        max_length=10,
                        verbose_name="结束方式",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="散会")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="主持人",
                    ),
                ),
                (
                    "convened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "occasion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meeting", to="occasions.occasion"
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "scrutineer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="监票人",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scrutineer", models.F("chair")), _negated=True),
                        name="meeting_scrutineer_is_not_the_chair",
                        violation_error_message="监票人不能是主持人",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_at__isnull", True), ("started_by__isnull", True)),
                            models.Q(("started_at__isnull", False), ("started_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_started_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ending", "")),
                            models.Q(
                                models.Q(("ending", ""), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "method",
                    models.CharField(
                        choices=[("secret", "无记名投票"), ("named", "记名投票"), ("hands", "举手表决")],
                        max_length=8,
                        verbose_name="表决方式",
                    ),
                ),
                ("key", models.BinaryField(blank=True, default=b"")),
                ("printed", models.PositiveIntegerField(default=0, verbose_name="已印票数")),
                ("opened_at", models.DateTimeField(verbose_name="开始投票")),
                ("recorded_at", models.DateTimeField(db_default=redhouse.ground.ledger.models.ClockTimestamp())),
                ("closes_at", models.DateTimeField(verbose_name="截止")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="封存")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paper",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="box", to="process.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "票箱",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True), ("paper__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("key", b"")),
                            _connector="OR",
                        ),
                        name="box_is_closed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gte", models.F("opened_at"))),
                        name="box_closes_after_it_opens",
                        violation_error_message="截止时间应晚于开始时间",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=80, verbose_name="议程")),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="process.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="agenda_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="agenda_item_says_something",
                        violation_error_message="请写议程内容",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("recorded_on", models.DateField(verbose_name="登记")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核对")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proxies_held", to="process.elector"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.paper",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "principal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proxy", to="process.elector"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "委托",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("principal", models.F("holder")), _negated=True),
                        name="proxy_is_held_by_another",
                        violation_error_message="不能委托自己",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_by__isnull", True), ("checked_on__isnull", True)),
                            models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="proxy_is_checked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "kind",
                    models.CharField(
                        choices=[("recused", "本人回避"), ("kin", "近亲属回避")], max_length=12, verbose_name="事由"
                    ),
                ),
                ("recorded_on", models.DateField(verbose_name="登记")),
                (
                    "elector",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusal", to="process.elector"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Roll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step_key", models.CharField(db_collation="C", max_length=40, verbose_name="步骤")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="次")),
                ("rule_id", models.CharField(db_collation="C", max_length=8, verbose_name="表决规则")),
                ("vote_on", models.DateField(verbose_name="表决日")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("drawn_on", models.DateField(verbose_name="造册")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="定册")),
                ("digest", models.CharField(blank=True, db_collation="C", max_length=64)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rolls", to="process.run"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["division_code", "vote_on"], name="roll_where_when")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "step_key", "round"),
                        name="roll_once_a_round",
                        violation_error_message="这一次表决的名册已经造好",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_by__isnull", True), ("closed_on__isnull", True), ("digest", "")),
                            models.Q(
                                ("closed_by__isnull", False),
                                ("closed_on__isnull", False),
                                ("digest__regex", "^[0-9a-f]{64}$"),
                            ),
                            _connector="OR",
                        ),
                        name="roll_is_closed_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="roll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="process.roll"
            ),
        ),
        migrations.AddField(
            model_name="elector",
            name="roll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="electors", to="process.roll"
            ),
        ),
        migrations.CreateModel(
            name="RollObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("text", models.CharField(max_length=400, verbose_name="异议")),
                ("raised_on", models.DateField(verbose_name="提出")),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="答复")),
                ("is_upheld", models.BooleanField(blank=True, null=True, verbose_name="成立")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="process.roll"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="roll_objection_says_something",
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
                        name="roll_objection_is_answered_whole",
                        violation_error_message="答复要写明内容，以及异议是否成立",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "way",
                    models.CharField(
                        choices=[("onsite", "现场签到"), ("online", "线上参加"), ("proxy", "书面委托")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("present_at", models.DateTimeField(verbose_name="签到")),
                (
                    "elector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to="process.elector"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to="process.meeting"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "present_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "elector"), name="sign_in_once", violation_error_message="此人已经签到"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("rule_id", models.CharField(db_collation="C", max_length=8, verbose_name="表决规则")),
                ("rule_from_on", models.DateField(verbose_name="规则版本")),
                ("vote_on", models.DateField(verbose_name="表决日")),
                ("counts", models.JSONField()),
                ("quorum_met", models.BooleanField(verbose_name="达到法定人数")),
                ("passed", models.BooleanField(verbose_name="通过")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("submitted", "已提交"),
                            ("informed", "已先知"),
                            ("agreed", "同意"),
                            ("led", "已先做"),
                            ("passed", "通过"),
                            ("returned", "退回"),
                            ("checked", "已审查"),
                            ("posted", "已公示"),
                            ("notified", "已通知"),
                            ("failed", "未通过"),
                            ("inquorate", "未达法定人数"),
                            ("settled", "异议已答复"),
                            ("upheld", "异议成立"),
                            ("executed", "已执行"),
                            ("archived", "已归档"),
                            ("changed", "有实质修改"),
                            ("withdrawn", "撤回"),
                            ("moved", "转入另一版程序"),
                        ],
                        max_length=20,
                        verbose_name="结果",
                    ),
                ),
                ("reasons", models.JSONField()),
                ("recorded_on", models.DateField()),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tally", to="process.meeting"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "roll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tally", to="process.roll"
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tally", to="process.runstep"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["division_code", "vote_on"], name="tally_where_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["passed", "agreed"]), ("passed", True), ("quorum_met", True)),
                            models.Q(("outcome__in", ["failed", "returned"]), ("passed", False), ("quorum_met", True)),
                            models.Q(("outcome", "inquorate"), ("passed", False), ("quorum_met", False)),
                            _connector="OR",
                        ),
                        name="tally_outcome_follows_from_the_vote",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Teller",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="第几录入")),
                ("for_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="赞成")),
                ("against_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="反对")),
                ("abstain_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="弃权")),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tellers", to="process.box"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("box", "turn"), name="teller_one_a_turn", violation_error_message="这一次录入已有人承担"
                    ),
                    models.UniqueConstraint(
                        fields=("box", "person"),
                        name="teller_is_not_both",
                        violation_error_message="两次录入必须由两个人分别完成",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__in", (1, 2))),
                        name="teller_is_first_or_second",
                        violation_error_message="只有第一、第二两次录入",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("abstain_count__isnull", True),
                                ("against_count__isnull", True),
                                ("for_count__isnull", True),
                            ),
                            models.Q(
                                ("abstain_count__isnull", False),
                                ("against_count__isnull", False),
                                ("for_count__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="teller_counts_all_three",
                        violation_error_message="赞成、反对、弃权三个数都要填，没有就填0",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Keying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="票号")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "赞成"), ("against", "反对"), ("abstain", "弃权"), ("invalid", "废票")],
                        max_length=8,
                        verbose_name="选择",
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keyings", to="process.teller"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("teller", "number"), name="keying_once", violation_error_message="这张票您已经录过"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThirdLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="票号")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("for", "赞成"), ("against", "反对"), ("abstain", "弃权"), ("invalid", "废票")],
                        max_length=8,
                        verbose_name="认定",
                    ),
                ),
                ("looked_on", models.DateField(verbose_name="复核")),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="third_looks", to="process.box"
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("box", "number"), name="third_look_once", violation_error_message="这张票已经复核"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "赞成"), ("against", "反对"), ("abstain", "弃权"), ("invalid", "废票")],
                        max_length=8,
                        verbose_name="选择",
                    ),
                ),
                ("receipt", models.CharField(db_collation="C", max_length=14, verbose_name="回执")),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="process.box"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("box", "receipt"), name="ballot_receipt_once"),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ("for", "against", "abstain"))),
                        name="ballot_says_one_of_three",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "channel",
                    models.CharField(
                        choices=[("paper", "纸质"), ("online", "线上")], max_length=8, verbose_name="途径"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("for", "赞成"), ("against", "反对"), ("abstain", "弃权"), ("invalid", "废票")],
                        max_length=8,
                        verbose_name="选择",
                    ),
                ),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="process.box"
                    ),
                ),
                (
                    "elector",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mark", to="process.elector"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice", ""), ("channel", "online"), _connector="OR"),
                        name="mark_on_paper_knows_no_choice",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ending", "")),
                fields=("roll",),
                name="meeting_one_at_a_time",
                violation_error_message="这份名册已经召集了一次会议，还没有结束",
            ),
        ),
        migrations.AddConstraint(
            model_name="elector",
            constraint=models.UniqueConstraint(
                fields=("roll", "person"), name="elector_once", violation_error_message="此人已在名册上"
            ),
        ),
        migrations.AddConstraint(
            model_name="elector",
            constraint=models.UniqueConstraint(fields=("roll", "number"), name="elector_numbered_once"),
        ),
    ]
