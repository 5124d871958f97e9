import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q


class Migration(migrations.Migration):
    """Places of a rehearsal's day are put under the microscope on the site."""

    dependencies = [
        ("core", "0007_phone_confirmed"),
        ("rehearsal", "0006_six_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.CharField(max_length=80)),
                ("starts", models.CharField(max_length=8)),
                ("minutes", models.PositiveSmallIntegerField(default=5)),
                ("trials", models.PositiveSmallIntegerField(default=3)),
                ("found", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=PROTECT, related_name="+")),
                ("edition", models.ForeignKey("core.edition", on_delete=PROTECT, related_name="+")),
                ("job", models.ForeignKey("core.job", null=True, on_delete=PROTECT, related_name="+")),
                ("rehearsal", models.ForeignKey("rehearsal.rehearsal", on_delete=PROTECT, related_name="looks")),
                ("result", models.ForeignKey("core.result", null=True, on_delete=PROTECT, related_name="+")),
            ],
            options={
                "indexes": [models.Index(fields=["rehearsal", "-id"], name="look_latest")],
                "constraints": [
                    models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=15), name="look_minutes"),
                    models.CheckConstraint(condition=Q(trials__gte=0, trials__lte=10), name="look_trials"),
                ],
            },
        ),
    ]
