"""Shifts that are given away or traded, and the rule by which that holds: one open offer a seat."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0004_applications"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("giver", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(max_length=100)),
                ("named", models.CharField(blank=True, max_length=100)),
                ("wanted", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("waiting", "waits for the coordinator"),
                            ("done", "done"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("undone", "undone"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("taker", models.CharField(blank=True, max_length=100)),
                ("back_day", models.CharField(blank=True, max_length=100)),
                ("back_band", models.CharField(blank=True, max_length=100)),
                ("back_post", models.CharField(blank=True, max_length=100)),
                ("rises", models.JSONField(default=list)),
                ("act_number", models.PositiveBigIntegerField(default=0)),
                ("by_code", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "state", "id"], name="offer_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "waiting"])),
                        fields=("edition", "giver", "day", "band"),
                        name="offer_seat_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "waiting", "done", "declined", "withdrawn", "undone"])
                        ),
                        name="offer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "withdrawn"]),
                            models.Q(("taker", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_taken_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SwapRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_automatic", models.BooleanField(default=True)),
                ("most_short", models.FloatField(default=0.05)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("edition",), name="swap_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most_short__gte", 0), ("most_short__lte", 1)), name="swap_rule_share"
                    ),
                ],
            },
        ),
    ]
