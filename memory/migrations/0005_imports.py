"""Imports, part by part, and the names of people as they are looked up."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import profiles.owned
from django.conf import settings
from django.db import migrations, models

from memory.values import bare_words
from profiles.owned import protect


def write_bare_names(apps, schema_editor):
    """For all users: the policies let a migration through when it says why."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.reason', 'bare names', true)")
        cursor.execute("SELECT id, name FROM memory_entity")
        for entity, name in cursor.fetchall():
            cursor.execute(
                "UPDATE memory_entity SET bare_key = %s WHERE id = %s", [" ".join(bare_words(name))[:480], entity]
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.reason', '', true)")


class Migration(migrations.Migration):

    dependencies = [
        ('memory', '0004_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('format', models.CharField(choices=[('export', 'export of Remembrancer'), ('history', 'conversations'), ('facts', 'facts')], max_length=7)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled')], default='running', max_length=9)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('parts', models.PositiveIntegerField()),
                ('cursor', models.PositiveIntegerField(default=0)),
                ('found', models.JSONField(blank=True, default=dict)),
                ('kept', models.JSONField(blank=True, default=dict)),
                ('errors', models.JSONField(blank=True, default=list)),
                ('opened_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
            },
        ),
        migrations.CreateModel(
            name='ImportPart',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('lines', models.BinaryField()),
            ],
            options={
                'verbose_name': 'part of an import',
                'verbose_name_plural': 'parts of imports',
            },
        ),
        migrations.AddField(
            model_name='entity',
            name='bare_key',
            field=models.CharField(default='', max_length=480),
        ),
        migrations.AlterField(
            model_name='memoryjob',
            name='kind',
            field=models.CharField(choices=[('ingest', 'learn'), ('read', 'read by a model'), ('summarise', 'summarise'), ('embed', 'embed'), ('consolidate', 'consolidate'), ('import', 'import')], max_length=11),
        ),
        migrations.AddIndex(
            model_name='entity',
            index=models.Index(models.F('user'), django.contrib.postgres.indexes.OpClass('bare_key', 'varchar_pattern_ops'), name='entity_bare_name'),
        ),
        migrations.AddIndex(
            model_name='fact',
            index=models.Index(models.F('user'), models.F('predicate'), models.F('value_key'), name='fact_value'),
        ),
        migrations.AddField(
            model_name='import',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='episode',
            name='imported_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='turns', to='memory.import'),
        ),
        migrations.AddField(
            model_name='importpart',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importpart',
            name='whole',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='memory.import'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['user', '-opened_at'], name='import_latest'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='import_done_of_total'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state', 'running')), models.Q(('finished_at__isnull', False), ('state__in', ['done', 'cancelled'])), _connector='OR'), name='import_finished_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='importpart',
            constraint=models.UniqueConstraint(models.F('whole'), models.F('number'), name='import_part_once'),
        ),
        *protect('memory_import', 'memory_importpart'),
        migrations.RunPython(write_bare_names, migrations.RunPython.noop),
    ]
