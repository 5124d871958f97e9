"""A demonstration may move an expo's dates; the page then says when it really opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One field, empty everywhere."""

    dependencies = [("core", "0003_search_index")]

    operations = [
        migrations.AddField("edition", "really_opened_on", models.DateField(blank=True, null=True)),
    ]
