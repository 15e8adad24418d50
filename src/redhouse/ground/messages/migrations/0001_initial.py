import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('papers', '0002_walls'),
        ('people', '0003_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('meeting_notice', '会议通知'), ('party_inform', '先知'), ('publicity', '公示公开'), ('decision', '决议结果'), ('reply', '答复'), ('step_owed', '轮到您办'), ('reminder', '提醒'), ('overdue', '逾期'), ('system', '系统消息')], max_length=16, verbose_name='类别')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.CharField(blank=True, max_length=2000, verbose_name='内容')),
                ('link', models.CharField(max_length=300, verbose_name='去处')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='请在此日前确认')),
                ('dedup', models.CharField(blank=True, db_collation='C', max_length=160)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': '通知',
                'indexes': [models.Index(fields=['division_code', '-id'], name='notice_where_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='notice_has_a_title', violation_error_message='请写通知标题'), models.CheckConstraint(condition=models.Q(('link__regex', '^/($|[^/\\\\[:space:][:cntrl:]][^\\\\[:space:][:cntrl:]]*$)')), name='notice_leads_to_a_place_in_the_house', violation_error_message='通知的去处应是本站的路径，以一条斜线开头'), models.CheckConstraint(condition=models.Q(('title__regex', '(^|[^0-9])1[0-9]{10}([^0-9]|$)|[0-9]{17}[0-9Xx]'), _negated=True), name='notice_title_tells_no_personal_number', violation_error_message='标题会发到站外，不能写电话或身份号码'), models.UniqueConstraint(condition=models.Q(('dedup', ''), _negated=True), fields=('dedup',), name='notice_once', violation_error_message='这份通知已经发过')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('channel', models.CharField(choices=[('in_app', '站内'), ('sms', '短信'), ('email', '邮件'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书'), ('paper', '书面'), ('phone', '电话'), ('door', '上门'), ('board', '公示栏'), ('loudspeaker', '广播')], max_length=12, verbose_name='方式')),
                ('state', models.CharField(choices=[('queued', '排队中'), ('sending', '正在送出'), ('sent', '已送出'), ('failed', '没有送出')], default='queued', max_length=8, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('reason', models.CharField(blank=True, choices=[('no_address', '没有登记号码或邮箱'), ('not_set_up', '这个渠道没有设置'), ('refused', '对方拒收'), ('unreachable', '连不上对方'), ('not_taken', '对方没有接收'), ('interrupted', '送出时后台中断，不知对方是否收到，不再重发')], max_length=12, verbose_name='原因')),
                ('answer', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='对方答复码')),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='people.person')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.notice')),
            ],
            options={
                'verbose_name_plural': '站外送达',
                'constraints': [models.UniqueConstraint(fields=('notice', 'person', 'channel'), name='delivery_once', nulls_distinct=False, violation_error_message='这份通知已经用这个方式送过'), models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ('sms', 'email')), ('person__isnull', False)), models.Q(('channel__in', ('wecom', 'dingtalk', 'feishu')), ('person__isnull', True)), _connector='OR'), name='delivery_to_a_person_or_into_a_group'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ('queued', 'sending'))), models.Q(('finished_at__isnull', False), ('state__in', ('sent', 'failed'))), _connector='OR'), name='delivery_finished_when_it_is')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('in_app', '站内'), ('sms', '短信'), ('email', '邮件'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书'), ('paper', '书面'), ('phone', '电话'), ('door', '上门'), ('board', '公示栏'), ('loudspeaker', '广播')], max_length=12, verbose_name='方式')),
                ('note', models.CharField(max_length=200, verbose_name='时间、地点、遍数')),
                ('announced_on', models.DateField(verbose_name='日期')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announcements', to='notices.notice')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ('loudspeaker', 'board', 'door'))), name='announcement_reaches_a_place', violation_error_message='公开告知只有广播、公示栏、上门三种方式'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='announcement_says_when_and_where', violation_error_message='请写明时间、地点和遍数')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('kind', models.CharField(choices=[('meeting_notice', '会议通知'), ('party_inform', '先知'), ('publicity', '公示公开'), ('decision', '决议结果'), ('reply', '答复'), ('step_owed', '轮到您办'), ('reminder', '提醒'), ('overdue', '逾期'), ('system', '系统消息')], max_length=16, verbose_name='类别')),
                ('channel', models.CharField(choices=[('in_app', '站内'), ('sms', '短信'), ('email', '邮件'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书'), ('paper', '书面'), ('phone', '电话'), ('door', '上门'), ('board', '公示栏'), ('loudspeaker', '广播')], max_length=12, verbose_name='方式')),
                ('is_on', models.BooleanField(verbose_name='接收')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'channel'), name='preference_once', violation_error_message='这一项已经选过'), models.CheckConstraint(condition=models.Q(('is_on', True), models.Q(('channel', 'in_app'), ('kind__in', ['decision', 'meeting_notice', 'party_inform', 'publicity']), _negated=True), _connector='OR'), name='preference_keeps_what_the_law_wants_told', violation_error_message='法定通知在站内不能关闭')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('division_code', models.CharField(db_collation='C', max_length=15)),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='看过')),
                ('channel', models.CharField(blank=True, choices=[('in_app', '站内'), ('sms', '短信'), ('email', '邮件'), ('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书'), ('paper', '书面'), ('phone', '电话'), ('door', '上门'), ('board', '公示栏'), ('loudspeaker', '广播')], max_length=12, verbose_name='方式')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='收到日')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='notices.notice')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-id'], name='receipt_newest'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='receipt_unread')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'person'), name='receipt_once', violation_error_message='此人已在收件名单上'), models.CheckConstraint(condition=models.Q(models.Q(('channel', ''), ('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('confirmed_on__isnull', True)), models.Q(('channel__in', ('in_app', 'paper', 'phone', 'door')), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_on__isnull', False)), _connector='OR'), name='receipt_confirmed_how_when_and_by_whom')],
            },
        ),
    ]
