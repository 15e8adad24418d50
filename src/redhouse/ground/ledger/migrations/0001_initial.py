import django.db.models.deletion
import redhouse.ground.ledger.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('last_fact_id', models.BigIntegerField(unique=True)),
                ('root', models.BinaryField()),
                ('frontier', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('key_id', models.CharField(max_length=16)),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'get_latest_by': 'size',
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('fact_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(db_collation='C', max_length=40)),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_default=redhouse.ground.ledger.models.ClockTimestamp())),
                ('actor_id', models.BigIntegerField(null=True)),
                ('recorder_id', models.BigIntegerField(null=True)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('object_id', models.BigIntegerField(null=True)),
                ('quantity', models.BigIntegerField(default=1)),
                ('label', models.CharField(db_collation='C', default='', max_length=60)),
                ('salt', models.BinaryField(db_default=redhouse.ground.ledger.models.Salt())),
                ('corrects', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='ledger.fact')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', 'visit_recorded'), _negated=True), fields=['kind', 'division_code', 'happened_on'], name='fact_kind_where_when'), models.Index(condition=models.Q(('kind', 'visit_recorded')), fields=['division_code', 'happened_on'], include=('fact_id', 'subject_id', 'quantity'), name='fact_visits_where_when'), models.Index(condition=models.Q(('kind', 'visit_recorded'), _negated=True), fields=['kind', 'subject_id'], name='fact_kind_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z][a-z0-9_]*$'), ('label__regex', '^[a-zA-Z0-9_.:-]*$')), name='fact_holds_no_free_text', violation_error_message='事实只记代码与数量，不记文字'), models.CheckConstraint(condition=models.Q(('division_code__regex', '^[0-9]{12}([0-9]{3})?$')), name='fact_division_code_has_12_or_15_digits', violation_error_message='区划代码应为12位，村以下再加3位'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), ('corrects__lt', models.F('fact_id')), _connector='OR'), name='fact_corrects_an_earlier_one', violation_error_message='更正只能指向更早的记录'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='fact_corrected_once', violation_error_message='这条记录已被更正过，请更正那条更正')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('leaf', models.BinaryField()),
                ('fact', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='ledger.fact')),
            ],
        ),
    ]
