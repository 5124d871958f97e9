"""The roster as it holds: the plan's sheet of shifts in rows of its own, so that nobody can have two seats at once."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

FIELDS = ("code", "volunteer", "day", "band", "post", "is_locked")


def take_over(apps, _editor):
    """Rows that core kept. Of two for one seat the first holds: the plan's problems told of the other."""
    rows, shifts = apps.get_model("core", "PlanRow"), apps.get_model("volunteers", "Shift")
    kept = rows.objects.filter(sheet="shifts").order_by("edition", "position", "id")
    made = [
        shifts(
            edition_id=each.edition_id,
            position=each.position,
            version=each.version,
            **{name: each.body[name] for name in FIELDS},
        )
        for each in kept
        if each.body["post"] or each.body["is_locked"]
    ]
    shifts.objects.bulk_create(made, batch_size=2000, ignore_conflicts=True)
    kept.delete()


def give_back(apps, _editor):
    """Rows as core keeps them."""
    rows, shifts = apps.get_model("core", "PlanRow"), apps.get_model("volunteers", "Shift")
    made = [
        rows(
            edition_id=each.edition_id,
            sheet="shifts",
            key=each.code,
            position=each.position,
            version=each.version,
            body={name: getattr(each, name) for name in FIELDS},
        )
        for each in shifts.objects.order_by("edition", "position", "id")
    ]
    rows.objects.bulk_create(made, batch_size=2000)


class Migration(migrations.Migration):
    """One table; rows of the sheet that core kept so far move into it."""

    initial = True

    dependencies = [
        ("core", "0008_public_map"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100)),
                ("position", models.PositiveIntegerField()),
                ("volunteer", models.CharField(max_length=100)),
                ("day", models.CharField(max_length=100)),
                ("band", models.CharField(max_length=100)),
                ("post", models.CharField(blank=True, max_length=100)),
                ("is_locked", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "position", "id"], name="shift_order"),
                    models.Index(fields=["edition", "post", "day", "band"], name="shift_by_cell"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "code"), name="shift_code_once"),
                    models.UniqueConstraint(fields=("edition", "volunteer", "day", "band"), name="shift_seat_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("post", ""), _negated=True), ("is_locked", True), _connector="OR"),
                        name="shift_free_is_locked",
                    ),
                ],
            },
        ),
        migrations.RunPython(take_over, give_back),
    ]
