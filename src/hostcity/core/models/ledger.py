"""The ledger: one append-only, hash-chained line per act, numbered per edition in commit order."""

from __future__ import annotations

from django.db import models

from hostcity.core.models.scoped import EditionRow, scoped_manager


class LedgerHead(models.Model):
    """Last number and hash of an edition's ledger; its lock is taken last, so that commit order is number order."""

    edition = models.OneToOneField("core.Edition", on_delete=models.PROTECT, primary_key=True, related_name="head")
    number = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="0" * 64)
    poll_key = models.CharField(max_length=40, unique=True)  # names the edition in the address that pages poll

    objects = models.Manager()


class ActQuerySet(models.QuerySet["Act"]):
    """Filters of acts."""

    def of(self, kind: str, key: str) -> ActQuerySet:
        """The history of one object."""
        return self.filter(subject_kind=kind, subject_key=key)

    def since(self, number: int) -> ActQuerySet:
        """What came after a number."""
        return self.filter(number__gt=number)


class Act(EditionRow):
    """Who did what to which object, and when. Never changed or deleted: triggers of the database refuse it."""

    number = models.BigIntegerField()
    at = models.DateTimeField()
    by_code = models.CharField(max_length=12, blank=True)  # "" = the system
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=120)
    body = models.JSONField(default=dict)
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    objects = scoped_manager(ActQuerySet)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="act_number_once")]
        indexes = [
            models.Index(fields=["edition", "subject_kind", "subject_key", "number"], name="act_of_subject"),
            models.Index(fields=["edition", "by_code", "number"], name="act_of_person"),
            models.Index(fields=["edition", "at"], name="act_at"),
        ]
