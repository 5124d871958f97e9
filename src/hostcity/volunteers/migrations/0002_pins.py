"""Seats that the next draft of a roster keeps."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0001_shifts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(blank=True, max_length=100)),
                ("by_code", models.CharField(max_length=12)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "volunteer", "day", "band"), name="pin_seat_once")
                ],
            },
        ),
    ]
