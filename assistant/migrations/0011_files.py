import django.db.models.deletion
import profiles.owned
from django.conf import settings
from django.db import migrations, models

from profiles.owned import protect


class Migration(migrations.Migration):

    dependencies = [
        ('assistant', '0010_found_by_a_tool'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='toolcall',
            name='origin',
            field=models.CharField(blank=True, choices=[('computed', 'Worked out'), ('memory', 'Your memory'), ('quoted', 'Your chats, quoting others'), ('file', 'Your files'), ('web', 'The web'), ('server', 'A connected server')], max_length=8),
        ),
        migrations.AlterField(
            model_name='contextitem',
            name='kind',
            field=models.CharField(choices=[('instructions', 'Instructions'), ('profile', 'Profile'), ('summary', 'Summary'), ('turn', 'Earlier message'), ('fact', 'Memory'), ('episode', 'From an earlier chat'), ('action', 'What was done'), ('now', 'Date and place'), ('tools', 'Tools'), ('result', 'Result of a tool'), ('found', 'Memory found by a tool'), ('file', 'File'), ('marks', 'Marks')], max_length=12),
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('text', 'Text'), ('pdf', 'PDF'), ('image', 'Picture')], max_length=5, verbose_name='kind')),
                ('media_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField(help_text='Bytes.', verbose_name='size')),
                ('width', models.PositiveIntegerField(help_text='Pixels, of a picture.', null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('text', models.TextField(blank=True, help_text='The words in it, as far as they are kept.')),
                ('is_read', models.BooleanField(default=False, help_text='Its words were taken out, as far as there are any.')),
                ('is_cut', models.BooleanField(default=False, help_text='There are more words in it than are kept.')),
                ('problem', models.CharField(blank=True, choices=[('', ''), ('no-text', 'No text in it: it may be scanned.'), ('locked', 'Locked with a password, so its text can’t be read.'), ('broken', 'Its text can’t be read: the file is damaged.'), ('forgotten', 'Deleted with what was forgotten.')], default='', max_length=9)),
                ('created_at', models.DateTimeField(verbose_name='attached')),
                ('conversation', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='assistant.conversation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='assistant.message')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='assistant.file')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['message', 'position'],
            },
        ),
        migrations.CreateModel(
            name='FileContent',
            fields=[
                ('id', models.UUIDField(default=profiles.owned.new_id, editable=False, primary_key=True, serialize=False)),
                ('data', models.BinaryField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='content', to='assistant.file')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(condition=models.Q(('conversation', None)), fields=['created_at'], name='file_unsent'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'pdf', 'image'])), name='file_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('problem__in', ['', 'no-text', 'locked', 'broken', 'forgotten'])), name='file_problem_known'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('height__gt', 0), ('kind', 'image'), ('width__gt', 0)), models.Q(('height', None), ('kind__in', ['text', 'pdf']), ('width', None)), _connector='OR'), name='file_pixels_of_pictures'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'image'), _negated=True), ('text', ''), _connector='OR'), name='file_picture_has_no_text'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(models.F('message'), models.F('position'), name='attachment_position_once'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(models.F('message'), models.F('file'), name='attachment_file_once'),
        ),
        *protect("assistant_file", "assistant_filecontent", "assistant_attachment"),
    ]
