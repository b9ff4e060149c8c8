from django.db import migrations

from profiles.owned import protect


class Migration(migrations.Migration):
    dependencies = [("assistant", "0007_transfers")]
    operations = protect("assistant_transfer", "assistant_transferpiece")
