import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, Q


class Migration(migrations.Migration):
    """An edition keeps scenarios, and a rehearsal says with which it was played; those that stand were played without."""

    dependencies = [
        ("core", "0007_phone_confirmed"),
        ("rehearsal", "0002_many_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("rehearsal", "scenarios", models.JSONField(default=list)),
        migrations.CreateModel(
            "KeptScenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("blob", models.ForeignKey("core.blob", on_delete=PROTECT, related_name="+")),
                ("title_en", models.TextField()),
                ("title_zh", models.TextField()),
                ("teaches_en", models.TextField()),
                ("teaches_zh", models.TextField()),
                ("source_en", models.TextField()),
                ("source_zh", models.TextField()),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=PROTECT, related_name="+")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                ("edition", models.ForeignKey("core.edition", on_delete=PROTECT, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["edition", "name"], condition=Q(removed_at__isnull=True), name="scenario_name_once"
                    ),
                    models.CheckConstraint(condition=~Q(name=""), name="scenario_named"),
                ]
            },
        ),
    ]
