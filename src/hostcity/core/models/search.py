"""What can be found: one document per object, its words cut so that both databases find Chinese."""

from __future__ import annotations

from django.db import models

from hostcity.core.models.scoped import EditionRow


class SearchDoc(EditionRow):
    """One object that can be found. Its tokens (search/words.py) feed the index of migration 0003."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    action = models.CharField(max_length=60)  # who may not do it, does not find it
    title_en = models.CharField(max_length=300)
    title_zh = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=300)
    title_tokens = models.TextField(blank=True)  # of titles and key
    tokens = models.TextField(blank=True)  # of everything else

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "key"], name="search_doc_once")]
