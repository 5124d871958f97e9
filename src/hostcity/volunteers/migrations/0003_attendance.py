"""Who came to a shift: one row a seat, so that two scans at once count once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0002_pins"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(max_length=100)),
                ("checked_in_at", models.DateTimeField()),
                ("checked_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("code", "by the code"),
                            ("qr", "by scanning"),
                            ("leader", "by hand"),
                            ("self", "by themselves"),
                            ("synced", "told later"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_code", models.CharField(max_length=12)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "day", "band", "post"], name="attendance_by_cell")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "volunteer", "day", "band"), name="attendance_seat_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_out_at", None), ("checked_out_at__gt", models.F("checked_in_at")), _connector="OR"
                        ),
                        name="attendance_out_after_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["code", "qr", "leader", "self", "synced"])),
                        name="attendance_how_known",
                    ),
                ],
            },
        ),
    ]
