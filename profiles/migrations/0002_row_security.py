from django.db import migrations

from profiles.owned import protect


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial")]
    operations = protect("profiles_profile", "profiles_consent")
