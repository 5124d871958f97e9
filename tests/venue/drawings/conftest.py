"""Drawings of the small venue, as contractors send them."""

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.venue.drawings import services
from tests import people
from tests.plan.dxf.drawings import document, line, rectangle, stand, text, text_of

#: The ground level of tests.venue.halls, with a stand moved by a meter, a new one, and one without a number.
DRAWN = (
    *stand("A-01", 6, 5, 12, 8), *stand("A-02", 12.25, 5, 18.25, 8), *stand("A-03", 20, 12, 26, 15), rectangle(28, 12, 32, 15),
    line((18, 0), (22, 0)), text("door", (20, 0.3), "门号"),
)  # fmt: skip
LAYERS = {"展位": "stand", "展位号": "stand_number", "门": "opening", "门号": "opening_number"}
MAP = {"level": "0", "layers": LAYERS}


def dxf(*draw):
    """The bytes of a drawing."""
    return text_of(document(*(draw or DRAWN)))


@pytest.fixture
def bring(drawn, planner):
    """Bring a drawing in and have it read, with a map of its layers if one is given."""

    def bring_it(data=None, name="hall.dxf", layers=MAP):
        job = run(services.start_reading(edition=drawn, name=name, data=data or dxf(), by=planner))
        if job.state != "done" or job.answer["step"] != "layers" or layers is None:
            return job
        return run(services.map_layers(edition=drawn, job=job, layer_map=layers, by=planner))

    return bring_it


def run(job):
    """The job after the worker had it."""
    run_now(job)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)
