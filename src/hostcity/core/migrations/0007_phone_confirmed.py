"""Whoever looks after people may write any number into their accounts; only its owner's is a way to sign in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; numbers that are there stay what they were, a way in."""

    dependencies = [("core", "0006_worker_beat")]

    operations = [
        migrations.AddField("person", "phone_confirmed", models.BooleanField(default=True, editable=False)),
    ]
