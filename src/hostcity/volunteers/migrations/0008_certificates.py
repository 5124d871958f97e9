"""Certificates of service: one that is valid a volunteer, and a person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0007_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True)),
                ("volunteer", models.CharField(max_length=100)),
                ("minutes", models.PositiveIntegerField()),
                ("shifts", models.PositiveIntegerField()),
                ("first_date", models.DateField()),
                ("last_date", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "valid"), ("revoked", "revoked")], default="valid", max_length=10
                    ),
                ),
                ("by_code", models.CharField(max_length=12)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "valid")),
                        fields=("edition", "volunteer"),
                        name="certificate_valid_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "valid")),
                        fields=("edition", "person"),
                        name="certificate_person_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("state", "valid")),
                            models.Q(("revoked_at__isnull", False), ("state", "revoked")),
                            _connector="OR",
                        ),
                        name="certificate_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0), ("shifts__gt", 0)), name="certificate_of_something"
                    ),
                ],
            },
        ),
    ]
