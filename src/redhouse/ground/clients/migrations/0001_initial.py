import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_society_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('visit', '走访'), ('problem', '问题上报'), ('care', '关爱标记')], max_length=10)),
                ('written_at', models.DateTimeField()),
                ('ahead_ms', models.BigIntegerField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='系统名称')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None, verbose_name='能做什么')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('digest', models.CharField(db_collation='C', max_length=64, unique=True)),
                ('hint', models.CharField(db_collation='C', max_length=4)),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(verbose_name='止')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name', violation_error_message='请写是哪个系统'), models.CheckConstraint(condition=models.Q(('scopes__len__gte', 1), ('scopes__contained_by', ['file', 'follow'])), name='token_opens_something', violation_error_message='请选密钥能做什么'), models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on')), ('until_on__lte', models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('from_on'), '+', models.Value(366)), output_field=models.DateField()))), name='token_ends_within_a_year', violation_error_message='密钥要有止期，最长一年，到期后再看还要不要'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='token_revoked_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='TokenUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(db_collation='C', max_length=7)),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('status', models.PositiveSmallIntegerField()),
                ('used_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='clients.token')),
            ],
            options={
                'indexes': [models.Index(fields=['token', '-used_at'], name='token_use_lately')],
            },
        ),
    ]
