"""What was told, shown and decided of tasks, and what it adds up to: one row for each task, so that lists of thousands are quick."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four tables."""

    initial = True

    dependencies = [
        ("core", "0009_job_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_code", models.CharField(blank=True, max_length=12)),
                (
                    "verdict",
                    models.CharField(choices=[("accepted", "accepted"), ("refused", "not accepted")], max_length=10),
                ),
                ("department", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("seen", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=12)),
                ("undone_reason", models.TextField(blank=True, max_length=2000)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "task", "id"], name="decision_of_task")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["accepted", "refused"])), name="decision_verdict_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_code", models.CharField(blank=True, max_length=12)),
                ("kind", models.CharField(max_length=20)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True, max_length=2000)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("has_passed", models.BooleanField(default=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "task", "id"], name="evidence_of_task")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_code", models.CharField(blank=True, max_length=12)),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("started", "begun"),
                            ("going", "going well"),
                            ("finished", "finished"),
                            ("trouble", "in trouble"),
                        ],
                        max_length=10,
                    ),
                ),
                ("remaining_d", models.FloatField(blank=True, null=True)),
                ("note", models.TextField(blank=True, max_length=2000)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["edition", "task", "id"], name="report_of_task")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("word__in", ["started", "going", "finished", "trouble"])),
                        name="report_word_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("remaining_d__isnull", True), ("remaining_d__gte", 0), _connector="OR"),
                        name="report_remaining_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=100)),
                ("started_on", models.DateField(null=True)),
                ("finished_on", models.DateField(null=True)),
                ("remaining_d", models.FloatField(null=True)),
                ("remaining_on", models.DateField(null=True)),
                ("reported_on", models.DateField(null=True)),
                ("is_fine", models.BooleanField(default=False)),
                ("has_trouble", models.BooleanField(default=False)),
                ("evidence_on", models.DateField(null=True)),
                ("refused_on", models.DateField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "task"), name="task_state_once")],
            },
        ),
    ]
