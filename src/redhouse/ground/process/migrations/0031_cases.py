import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import redhouse.ground.people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_division_code_check"),
        ("people", "0005_grid_posts"),
        ("process", "0030_town_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=8, verbose_name="程序")),
                ("type_code", models.CharField(db_collation="C", max_length=4, verbose_name="编码")),
                ("group", models.CharField(max_length=20, verbose_name="大类")),
                ("name", models.CharField(max_length=30, verbose_name="小类")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("urgent", "紧急"), ("ordinary", "一般"), ("complex", "复杂")],
                        max_length=10,
                        verbose_name="缓急",
                    ),
                ),
                ("limit_value", models.PositiveSmallIntegerField(verbose_name="处置时限")),
                (
                    "limit_unit",
                    models.CharField(
                        choices=[
                            ("day", "日"),
                            ("working_day", "个工作日"),
                            ("hour", "小时"),
                            ("work_hour", "个工作小时"),
                        ],
                        max_length=12,
                        verbose_name="单位",
                    ),
                ),
                (
                    "handled_by",
                    models.CharField(
                        choices=[
                            ("town_org_office", "镇组织办"),
                            ("town_leader", "镇领导"),
                            ("station_leader", "驻点领导"),
                            ("village_secretary", "村（社区）党组织书记"),
                            ("branch_secretary", "党支部书记"),
                            ("village_director", "村（居）委会主任"),
                            ("supervisor", "村（居）务监督委员会"),
                            ("rec_director", "集体经济组织理事长"),
                            ("rec_supervisor", "集体经济组织监事会"),
                            ("grid_worker", "网格员"),
                            ("grid_dispatcher", "镇网格调度员"),
                            ("town_handler", "镇职能办经办人"),
                        ],
                        max_length=20,
                        verbose_name="由谁处置",
                    ),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="群众可以上报")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gt", models.F("from_on")), _connector="OR"
                        ),
                        name="case_type_ends_after_it_begins",
                        violation_error_message="止期应晚于起期（止期当日不计入）",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("code", "type_code"),
                        name="case_type_once",
                        violation_error_message="这个编码已有一种事件，请换一个，或先停用它",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type_code__regex", "^[0-9]{4}$")),
                        name="case_type_has_four_digits",
                        violation_error_message="编码为4位数字：大类2位，小类2位",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit_value__gte", 1)),
                        name="case_type_has_a_limit",
                        violation_error_message="处置时限至少为1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="case_type_has_a_name",
                        violation_error_message="请写大类和小类的名称",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("page", "进度页"), ("phone", "电话"), ("message", "短信"), ("door", "上门")],
                        max_length=10,
                        verbose_name="途径",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("content", "已答复，上报人认可"),
                            ("not_content", "已答复，上报人不认可"),
                            ("not_reached", "联系过，没有联系上"),
                            ("nobody", "没有留下联系方式"),
                        ],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="答复内容")),
                ("replied_on", models.DateField(verbose_name="答复")),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type_code", models.CharField(blank=True, db_collation="C", max_length=4, verbose_name="编码")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("urgent", "紧急"), ("ordinary", "一般"), ("complex", "复杂")],
                        max_length=10,
                        verbose_name="缓急",
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="情况")),
                ("spot", models.CharField(max_length=120, verbose_name="地点")),
                ("division_code", models.CharField(db_collation="C", max_length=15, verbose_name="区划代码")),
                (
                    "lat",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="纬度"),
                ),
                (
                    "lon",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="经度"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("visit", "走访发现"),
                            ("inspection", "巡查发现"),
                            ("resident", "群众上报"),
                            ("system", "系统转入"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("name", redhouse.ground.people.fields.SealedField(blank=True, default="", verbose_name="称呼")),
                ("phone", redhouse.ground.people.fields.SealedField(blank=True, default="", verbose_name="电话")),
                ("status_code", models.CharField(db_collation="C", max_length=16, unique=True, verbose_name="查询码")),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("reported_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("erased_on", models.DateField(blank=True, null=True, verbose_name="删去联系方式")),
            ],
            options={
                "indexes": [models.Index(fields=["division_code", "type_code"], name="report_where_what")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("spot", ""), _negated=True)
                        ),
                        name="report_says_what_and_where",
                        violation_error_message="请写清什么情况、在什么地方",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat__isnull", True), ("lon__isnull", True)),
                            models.Q(("lat__gte", 3), ("lat__lte", 54), ("lon__gte", 73), ("lon__lte", 136)),
                            _connector="OR",
                        ),
                        name="report_lies_in_the_country",
                        violation_error_message="定位不对：经纬度不在国内，请改用文字写地点",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="runstep",
            name="run_step_says_why_it_leads_back",
        ),
        migrations.AddField(
            model_name="runstep",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="run",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("archived", "已归档"),
                    ("rejected_by_vote", "表决未通过"),
                    ("withdrawn", "已撤回"),
                    ("closed", "已结案"),
                    ("rejected", "不予受理"),
                    ("handed_up", "已转上级"),
                ],
                max_length=20,
                verbose_name="结果",
            ),
        ),
        migrations.AlterField(
            model_name="run",
            name="opened_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="runstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("draft", "起草"),
                    ("party_inform", "先知"),
                    ("party_deliberate", "先议"),
                    ("party_lead", "先做"),
                    ("leader_review", "领导把关"),
                    ("supervision_check", "监督审查"),
                    ("pre_publicity", "表决前公示"),
                    ("notice", "会议通知"),
                    ("vote", "表决"),
                    ("decision_publicity", "决议公示"),
                    ("objection", "异议"),
                    ("approval", "报批"),
                    ("execute", "执行"),
                    ("result_publicity", "结果公示"),
                    ("archive", "归档"),
                    ("accept", "受理"),
                    ("file", "立案"),
                    ("dispatch", "派遣"),
                    ("handle", "处置"),
                    ("verify", "核查"),
                    ("close", "答复与结案"),
                    ("branch", "分支"),
                    ("end", "终点"),
                ],
                max_length=20,
                verbose_name="类别",
            ),
        ),
        migrations.AlterField(
            model_name="runstep",
            name="outcome",
            field=models.CharField(
                blank=True,
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
                    ("accepted", "已受理"),
                    ("rejected", "不予受理"),
                    ("filed", "已立案"),
                    ("dispatched", "已派遣"),
                    ("escalated", "吹哨上报"),
                    ("handled", "已处置"),
                    ("verified", "核查通过"),
                    ("closed", "已结案"),
                    ("closed_regardless", "说明理由结案"),
                    ("reopened", "重新办理"),
                    ("moved", "转入另一版程序"),
                ],
                max_length=20,
                verbose_name="结果",
            ),
        ),
        migrations.AlterField(
            model_name="steppaper",
            name="filed_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="outcome",
            field=models.CharField(
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
                    ("accepted", "已受理"),
                    ("rejected", "不予受理"),
                    ("filed", "已立案"),
                    ("dispatched", "已派遣"),
                    ("escalated", "吹哨上报"),
                    ("handled", "已处置"),
                    ("verified", "核查通过"),
                    ("closed", "已结案"),
                    ("closed_regardless", "说明理由结案"),
                    ("reopened", "重新办理"),
                    ("moved", "转入另一版程序"),
                ],
                max_length=20,
                verbose_name="结果",
            ),
        ),
        migrations.AddConstraint(
            model_name="runstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "outcome__in",
                            (
                                "returned",
                                "changed",
                                "upheld",
                                "withdrawn",
                                "moved",
                                "rejected",
                                "escalated",
                                "reopened",
                                "closed_regardless",
                            ),
                        ),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="run_step_says_why_it_leads_back",
                violation_error_message="退回、修改、撤回要写明理由",
            ),
        ),
        migrations.AddField(
            model_name="casetype",
            name="kept_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="replied_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="process.runstep"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="process.report",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="origin_fact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="ledger.fact",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="reporter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="run",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="report", to="process.run"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="process.casetype",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_by__isnull", True), ("way", "page")),
                    models.Q(models.Q(("way", "page"), _negated=True), ("replied_by__isnull", False)),
                    _connector="OR",
                ),
                name="reply_is_by_somebody",
                violation_error_message="答复要写明由谁办理",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("origin_fact__isnull", False)), fields=["origin_fact"], name="report_origin_fact"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_on__isnull", True),
                    models.Q(("name", b""), ("phone", b""), ("reporter__isnull", True)),
                    _connector="OR",
                ),
                name="report_erased_whole",
                violation_error_message="联系方式要删就全删",
            ),
        ),
    ]
