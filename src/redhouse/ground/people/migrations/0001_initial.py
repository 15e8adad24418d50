import django.db.models.deletion
import redhouse.ground.ledger.periods
import redhouse.ground.people.fields
import redhouse.ground.places.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('sex', models.CharField(choices=[('0', '未知'), ('1', '男'), ('2', '女')], default='0', max_length=1, verbose_name='性别')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('citizen_id', redhouse.ground.people.fields.SealedField(blank=True, default='', verbose_name='公民身份号码')),
                ('citizen_id_index', models.BinaryField(default=b'')),
                ('phone', redhouse.ground.people.fields.SealedField(blank=True, default='', verbose_name='电话')),
                ('phone_index', models.BinaryField(default=b'')),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['division_code'], name='person_division')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('citizen_id_index', b''), _negated=True), fields=('citizen_id_index',), name='person_citizen_id_once', violation_error_message='这个身份号码已登记')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('residents', models.PositiveSmallIntegerField(default=1, verbose_name='人口')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='places.dwelling')),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='headed_households', to='people.person', verbose_name='户主')),
            ],
            options={
                'indexes': [models.Index(fields=['division_code', 'from_on'], include=('id', 'until_on'), name='household_where_when')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='household_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('secretary', '书记'), ('deputy_secretary', '副书记'), ('committee_member', '委员'), ('chair', '主任（理事长）'), ('deputy_chair', '副主任'), ('supervisor', '监督委员'), ('org_officer', '组织办干部'), ('town_leader', '镇领导'), ('station_leader', '驻点领导'), ('station_member', '驻点团队成员'), ('grid_worker', '网格员'), ('social_worker', '社工'), ('sys_admin', '系统管理员'), ('sec_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=20, verbose_name='职务')),
                ('term_ends_on', models.DateField(blank=True, null=True, verbose_name='届满')),
                ('from_on', models.DateField(verbose_name='任职')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='离任')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='bodies.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='post_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('person', 'body', 'kind'), name='post_once_at_a_time', violation_error_message='此人已任这一职务')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('tie', models.CharField(choices=[('registered', '在册'), ('floating', '流动')], max_length=10, verbose_name='党籍关系')),
                ('status', models.CharField(choices=[('probationary', '预备党员'), ('full', '正式党员')], default='full', max_length=12, verbose_name='党员类别')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='bodies.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['division_code', 'tie'], name='membership_where_tie')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='membership_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), redhouse.ground.ledger.periods.NoOverlap(condition=models.Q(('tie', 'registered')), expressions=[(redhouse.ground.places.models.Point('person', 'person', models.Value('[]')), '&&'), (redhouse.ground.places.models.Days('from_on', 'until_on'), '&&')], name='membership_registered_in_one_place', violation_error_message='同一时期只能在一个党组织在册'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('person', 'body'), name='membership_once_in_a_body', violation_error_message='此人已在这个党组织')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('relation', models.CharField(choices=[('0', '户主'), ('1', '配偶'), ('2', '子'), ('3', '女儿'), ('4', '孙辈'), ('5', '父母'), ('6', '祖父母'), ('7', '兄弟姐妹'), ('8', '其他')], max_length=1, verbose_name='与户主关系')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='household_ties', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='household_member_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('household', 'person'), name='household_member_once', violation_error_message='此人已在这一户')],
            },
        ),
    ]
