import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q


class Migration(migrations.Migration):
    """Counts of a live fair are uploaded to the site, and figures fitted to them."""

    dependencies = [
        ("core", "0007_phone_confirmed"),
        ("rehearsal", "0004_advice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Calibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("counts", models.ForeignKey("core.blob", on_delete=PROTECT, related_name="+")),
                ("counts_name", models.CharField(max_length=120)),
                ("fits", models.JSONField(default=list)),
                ("runs", models.PositiveSmallIntegerField(default=20)),
                ("found", models.JSONField(default=dict)),
                ("seed", models.BigIntegerField(default=1)),
                ("scenarios", models.JSONField(default=list)),
                ("overrides", models.JSONField(default=list)),
                ("plan_number", models.BigIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=PROTECT, related_name="+")),
                ("edition", models.ForeignKey("core.edition", on_delete=PROTECT, related_name="+")),
                ("job", models.ForeignKey("core.job", null=True, on_delete=PROTECT, related_name="+")),
                ("result", models.ForeignKey("core.result", null=True, on_delete=PROTECT, related_name="+")),
                ("snapshot", models.ForeignKey("core.snapshot", on_delete=PROTECT, related_name="+")),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "-id"], name="calibration_latest")],
                "constraints": [
                    models.CheckConstraint(condition=Q(seed__gte=0), name="calibration_seed_not_negative"),
                    models.CheckConstraint(condition=Q(runs__gte=6, runs__lte=50), name="calibration_runs"),
                ],
            },
        ),
    ]
