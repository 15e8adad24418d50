import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('papers', '0005_register_kinds'),
        ('people', '0005_grid_posts'),
        ('process', '0032_case_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='交代')),
                ('assigned_on', models.DateField(verbose_name='派遣')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='处置人')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assignment', to='process.runstep')),
            ],
        ),
        migrations.CreateModel(
            name='InspectionForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('fire', '消防'), ('work_safety', '安全生产'), ('park', '村级工业园'), ('environment', '环境整治')], max_length=12, verbose_name='专题')),
                ('title', models.CharField(max_length=40, verbose_name='名称')),
                ('site_kind', models.CharField(blank=True, choices=[('shop', '商铺'), ('workshop', '作坊厂房'), ('rental', '出租屋')], max_length=10, verbose_name='查哪类场所')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='每处约几分钟')),
                ('reason', models.CharField(max_length=200, verbose_name='为什么要新增')),
                ('drafted_on', models.DateField(verbose_name='拟订')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='批准')),
                ('approver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='inspection_form_says_why', violation_error_message='请写名称，以及为什么要新增这份巡查表'), models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', True), ('approver__isnull', True)), models.Q(('approved_on__isnull', False), ('approver__isnull', False), models.Q(('approver', models.F('author')), _negated=True)), _connector='OR'), name='inspection_form_approver_is_not_author', violation_error_message='拟表人不能批准自己的表：请另一位领导批准')],
            },
        ),
        migrations.CreateModel(
            name='FormItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('text', models.CharField(max_length=80, verbose_name='内容')),
                ('source', models.CharField(choices=[('asked', '现场查看'), ('site_name', '已有：场所名称'), ('site_kind', '已有：场所类别'), ('site_spot', '已有：地址'), ('last_round', '已有：上次巡查结果')], default='asked', max_length=12, verbose_name='来源')),
                ('level', models.CharField(choices=[('ordinary', '一般隐患'), ('major', '重大隐患')], default='ordinary', max_length=10, verbose_name='不合格算')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='gridwork.inspectionform')),
            ],
            options={
                'ordering': ['form', 'number'],
                'constraints': [models.UniqueConstraint(fields=('form', 'number'), name='form_item_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField(verbose_name='评分')),
                ('rated_on', models.DateField(verbose_name='评价')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating', to='process.report')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='rating_is_one_to_five', violation_error_message='评分为1到5')],
            },
        ),
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('title', models.CharField(max_length=30, verbose_name='名称')),
                ('text', models.CharField(max_length=300, verbose_name='答复')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='reply_template_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='reply_template_says_something', violation_error_message='请写模板的名称和内容')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('from_on', models.DateField(verbose_name='开始')),
                ('due_on', models.DateField(verbose_name='查完')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='gridwork.inspectionform')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('from_on'))), name='round_is_due_after_it_begins', violation_error_message='查完的日期不能早于开始')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('shop', '商铺'), ('workshop', '作坊厂房'), ('rental', '出租屋')], max_length=10, verbose_name='类别')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('spot', models.CharField(max_length=80, verbose_name='地址')),
                ('from_on', models.DateField(verbose_name='起')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='止')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='site_ends_after_it_begins', violation_error_message='止期应晚于起期（止期当日不计入）'), models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('division_code', 'name'), name='site_name_once', violation_error_message='这里已有同名的场所')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('marks', models.JSONField()),
                ('seen_on', models.DateField(verbose_name='查看')),
                ('again_on', models.DateField(blank=True, null=True, verbose_name='复查')),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='gridwork.inspection')),
                ('seen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='gridwork.round')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='gridwork.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('follows__isnull', True)), fields=('round', 'site'), name='inspection_once_a_round', violation_error_message='这一轮已经查过这一处；再看是复查'), models.CheckConstraint(condition=models.Q(('again_on__isnull', True), ('again_on__gt', models.F('seen_on')), _connector='OR'), name='inspection_again_later', violation_error_message='复查日期要晚于查看日期')],
            },
        ),
        migrations.CreateModel(
            name='Hazard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('ordinary', '一般隐患'), ('major', '重大隐患')], max_length=10, verbose_name='等级')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='情况')),
                ('due_on', models.DateField(verbose_name='整改期限')),
                ('removed_on', models.DateField(blank=True, null=True, verbose_name='整改')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gridwork.formitem')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hazard', to='process.report')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hazards', to='gridwork.inspection')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('inspection', 'item'), name='hazard_once_an_item'), models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('removed_by__isnull', True), ('removed_on__isnull', True)), models.Q(('after__isnull', False), ('removed_by__isnull', False), ('removed_on__isnull', False)), _connector='OR'), name='hazard_removed_with_a_photograph', violation_error_message='整改完成要有整改后的照片')],
            },
        ),
    ]
