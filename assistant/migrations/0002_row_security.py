from django.db import migrations

from profiles.owned import protect


class Migration(migrations.Migration):
    dependencies = [("assistant", "0001_initial")]
    operations = protect(
        "assistant_conversation",
        "assistant_message",
        "assistant_run",
        "assistant_contextitem",
        "assistant_usage",
        "assistant_idempotentrequest",
    )
