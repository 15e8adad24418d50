import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('party_committee', '党委'), ('party_general_branch', '党总支'), ('party_branch', '党支部'), ('party_group', '党小组'), ('town_office', '镇办'), ('village_committee', '村民委员会'), ('residents_committee', '居民委员会'), ('supervision_committee', '村（居）务监督委员会'), ('econ_union', '经联社'), ('econ_society', '经济社'), ('rec_council', '理事会'), ('rec_supervisors', '监事会'), ('owners_committee', '业主委员会'), ('property_company', '物业公司'), ('women_federation', '妇联'), ('youth_league', '团组织'), ('trade_union', '工会'), ('social_org', '社会组织'), ('enterprise', '企业'), ('station_team', '驻点团队')], max_length=24, verbose_name='类别')),
                ('sector', models.CharField(choices=[('territory', '区域'), ('small_biz', '“小个专”'), ('specialised_market', '专业市场'), ('self_employed', '个体工商户'), ('micro_enterprise', '小微企业'), ('new_two', '“两新”')], default='territory', max_length=20, verbose_name='领域')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('is_joint', models.BooleanField(default=False, verbose_name='联合支部')),
                ('is_area', models.BooleanField(default=False, verbose_name='区域性党组织')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('from_on', models.DateField(verbose_name='成立')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='撤销')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='bodies.body', verbose_name='上级')),
            ],
            options={
                'verbose_name_plural': '组织',
                'indexes': [models.Index(fields=['division_code', 'kind'], name='body_division_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='body_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='body_is_not_its_own_parent', violation_error_message='组织不能是自己的上级'), models.CheckConstraint(condition=models.Q(('is_joint', False), ('kind', 'party_branch'), _connector='OR'), name='body_joint_only_for_branches', violation_error_message='只有党支部可以是联合支部（支部条例）'), models.UniqueConstraint(condition=models.Q(('credit_code', ''), _negated=True), fields=('credit_code',), name='body_credit_code_once', violation_error_message='这个统一社会信用代码已属于另一组织'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('name', 'division_code'), name='body_name_once_in_a_division', violation_error_message='本区划已有同名组织')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('guides', '指导'), ('supervises', '监督'), ('manages', '管理服务')], max_length=12, verbose_name='关系')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('from_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_out', to='bodies.body')),
                ('to_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_in', to='bodies.body')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='relation_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.CheckConstraint(condition=models.Q(('from_body', models.F('to_body')), _negated=True), name='relation_is_between_two_bodies', violation_error_message='组织不能与自己建立关系'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('kind', 'from_body', 'to_body'), name='relation_once_at_a_time', violation_error_message='这层关系已经登记')],
            },
        ),
    ]
