"""Work may tell curves of how far it is, beside its share: an objective and its bound."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column with a default."""

    dependencies = [("core", "0008_public_map")]

    operations = [migrations.AddField("job", "figures", models.JSONField(default=list))]
