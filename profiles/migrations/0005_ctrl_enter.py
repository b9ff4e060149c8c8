from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0004_shortcuts_and_announcements'),
    ]

    operations = [
        migrations.AddField(
            model_name='profile',
            name='sends_by_ctrl_enter',
            field=models.BooleanField(default=False, verbose_name='Ctrl Enter sends'),
        ),
    ]
