import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0004_division_code_check'),
        ('people', '0005_grid_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=40, verbose_name='名称')),
                ('reason', models.CharField(max_length=200, verbose_name='为什么要新增')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('holding', models.CharField(max_length=30, verbose_name='每行是什么')),
                ('every', models.CharField(choices=[('month', '每月'), ('once', '专项，只填一个月')], max_length=8, verbose_name='多久填一次')),
                ('month_on', models.DateField(blank=True, null=True, verbose_name='填哪个月')),
                ('state', models.CharField(choices=[('waiting', '待批准'), ('approved', '已批准'), ('returned', '已退回')], default='waiting', max_length=10, verbose_name='状态')),
                ('drafted_on', models.DateField(verbose_name='拟订')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='批准或退回')),
                ('refusal', models.CharField(blank=True, max_length=200, verbose_name='退回理由')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='DraftColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('field', models.CharField(blank=True, max_length=30, verbose_name='已有的栏目')),
                ('question', models.CharField(blank=True, max_length=40, verbose_name='要问的')),
                ('kind', models.CharField(blank=True, choices=[('words', '文字'), ('number', '数字'), ('day', '日期'), ('yes', '是或否')], max_length=8, verbose_name='答什么')),
                ('per', models.CharField(blank=True, choices=[('place', '每村（社区）填一次'), ('row', '每行填一次')], max_length=8, verbose_name='填几次')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='forms.formdraft')),
            ],
            options={
                'ordering': ['draft', 'number'],
            },
        ),
        migrations.CreateModel(
            name='CellEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_code', models.CharField(db_collation='C', max_length=10)),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('month_on', models.DateField()),
                ('row_key', models.CharField(blank=True, db_collation='C', max_length=24)),
                ('ask', models.CharField(db_collation='C', max_length=30)),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='填写')),
                ('filled_on', models.DateField(verbose_name='填写日期')),
                ('fact', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.fact')),
                ('filled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['form_code', 'month_on', 'division_code'], name='cell_entry_where_when')],
            },
        ),
        migrations.AddConstraint(
            model_name='formdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='form_draft_says_why', violation_error_message='请写名称，以及为什么要新增这份报表'),
        ),
        migrations.AddConstraint(
            model_name='formdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('every', 'once'), ('month_on__isnull', False)), models.Q(models.Q(('every', 'once'), _negated=True), ('month_on__isnull', True)), _connector='OR'), name='form_draft_once_in_a_month', violation_error_message='专项报表要写明填哪个月；每月填的不写'),
        ),
        migrations.AddConstraint(
            model_name='formdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='form_draft_decided_by_somebody', violation_error_message='批准或退回要写明是谁、哪天'),
        ),
        migrations.AddConstraint(
            model_name='formdraft',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('author')), _negated=True), _connector='OR'), name='form_draft_decider_is_not_author', violation_error_message='拟表人不能批准自己的表：请另一位领导批准'),
        ),
        migrations.AddConstraint(
            model_name='formdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='form_draft_returned_with_a_reason', violation_error_message='退回要写理由'),
        ),
        migrations.AddConstraint(
            model_name='draftcolumn',
            constraint=models.UniqueConstraint(fields=('draft', 'number'), name='draft_column_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='draftcolumn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('field', ''), _negated=True), ('kind', ''), ('per', ''), ('question', '')), models.Q(('field', ''), models.Q(('question', ''), _negated=True), models.Q(('kind', ''), _negated=True), models.Q(('per', ''), _negated=True)), _connector='OR'), name='draft_column_is_known_or_asked', violation_error_message='每栏或者选已有的，或者写要问什么、答什么、填几次'),
        ),
    ]
