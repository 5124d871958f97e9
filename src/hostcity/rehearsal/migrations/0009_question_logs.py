from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The chances of a right turn are fitted to logs of what people asked at information desks, from when until when."""

    dependencies = [("rehearsal", "0008_numbers")]

    operations = [
        migrations.AddField("calibration", "evidence", models.CharField(default="counts", max_length=10)),
        migrations.AddField("calibration", "starts", models.CharField(blank=True, default="", max_length=8)),
        migrations.AddField("calibration", "ends", models.CharField(blank=True, default="", max_length=8)),
        migrations.AddConstraint(
            "calibration",
            models.CheckConstraint(condition=Q(evidence__in=["counts", "questions"]), name="calibration_evidence"),
        ),
    ]
