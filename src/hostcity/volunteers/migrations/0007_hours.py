"""Times of coming and leaving that two people put right, with what was before; an attendance says that its times were given."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table, a column, another way to have come."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0006_acceptance"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("was_in", models.DateTimeField(null=True)),
                ("was_out", models.DateTimeField(null=True)),
                ("was_corrected", models.BooleanField(default=False)),
                ("to_in", models.DateTimeField()),
                ("to_out", models.DateTimeField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("by_code", models.CharField(max_length=12)),
                ("second_code", models.CharField(max_length=12)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="attendance",
            name="attendance_how_known",
        ),
        migrations.AddField(
            model_name="attendance",
            name="is_corrected",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="how",
            field=models.CharField(
                choices=[
                    ("code", "by the code"),
                    ("qr", "by scanning"),
                    ("leader", "by hand"),
                    ("self", "by themselves"),
                    ("synced", "told later"),
                    ("corrected", "by a correction"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["code", "qr", "leader", "self", "synced", "corrected"])),
                name="attendance_how_known",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="edition",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["edition", "volunteer", "day", "band"], name="correction_by_seat"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="correction_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_code", models.F("second_code")), _negated=True), name="correction_by_two"
            ),
        ),
    ]
