from django.db import migrations, models


class Migration(migrations.Migration):
    """A comparison plays six runs of each unless asked otherwise: of fewer nothing is called clear."""

    dependencies = [("rehearsal", "0005_calibrations")]
    operations = [
        migrations.AlterField(model_name="comparison", name="runs", field=models.PositiveSmallIntegerField(default=6)),
    ]
