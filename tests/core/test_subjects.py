"""Choosing among verbs and actions by subject."""

import re

import pytest
from django.utils import translation
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.deliveries.forms import AddWebhook
from hostcity.core.models import Webhook
from hostcity.core.models.people import Role
from hostcity.core.registries import registries
from hostcity.core.subjects import act_name, by_subject
from tests import people

FORM = {"name": "Duty group", "url": "https://93.184.216.34/hook", "form": "json"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_act_has_a_name_of_its_own_and_a_subject(language):
    with translation.override(language):
        names = [str(act_name(verb)) for verb in registries.act_words]
        found = by_subject((verb, verb) for verb in [*registries.act_words, *policy.MATRIX])
    assert [name for name in names if re.fullmatch(r"[a-z]+\.[a-z-]+", name)] == []
    assert len(set(names)) == len(names)
    assert [subject.code for subject, _ in found if subject.order >= 1000] == []
    assert [subject.code for subject, _ in found][:3] == ["plan", "rehearsals", "findings"]


def test_the_box_of_a_subject_is_all_of_it():
    form = AddWebhook(FORM | {"verbs": ["findings.*", "finding.add", "plan.import"]})
    assert form.is_valid()
    assert form.cleaned_data["verbs"] == ["finding.add", "finding.change", "finding.undo", "plan.import"]
    assert not AddWebhook(FORM | {"verbs": ["nothing.*"]}).is_valid()


@pytest.mark.django_db
def test_a_webhook_of_subjects_says_in_words_what_it_is_told_of():
    client = people.signed_in(people.person(Role.ADMINISTRATOR, people.edition()))
    page = client.get("/e/fair/webhooks/add/").content.decode()
    assert re.search(r'<fieldset class="subject"><legend>Findings</legend>.*?data-whole', page, re.S)
    answer = client.post("/e/fair/webhooks/add/", FORM | {"verbs": ["findings.*"]})
    with scopes_disabled():
        assert Webhook.objects.get().verbs == ["finding.add", "finding.change", "finding.undo"]
    assert "finding marked" in client.get(answer.url).content.decode()
