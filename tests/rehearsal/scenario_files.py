"""Scenarios for the tiny fair."""

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.rehearsal.scenarios.services import keep_scenario, try_file

TEXTS = "\n".join(
    f'{key} = "{key} of it"' for key in ("title", "title_zh", "teaches", "teaches_zh", "source", "source_zh")
)
ROW = """
[[timeline]]
code = "crawl"
action = "service"
target = "W-security"
starts_at = 09:00:00
ends_at = 11:00:00
value = 3.0
"""
SLOW_TEXTS = """
title = "Slow checks"
title_zh = "安检变慢"
teaches = "A belt that fails for two hours costs the whole morning: the queue is still there when the belt runs again."
teaches_zh = "一台安检机停两小时，整个上午都受影响：恢复运行时队伍仍在。"
source = "Nothing was drilled: gate, time and factor are chosen here."
source_zh = "并无真实演练：入口、时段和系数均为此处设定。"
"""
SLOW = (SLOW_TEXTS + ROW).encode()
ONE_LANE = f'{TEXTS}\nset = ["stations.*-security.lanes=1"]\n'.encode()
#: Two things are wrong with it: a place that there is not, and a time that ends before it begins.
WRONG = (TEXTS + ROW.replace("W-security", "nowhere").replace("11:00", "08:00")).encode()


def tried(edition, by, data=SLOW, name="slow.toml"):
    """A trial that has ended."""
    job = try_file(edition=edition, name=name, data=data, by=by)
    run_now(job)
    return Job.objects.get(pk=job.pk)


def kept(edition, by, data=SLOW, name="slow.toml"):
    """A scenario that the edition keeps."""
    return keep_scenario(edition=edition, job=tried(edition, by, data, name), by=by)
