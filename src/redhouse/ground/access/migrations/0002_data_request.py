import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("people", "0003_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("copy", "索取副本"), ("correction", "申请更正")], max_length=12, verbose_name="申请"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待答复"),
                            ("granted", "已办理"),
                            ("refused", "未同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("division_code", models.CharField(db_collation="C", max_length=15, verbose_name="区划代码")),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "姓名"),
                            ("sex", "性别"),
                            ("phone", "电话"),
                            ("citizen_id", "公民身份号码"),
                            ("household", "住户与住址"),
                            ("membership", "党籍关系"),
                            ("post", "任职"),
                            ("record", "走访等记录"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="哪里不对",
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=300, verbose_name="应当怎样更正")),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="提出时间"),
                ),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="答复说明")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="答复人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="data_requests", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_on"], name="data_request_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("person", "kind"),
                        name="data_request_one_waits",
                        violation_error_message="同样的申请已在等待答复；要改，请先撤回",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "copy"), ("part", ""), ("wish", "")),
                            models.Q(
                                ("kind", "correction"),
                                models.Q(("part", ""), _negated=True),
                                models.Q(("wish", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="data_request_correction_says_what",
                        violation_error_message="申请更正要写明哪里不对、应当怎样更正",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("state__in", ["waiting", "withdrawn"]),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["granted", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="data_request_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="data_request_answered_by_another",
                        violation_error_message="不能答复自己的申请：请另一位书记或组织干部答复",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="data_request_refused_with_a_reason",
                        violation_error_message="不同意要说明理由",
                    ),
                ],
            },
        ),
    ]
