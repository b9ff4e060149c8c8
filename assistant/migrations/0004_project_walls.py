from django.db import migrations

from profiles.owned import protect


class Migration(migrations.Migration):
    dependencies = [("assistant", "0003_roles_and_projects")]
    operations = protect("assistant_project")
