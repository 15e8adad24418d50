import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0011_openness_walls"),
        ("papers", "0005_register_kinds"),
        ("people", "0004_society_members"),
    ]

    operations = [
        migrations.CreateModel(
            name="Distribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("total_fen", models.BigIntegerField(verbose_name="总额（分）")),
                ("digest", models.CharField(db_collation="C", max_length=64, verbose_name="摘要")),
                ("proposed_on", models.DateField(verbose_name="提出")),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("total_fen__gt", 0)),
                        name="distribution_is_of_something",
                        violation_error_message="分配总额应大于零",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistributionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                (
                    "distribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="decisions.distribution"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distribution_lines",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gte", 0)),
                        name="distribution_line_is_not_negative",
                        violation_error_message="金额不能是负数",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, verbose_name="发放清单号")),
                ("paid_on", models.DateField(verbose_name="发放日")),
                ("recorded_on", models.DateField(verbose_name="登记")),
                (
                    "distribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_lists",
                        to="decisions.distribution",
                    ),
                ),
                (
                    "paper",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("distribution", "number"),
                        name="payment_list_numbered_once",
                        violation_error_message="这个清单号已经登记过",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="payment_list_has_a_number",
                        violation_error_message="请写发放清单号",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paid_on__lte", models.F("recorded_on"))),
                        name="payment_list_is_not_of_the_future",
                        violation_error_message="发放日不能晚于今天",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="第几次")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="decisions.distributionline",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "payment_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="decisions.paymentlist"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "attempt"),
                        name="payment_once_an_attempt",
                        violation_error_message="这一笔已经登记发放",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="册号")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("units", models.BigIntegerField(verbose_name="份额")),
                ("salt", models.BinaryField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="share_lines", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("units__gte", 0)),
                        name="share_line_is_not_negative",
                        violation_error_message="份额不能是负数",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="distributionline",
            name="share",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="amounts", to="decisions.shareline"
            ),
        ),
        migrations.CreateModel(
            name="ShareQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("text", models.CharField(max_length=400, verbose_name="哪里不对")),
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="share_questions",
                        to="decisions.matter",
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
                        condition=models.Q(("text", ""), _negated=True),
                        name="share_question_says_something",
                        violation_error_message="请写哪里不对",
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
                        name="share_question_answered_whole",
                        violation_error_message="答复要写明理由和异议是否成立",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareRegister",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[("shares", "股份"), ("area", "面积（平方米）"), ("amounts", "逐户核定的金额（元）")],
                        max_length=8,
                        verbose_name="分配依据",
                    ),
                ),
                ("scale", models.PositiveSmallIntegerField(verbose_name="每一整份的单位数")),
                ("as_of", models.DateField(verbose_name="截至")),
                ("holders", models.PositiveIntegerField(verbose_name="人数")),
                ("units", models.BigIntegerField(verbose_name="份额合计")),
                ("digest", models.CharField(db_collation="C", max_length=64, verbose_name="摘要")),
                ("frozen_on", models.DateField(verbose_name="冻结")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registers", to="decisions.matter"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("as_of__lte", models.F("frozen_on"))),
                        name="share_register_is_not_of_the_future",
                        violation_error_message="登记册不能截至以后的日子",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holders__gt", 0), ("scale__gt", 0), ("units__gt", 0)),
                        name="share_register_holds_something",
                        violation_error_message="登记册里没有份额",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="shareline",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="decisions.shareregister"
            ),
        ),
        migrations.AddField(
            model_name="distribution",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="distributions", to="decisions.shareregister"
            ),
        ),
        migrations.CreateModel(
            name="Unpaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("no_account", "没有收款账户"),
                            ("bounced", "银行退回"),
                            ("heirs", "持有人已故，待确认继承人"),
                            ("dispute", "权属有争议"),
                            ("unreachable", "联系不上本人"),
                            ("asked", "本人要求暂缓"),
                        ],
                        max_length=12,
                        verbose_name="未发放的原因",
                    ),
                ),
                ("division_code", models.CharField(db_collation="C", max_length=15)),
                ("noted_on", models.DateField(verbose_name="登记")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unpaid",
                        to="decisions.distributionline",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bounce",
                        to="decisions.payment",
                        verbose_name="退回的发放",
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
                        condition=models.Q(
                            models.Q(("payment__isnull", False), ("reason", "bounced")),
                            models.Q(models.Q(("reason", "bounced"), _negated=True), ("payment__isnull", True)),
                            _connector="OR",
                        ),
                        name="unpaid_bounced_is_a_payment",
                        violation_error_message="银行退回的，要说明退回的是哪一次发放",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="distributionline",
            constraint=models.UniqueConstraint(fields=("distribution", "share"), name="distribution_line_once"),
        ),
        migrations.AddConstraint(
            model_name="shareline",
            constraint=models.UniqueConstraint(
                fields=("register", "person"), name="share_line_once", violation_error_message="此人已在登记册上"
            ),
        ),
        migrations.AddConstraint(
            model_name="shareline",
            constraint=models.UniqueConstraint(fields=("register", "number"), name="share_line_numbered_once"),
        ),
    ]
