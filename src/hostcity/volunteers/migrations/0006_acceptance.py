"""By when shifts are to be accepted, and what was answered: one open deadline in an edition, one answer a seat."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0005_swaps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(max_length=100)),
                ("accepts", models.BooleanField()),
                ("by_code", models.CharField(max_length=12)),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "volunteer", "day", "band"), name="answer_seat_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("done", "over"),
                            ("cancelled", "taken back"),
                            ("undone", "over, promotion undone"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("left", models.JSONField(default=list)),
                ("promoted", models.JSONField(default=list)),
                ("taken_off", models.JSONField(default=list)),
                ("act_number", models.PositiveBigIntegerField(default=0)),
                ("by_code", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("edition",), name="deadline_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "cancelled", "undone"])),
                        name="deadline_state_known",
                    ),
                ],
            },
        ),
    ]
