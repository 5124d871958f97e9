from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A rehearsal may play many possible days; those that stand have played one, as planned."""

    dependencies = [("rehearsal", "0001_initial")]

    operations = [
        migrations.AddField("rehearsal", "kept_runs", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("rehearsal", "runs", models.PositiveSmallIntegerField(default=1)),
        migrations.AddConstraint(
            "rehearsal", models.CheckConstraint(condition=Q(runs__gte=1, runs__lte=200), name="rehearsal_runs")
        ),
        migrations.AddConstraint(
            "rehearsal",
            models.CheckConstraint(
                condition=Q(kept_runs__isnull=True) | Q(kept_runs__lte=F("runs")), name="rehearsal_kept_of_runs"
            ),
        ),
    ]
