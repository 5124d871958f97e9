from typing import Any

from django.db import migrations, models
from django_scopes import scopes_disabled

KINDS = ("rehearsal", "advice", "calibration", "look")


def number_them(apps: Any, _schema: Any) -> None:
    """In the order in which they were started."""
    with scopes_disabled():
        for kind in KINDS:
            rows, last = apps.get_model("rehearsal", kind)._base_manager, {}
            for key, edition in rows.order_by("pk").values_list("pk", "edition_id"):
                last[edition] = last.get(edition, 0) + 1
                rows.filter(pk=key).update(number=last[edition])


class Migration(migrations.Migration):
    """Rehearsals, advice, calibrations and looks are numbered within their edition. Addresses stay: they never had the number."""

    dependencies = [("rehearsal", "0007_looks")]

    operations = [
        *(migrations.AddField(kind, "number", models.PositiveIntegerField(null=True)) for kind in KINDS),
        migrations.RunPython(number_them, migrations.RunPython.noop),
        *(migrations.AlterField(kind, "number", models.PositiveIntegerField()) for kind in KINDS),
        *(
            migrations.AddConstraint(kind, models.UniqueConstraint(fields=["edition", "number"], name=f"{kind}_number"))
            for kind in KINDS
        ),
    ]
