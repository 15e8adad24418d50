import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0001_initial'),
        ('people', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('resolution', '决议'), ('decision', '决定'), ('opinion', '意见'), ('notice', '通知'), ('report', '报告'), ('request', '请示'), ('reply', '批复'), ('letter', '函'), ('minutes', '纪要'), ('publicity', '公示'), ('plan', '方案'), ('ballot', '表决票'), ('sign_in', '签到表'), ('contract', '合同'), ('charter', '章程'), ('evidence', '佐证材料'), ('answer_sheet', '答卷')], max_length=16, verbose_name='文种')),
                ('title', models.CharField(max_length=160, verbose_name='标题')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='发文字号')),
                ('division_code', models.CharField(db_collation='C', max_length=15, verbose_name='区划代码')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='bodies.body', verbose_name='单位')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': '文件',
                'indexes': [models.Index(fields=['division_code', 'kind'], name='paper_division_kind')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number', 'division_code'), name='paper_number_once_in_a_division', violation_error_message='这个发文字号已经用过，请换下一个'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='paper_has_a_title', violation_error_message='请写文件标题')],
            },
        ),
        migrations.CreateModel(
            name='PaperVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version_no', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('sha256', models.CharField(db_collation='C', max_length=64)),
                ('sm3', models.CharField(db_collation='C', max_length=64)),
                ('size', models.BigIntegerField(verbose_name='字节数')),
                ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel'), ('application/vnd.apache.parquet', 'Parquet'), ('application/json', 'JSON'), ('text/csv', 'CSV'), ('text/plain', '纯文本'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('image/webp', 'WebP')], error_messages={'invalid_choice': '不收这种格式的文件：请用 PDF、Word、Excel、文本或图片'}, max_length=80, verbose_name='格式')),
                ('file_name', models.CharField(max_length=160, verbose_name='文件名')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='papers.paper')),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='paper_version_sha256')],
                'constraints': [models.UniqueConstraint(fields=('paper', 'version_no'), name='paper_version_once', violation_error_message='这一版已经存过'), models.CheckConstraint(condition=models.Q(('version_no__gte', 1)), name='paper_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('sm3__regex', '^[0-9a-f]{64}$')), name='paper_version_digests_are_hexadecimal'), models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 104857600)), name='paper_version_is_not_empty_nor_huge', violation_error_message='文件是空的，或超过 100 MB：请检查后重新上传'), models.CheckConstraint(condition=models.Q(('media_type__in', ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.apache.parquet', 'application/json', 'text/csv', 'text/plain', 'image/jpeg', 'image/png', 'image/webp'])), name='paper_version_media_type_is_allowed', violation_error_message='不收这种格式的文件：请用 PDF、Word、Excel、文本或图片'), models.CheckConstraint(condition=models.Q(models.Q(('file_name', ''), _negated=True), models.Q(('file_name__regex', '[/\\\\[:cntrl:]]'), _negated=True)), name='paper_version_file_name_has_no_path', violation_error_message='文件名不能为空，也不能含有斜线')],
            },
        ),
    ]
