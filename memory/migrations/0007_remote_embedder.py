from django.db import migrations, models


class Migration(migrations.Migration):
    """Which remote embedder serves a user, and up to where its vectors are complete."""

    dependencies = [("memory", "0006_record_turns")]

    operations = [
        migrations.AddField(
            model_name="memorystate",
            name="embedded_version",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="memorystate",
            name="embedder",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
