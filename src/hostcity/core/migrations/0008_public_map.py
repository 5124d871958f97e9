"""The map of a venue may be shown to the public, apart from the edition's public page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, off everywhere: nothing becomes public by an upgrade."""

    dependencies = [("core", "0007_phone_confirmed")]

    operations = [
        migrations.AddField("edition", "is_map_public", models.BooleanField(default=False)),
    ]
