"""Workers say that they are alive, so that `hostcity doctor` sees one that has nothing to do."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """One small table; what a worker last said stands nowhere else while it has nothing to do."""

    dependencies = [("core", "0005_wall_screen")]

    operations = [
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
