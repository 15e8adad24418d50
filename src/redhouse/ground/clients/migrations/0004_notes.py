from django.db import migrations, models

KINDS = [
    ("visit", "走访"), ("problem", "问题上报"), ("care", "关爱标记"), ("note", "便条"), ("api", "接口办理"),
    ("command", "命令行办理"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("clients", "0003_ways")]

    operations = [
        migrations.AlterField(model_name="entry", name="kind", field=models.CharField(choices=KINDS, max_length=10)),
    ]
