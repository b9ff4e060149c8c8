from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistant', '0013_receipts'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='has_news',
            field=models.BooleanField(default=False, editable=False, help_text='An answer was finished and the chat was not opened since.'),
        ),
    ]
