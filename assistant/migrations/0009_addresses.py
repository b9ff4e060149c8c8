from django.db import migrations, models

import assistant.models.address

ADDRESS = {"blank": True, "max_length": 300, "validators": [assistant.models.address.validate_address]}


class Migration(migrations.Migration):
    dependencies = [("assistant", "0008_transfer_walls")]
    operations = [
        migrations.AlterField(
            "provider",
            "api_base",
            models.CharField(help_text="Only for Ollama and servers of your own.", verbose_name="address", **ADDRESS),
        ),
        migrations.AlterField("toolserver", "address", models.CharField(verbose_name="address", **ADDRESS)),
    ]
