"""What the rehearsal capability puts into core's registries."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Edition
from hostcity.core.registries import HomeCard, JobKind, MenuEntry, Subject, registries
from hostcity.rehearsal import cards, policy
from hostcity.rehearsal.advice.documents import advice_documents
from hostcity.rehearsal.advice.services import JOB as ADVICE_JOB
from hostcity.rehearsal.calendar import rehearsal_times
from hostcity.rehearsal.calibrations.documents import calibration_documents
from hostcity.rehearsal.calibrations.queries import blobs_of_counts
from hostcity.rehearsal.calibrations.services import JOB as CALIBRATION_JOB
from hostcity.rehearsal.documents import finding_documents, rehearsal_documents
from hostcity.rehearsal.looks.documents import look_documents
from hostcity.rehearsal.looks.services import JOB as LOOK_JOB
from hostcity.rehearsal.queries import names_of_results
from hostcity.rehearsal.scenarios.documents import KIND as SCENARIO_KIND
from hostcity.rehearsal.scenarios.documents import scenario_documents
from hostcity.rehearsal.scenarios.queries import blobs_of_scenarios
from hostcity.rehearsal.scenarios.trials import JOB as SCENARIO_JOB
from hostcity.rehearsal.words import ACT_NAMES, ACT_WORDS, NOTICE_WORDS

PLAY = JobKind(
    name="rehearsal.play",
    title=_("Rehearsal"),
    run="hostcity.rehearsal.jobs.play",
    complete="hostcity.rehearsal.jobs.play_done",
    warm="hostcity.rehearsal.jobs.warm",
    prepare="hostcity.rehearsal.jobs.prepare",
    most_mib=2048,
    most_seconds=900,
)
#: The day as planned and possible days beside it, one after the other in one child: a job begins no processes.
PLAY_MANY = JobKind(
    name="rehearsal.play_many",
    title=_("Rehearsal of many days"),
    run="hostcity.rehearsal.jobs.play",
    complete="hostcity.rehearsal.jobs.play_done",
    most_mib=2048,
    most_seconds=4 * 3600,
)
#: Studies play some hundred days in one child: hours, where a day has 230,000 persons.
ADVISE = JobKind(
    name=ADVICE_JOB,
    title=_("Advice"),
    run="hostcity.rehearsal.advice.jobs.advise",
    complete="hostcity.rehearsal.advice.jobs.done",
    most_mib=2048,
    most_seconds=12 * 3600,
)
CALIBRATE = JobKind(
    name=CALIBRATION_JOB,
    title=_("Calibration"),
    run="hostcity.rehearsal.calibrations.jobs.calibrate",
    complete="hostcity.rehearsal.calibrations.jobs.done",
    most_mib=2048,
    most_seconds=12 * 3600,
)
#: A day on which every move is kept, then some hundred persons in the plane, and the trials of an opening.
LOOK = JobKind(
    name=LOOK_JOB,
    title=_("Look through the microscope"),
    run="hostcity.rehearsal.looks.jobs.look",
    complete="hostcity.rehearsal.looks.jobs.done",
    most_mib=2048,
    most_seconds=3600,
)
SCENARIO = JobKind(
    name=SCENARIO_JOB,
    title=_("Trying a scenario's file"),
    run="hostcity.rehearsal.scenarios.trials.run",
    most_mib=512,
    most_seconds=20,
)
COMPARE = JobKind(
    name="rehearsal.compare",
    title=_("Comparison of two rehearsals"),
    run="hostcity.rehearsal.jobs.compare",
    complete="hostcity.rehearsal.jobs.compare_done",
    most_mib=2048,
    most_seconds=7200,
)


def _page_of(name: str):
    def path(edition: Edition, key: str) -> str:
        return reverse(name, kwargs={"edition": edition.code, "key": key})

    return path


for kind in (PLAY, PLAY_MANY, COMPARE, ADVISE, CALIBRATE, LOOK, SCENARIO):
    registries.job_kinds[kind.name] = kind
registries.menu.extend(
    [
        MenuEntry(
            label=_("Rehearsals"), url_name="rehearsals", action=policy.SEE_REHEARSALS, icon="rehearsal", order=30
        ),
        MenuEntry(label=_("Findings"), url_name="findings", action=policy.SEE_FINDINGS, icon="finding", order=40),
    ]
)
registries.home_cards.extend([
    HomeCard(
        code="last-rehearsal", template="rehearsal/cards/last.html", look_up=cards.last_verdict,
        action=policy.SEE_REHEARSALS, order=20, on_wall=True, on_paper=cards.verdict_on_paper,
    ),
    HomeCard(
        code="open-findings", template="rehearsal/cards/open.html", look_up=cards.what_is_open,
        action=policy.SEE_FINDINGS, order=30, on_wall=True, on_paper=cards.open_on_paper,
    ),
])  # fmt: skip
registries.calendar_sources.append(rehearsal_times)
registries.search_sources.update(
    {
        "rehearsal": rehearsal_documents,
        "finding": finding_documents,
        "advice": advice_documents,
        "calibration": calibration_documents,
        "look": look_documents,
        SCENARIO_KIND: scenario_documents,
    }
)
registries.blob_sources.extend([blobs_of_scenarios, blobs_of_counts])
registries.result_names.append(names_of_results)
registries.kind_words.update(
    {
        "rehearsal": _("Rehearsals"),
        "comparison": _("Comparisons"),
        "finding": _("Findings"),
        "advice": _("Advice"),
        "calibration": _("Calibrations"),
        "look": _("Looks through the microscope"),
        "scenario": _("Scenarios"),
        "scenario-trial": _("Uploaded scenarios"),
    }
)
registries.act_words.update(ACT_WORDS)
registries.act_names.update(ACT_NAMES)
registries.subjects.extend(
    [
        Subject(
            "rehearsals",
            _("Rehearsals and studies"),
            ("rehearsal", "comparison", "advice", "calibration", "look", "scenario"),
            order=20,
        ),
        Subject("findings", _("Findings"), ("finding",), order=30),
    ]
)
registries.notice_words.update(NOTICE_WORDS)
registries.evidence_kinds["rehearsal"] = _("rehearsal")
registries.subject_urls.update(
    {
        name: _page_of(name)
        for name in ("rehearsal", "comparison", "finding", "advice", "calibration", "look", "scenario")
    }
)
registries.subject_urls["scenario-trial"] = lambda edition, _key: reverse("scenario-upload", args=[edition.code])
