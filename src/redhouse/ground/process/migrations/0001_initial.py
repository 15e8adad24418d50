import django.db.models.deletion
import redhouse.ground.ledger.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0002_initials'),
        ('papers', '0003_archives'),
        ('people', '0004_society_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=8, verbose_name='事权')),
                ('origin', models.CharField(choices=[('law', '法定版本'), ('town', '镇增订版本')], max_length=8, verbose_name='来源')),
                ('division_code', models.CharField(blank=True, db_collation='C', max_length=15, verbose_name='区划代码')),
                ('digest', models.CharField(db_collation='C', max_length=64, unique=True, verbose_name='摘要')),
                ('text', models.TextField(verbose_name='程序文本')),
                ('steps', models.JSONField()),
                ('ways', models.JSONField()),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('adopted_on', models.DateField(verbose_name='采用')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('approver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='town_versions', to='process.procedureversion')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'from_on'], name='procedure_version_code')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='procedure_version_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', True), ('author__isnull', True), ('based_on__isnull', True), ('division_code', ''), ('origin', 'law')), models.Q(models.Q(('division_code', ''), _negated=True), ('approver__isnull', False), ('author__isnull', False), ('based_on__isnull', False), ('origin', 'town')), _connector='OR'), name='procedure_version_of_a_town_is_signed', violation_error_message='镇增订的版本要写明拟稿人、批准人和所依据的法定版本'), models.CheckConstraint(condition=models.Q(('author__isnull', True), models.Q(('author', models.F('approver')), _negated=True), _connector='OR'), name='procedure_version_approver_is_not_author', violation_error_message='拟稿人不能批准自己的版本：请另一位领导批准'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='procedure_version_says_why', violation_error_message='请写明采用这一版的理由')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('facts', models.JSONField()),
                ('opened_on', models.DateField(verbose_name='提出')),
                ('ending', models.CharField(blank=True, choices=[('archived', '已归档'), ('rejected_by_vote', '表决未通过'), ('withdrawn', '已撤回')], max_length=20, verbose_name='结果')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='办结')),
                ('suspended_on', models.DateField(blank=True, null=True, verbose_name='中止')),
                ('suspend_reason', models.CharField(blank=True, max_length=400, verbose_name='中止原因')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='bodies.body', verbose_name='所属组织')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('suspended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='process.procedureversion')),
            ],
            options={
                'indexes': [models.Index(fields=['division_code', 'ending'], name='run_where_ending')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('ending', '')), models.Q(models.Q(('ending', ''), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='run_ends_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('suspend_reason', ''), ('suspended_by__isnull', True), ('suspended_on__isnull', True)), models.Q(models.Q(('suspend_reason', ''), _negated=True), ('suspended_by__isnull', False), ('suspended_on__isnull', False)), _connector='OR'), name='run_is_suspended_by_somebody_with_a_reason', violation_error_message='中止要写明原因')],
            },
        ),
        migrations.CreateModel(
            name='Convening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demanders', models.PositiveIntegerField(verbose_name='联名人数')),
                ('electors', models.PositiveIntegerField(verbose_name='有表决权人数')),
                ('demanded_on', models.DateField(verbose_name='提出')),
                ('due_on', models.DateField(verbose_name='答复期满')),
                ('escalated_on', models.DateField(blank=True, null=True, verbose_name='提交镇')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convenings', to='process.run')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('demanders__gte', 1), ('demanders__lte', models.F('electors'))), name='convening_demanders_are_electors', violation_error_message='联名人数不能多于有表决权的人数'), models.CheckConstraint(condition=models.Q(('escalated_on__isnull', True), ('escalated_on__gt', models.F('due_on')), _connector='OR'), name='convening_escalates_after_its_clock')],
            },
        ),
        migrations.CreateModel(
            name='RunStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='序号')),
                ('key', models.CharField(db_collation='C', max_length=40, verbose_name='步骤')),
                ('kind', models.CharField(choices=[('draft', '起草'), ('party_inform', '先知'), ('party_deliberate', '先议'), ('party_lead', '先做'), ('leader_review', '领导把关'), ('supervision_check', '监督审查'), ('pre_publicity', '表决前公示'), ('notice', '会议通知'), ('vote', '表决'), ('decision_publicity', '决议公示'), ('objection', '异议'), ('approval', '报批'), ('execute', '执行'), ('result_publicity', '结果公示'), ('archive', '归档'), ('branch', '分支'), ('end', '终点')], max_length=20, verbose_name='类别')),
                ('opened_on', models.DateField(verbose_name='开始')),
                ('opened_at', models.DateTimeField(db_default=redhouse.ground.ledger.models.ClockTimestamp())),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='应办结')),
                ('outcome', models.CharField(blank=True, choices=[('submitted', '已提交'), ('informed', '已先知'), ('agreed', '同意'), ('led', '已先做'), ('passed', '通过'), ('returned', '退回'), ('checked', '已审查'), ('posted', '已公示'), ('notified', '已通知'), ('failed', '未通过'), ('inquorate', '未达法定人数'), ('settled', '异议已答复'), ('upheld', '异议成立'), ('executed', '已执行'), ('archived', '已归档'), ('changed', '有实质修改'), ('withdrawn', '撤回'), ('moved', '转入另一版程序')], max_length=20, verbose_name='结果')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='理由')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='process.run')),
            ],
            options={
                'ordering': ['run', 'number'],
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['due_on'], name='run_step_open_due'), models.Index(condition=models.Q(('outcome', '')), fields=['kind'], name='run_step_open_kind')],
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='run_step_numbered_once'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('run',), name='run_step_one_open_at_a_time', violation_error_message='上一步还没有办结'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('closed_on__isnull', True), ('outcome', ''), ('reason', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='run_step_is_closed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ('returned', 'changed', 'upheld', 'withdrawn', 'moved')), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='run_step_says_why_it_leads_back', violation_error_message='退回、修改、撤回要写明理由')],
            },
        ),
        migrations.CreateModel(
            name='RunMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_key', models.CharField(db_collation='C', max_length=40)),
                ('facts', models.JSONField()),
                ('reason', models.CharField(max_length=400, verbose_name='理由')),
                ('moved_on', models.DateField(verbose_name='决定')),
                ('from_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='process.procedureversion')),
                ('moved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('to_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_in', to='process.procedureversion')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='move', to='process.runstep')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='run_move_says_why', violation_error_message='转入另一版程序要写明理由')],
            },
        ),
        migrations.CreateModel(
            name='StepPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filed_on', models.DateField(verbose_name='归入')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='papers.paper')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='process.runstep')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('step', 'paper'), name='step_paper_once', violation_error_message='这份文件已归入这一步')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_on', models.DateField(unique=True, verbose_name='日期')),
                ('is_working', models.BooleanField(verbose_name='是否工作日')),
                ('source', models.CharField(max_length=160, verbose_name='依据')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='calendar_day_names_its_source', violation_error_message='请写明放假或调休的依据')],
            },
        ),
    ]
