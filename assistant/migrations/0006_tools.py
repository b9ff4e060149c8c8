import django.core.validators
import django.db.models.deletion
import profiles.owned
from profiles.owned import protect
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistant', '0005_naming'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ToolCall',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.PositiveSmallIntegerField(help_text='The step of the answer, from 1.')),
                ('position', models.PositiveSmallIntegerField(help_text='Its place among the calls of its step.')),
                ('reference', models.TextField(help_text="The model's own name for the call.")),
                ('name', models.CharField(max_length=64, verbose_name='tool')),
                ('arguments', models.TextField(help_text='JSON, as it is carried out.', verbose_name='arguments')),
                ('said', models.TextField(blank=True, help_text='What the model said before the calls of its step; on the first of them.')),
                ('permission', models.CharField(blank=True, choices=[('reads', 'Reads'), ('changes', 'Changes memory'), ('network', 'Reaches the network'), ('code', 'Runs code')], max_length=7)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'At work'), ('waiting', 'Waits for you'), ('approved', 'Allowed'), ('done', 'Done'), ('failed', 'Failed'), ('refused', 'Not allowed'), ('stopped', 'Stopped')], default='planned', max_length=8, verbose_name='state')),
                ('why_asked', models.CharField(blank=True, help_text='Why the person is asked.', max_length=20)),
                ('preview', models.TextField(blank=True, help_text='What it would do, as the person is shown it.')),
                ('proof', models.CharField(blank=True, help_text='Binds the preview to what would be done.', max_length=120)),
                ('digest', models.CharField(blank=True, help_text='Of name, arguments and preview: what an approval is for.', max_length=64)),
                ('result', models.TextField(blank=True, verbose_name='result')),
                ('origin', models.CharField(blank=True, choices=[('computed', 'Worked out'), ('memory', 'Your memory'), ('quoted', 'Your chats, quoting others'), ('web', 'The web'), ('server', 'A connected server')], max_length=8)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(help_text='When the person allowed or refused it.', null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'tool call',
                'verbose_name_plural': 'tool calls',
                'ordering': ['step', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ToolServer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Stands before the names of its tools.', max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9]*\\Z', 'Small letters and digits, a letter first.')], verbose_name='name')),
                ('transport', models.CharField(choices=[('http', 'Address (streamable HTTP)'), ('command', 'Command on this machine (stdio)')], default='http', max_length=7, verbose_name='reached by')),
                ('address', models.URLField(blank=True, max_length=300, verbose_name='address')),
                ('command', models.CharField(blank=True, help_text='Started without a shell. Only where MCP_COMMANDS is on.', max_length=400, verbose_name='command')),
                ('key_cipher', models.BinaryField(default=b'')),
                ('permission', models.CharField(choices=[('reads', 'Reads'), ('changes', 'Changes memory'), ('network', 'Reaches the network'), ('code', 'Runs code')], default='network', help_text='What reads only is never asked about; what changes things or reaches the network is, where foreign text may be behind it.', max_length=7, verbose_name='its tools')),
                ('seconds', models.PositiveSmallIntegerField(default=20, verbose_name='time limit in seconds')),
                ('is_enabled', models.BooleanField(default=True, verbose_name='in use')),
                ('offers', models.JSONField(default=list, editable=False, help_text='What it offered when it was asked last: name, title, description and schema of each tool.')),
                ('listed_at', models.DateTimeField(editable=False, null=True, verbose_name='asked for its tools')),
                ('problem', models.CharField(blank=True, editable=False, max_length=120, verbose_name='problem')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'tool server',
                'verbose_name_plural': 'tool servers',
                'ordering': ['name'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='run',
            name='run_status_known',
        ),
        migrations.AddField(
            model_name='run',
            name='continued',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often it went on after the person had decided about a tool.'),
        ),
        migrations.AlterField(
            model_name='run',
            name='status',
            field=models.CharField(choices=[('queued', 'Waiting'), ('running', 'Being written'), ('waiting', 'Waits for you'), ('done', 'Done'), ('truncated', 'Cut at the length limit'), ('interrupted', 'The model stopped'), ('cancelled', 'Stopped'), ('failed', 'Failed')], default='queued', max_length=11, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'waiting', 'done', 'truncated', 'interrupted', 'cancelled', 'failed'])), name='run_status_known'),
        ),
        migrations.AddField(
            model_name='toolcall',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tool_calls', to='assistant.run'),
        ),
        migrations.AddField(
            model_name='toolcall',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='toolserver',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('transport', 'http'), models.Q(('address', ''), _negated=True)), models.Q(('transport', 'command'), models.Q(('command', ''), _negated=True)), _connector='OR'), name='tool_server_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='toolserver',
            constraint=models.CheckConstraint(condition=models.Q(('permission__in', ['reads', 'changes', 'network', 'code'])), name='tool_server_permission_known'),
        ),
        migrations.AddConstraint(
            model_name='toolcall',
            constraint=models.UniqueConstraint(models.F('run'), models.F('step'), models.F('position'), name='tool_call_once'),
        ),
        migrations.AddConstraint(
            model_name='toolcall',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'running', 'waiting', 'approved', 'done', 'failed', 'refused', 'stopped'])), name='tool_call_state_known'),
        ),
        migrations.AddConstraint(
            model_name='toolcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state__in', ['planned', 'running', 'waiting', 'approved'])), models.Q(models.Q(('state__in', ['planned', 'running', 'waiting', 'approved']), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='tool_call_finished_or_not'),
        ),
        migrations.AddConstraint(
            model_name='toolcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['waiting', 'approved']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='tool_call_asked_for_bytes'),
        ),
        *protect("assistant_toolcall"),
    ]
