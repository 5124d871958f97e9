"""Who would like to serve: the call for volunteers, texts of consent, trainings, applications."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hostcity.volunteers.models.applications


class Migration(migrations.Migration):
    """Four tables. That who is accredited has an account, and who withdrew has no data, are constraints."""

    dependencies = [
        ("core", "0009_job_figures"),
        ("volunteers", "0003_attendance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text_en", models.TextField()),
                ("text_zh", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_open", models.BooleanField(default=False)),
                ("closes_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="volunteers.consent"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=200)),
                ("name_zh", models.CharField(blank=True, max_length=200)),
                ("post_classes", models.JSONField(default=list)),
                ("starts_at", models.DateTimeField()),
                ("place", models.CharField(max_length=200)),
                ("capacity", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=hostcity.volunteers.models.applications.new_application_code,
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "applied"),
                            ("interview", "invited to an interview"),
                            ("training", "booked for a training"),
                            ("accredited", "accredited"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="applied",
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150)),
                ("phone", models.CharField(blank=True, max_length=32)),
                ("campus", models.CharField(blank=True, max_length=100)),
                ("university", models.CharField(blank=True, max_length=150)),
                ("languages", models.JSONField(default=dict)),
                ("seats", models.JSONField(default=list)),
                ("away", models.JSONField(default=list)),
                ("uniform", models.CharField(default="none", max_length=8)),
                ("is_minor", models.BooleanField(default=False)),
                ("language", models.CharField(default="en", max_length=10)),
                ("phone_key", models.CharField(blank=True, max_length=64)),
                ("name_key", models.CharField(blank=True, max_length=64)),
                ("secret_sha256", models.CharField(blank=True, max_length=64)),
                ("consented_at", models.DateTimeField()),
                ("interview_at", models.DateTimeField(blank=True, null=True)),
                ("interview_place", models.CharField(blank=True, max_length=200)),
                ("zones", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.edition"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="volunteers.consent"
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="volunteers.training",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("edition", "number"), name="consent_number_once"),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(fields=("edition",), name="opening_once"),
        ),
        migrations.AddIndex(
            model_name="training",
            index=models.Index(fields=["edition", "starts_at", "id"], name="training_order"),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.UniqueConstraint(fields=("edition", "code"), name="training_code_once"),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(condition=models.Q(("capacity__gte", 1)), name="training_has_places"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["edition", "state", "created_at", "id"], name="application_by_state"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["edition", "created_at", "id"], name="application_order"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["edition", "phone_key"], name="application_by_phone"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["edition", "name_key"], name="application_by_name"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("edition", "code"), name="application_code_once"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("secret_sha256", ""), _negated=True),
                fields=("secret_sha256",),
                name="application_secret_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("edition", "person"),
                name="application_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["applied", "interview", "training", "accredited", "refused", "withdrawn"])
                ),
                name="application_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("state", "accredited")),
                    models.Q(models.Q(("state", "accredited"), _negated=True), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="application_accredited_has_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(
                        ("campus", ""),
                        ("name", ""),
                        ("name_key", ""),
                        ("phone", ""),
                        ("phone_key", ""),
                        ("secret_sha256", ""),
                        ("university", ""),
                    ),
                    _connector="OR",
                ),
                name="application_withdrawn_is_empty",
            ),
        ),
    ]
