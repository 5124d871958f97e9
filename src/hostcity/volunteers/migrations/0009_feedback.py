"""What volunteers say of their shifts, and the answers: one a seat."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0008_certificates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(max_length=100)),
                ("rating", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=500)),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "day", "band", "post"], name="feedback_by_cell")],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "volunteer", "day", "band"), name="feedback_seat_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rating__gte", 1), ("rating__lt", 6)), name="feedback_rating_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="feedback_answer_has_time",
                    ),
                ],
            },
        ),
    ]
