import django.db.models.deletion
import redhouse.ground.ledger.periods
import redhouse.ground.occasions.models
import redhouse.ground.places.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('org_life', '组织生活'), ('assembly', '会议'), ('lesson', '培训'), ('shift', '志愿服务'), ('booking', '场室预约')], max_length=12, verbose_name='类别')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('from_at', models.DateTimeField(verbose_name='开始')),
                ('until_at', models.DateTimeField(verbose_name='结束')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='bodies.body', verbose_name='主办')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='places.space', verbose_name='场室')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_at__gt', models.F('from_at'))), name='occasion_ends_after_it_begins', violation_error_message='结束时间应晚于开始时间'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', True), ('cancelled_by__isnull', True)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='occasion_cancelled_at_with_by'), redhouse.ground.ledger.periods.NoOverlap(condition=models.Q(('cancelled_at__isnull', True), ('space__isnull', False)), expressions=[(redhouse.ground.places.models.Point('space', 'space', models.Value('[]')), '&&'), (redhouse.ground.occasions.models.Span('from_at', 'until_at', models.Value('[)')), '&&')], name='occasion_no_double_booking', violation_error_message='这个场室在这段时间已有安排，请换时间或场室')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('is_expected', models.BooleanField(default=True, verbose_name='应到')),
                ('present_at', models.DateTimeField(blank=True, null=True, verbose_name='到场')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='people.person')),
                ('present_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='occasions.occasion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('occasion', 'person'), name='attendance_once', violation_error_message='此人已在名单上'), models.CheckConstraint(condition=models.Q(models.Q(('present_at__isnull', True), ('present_by__isnull', True)), models.Q(('present_at__isnull', False), ('present_by__isnull', False)), _connector='OR'), name='attendance_present_at_with_by')],
            },
        ),
    ]
