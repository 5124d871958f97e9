"""The smallest day leaves nothing to be compiled for the first real one."""

import subprocess
import sys

from hostcity.plan import problems_of
from hostcity.rehearsal.warming import smallest_day
from hostcity.studies import rehearse

AFTERWARDS = """
import threading, time
from pathlib import Path
import django; django.setup()
from hostcity.plan import read_plan
from hostcity.rehearsal.jobs import prepare, warm
warm(); prepare()
from numba.core import event
counted = []
class Counter(event.Listener):
    def on_start(self, event): counted.append(event.data)
    def on_end(self, event): pass
from hostcity.report.page import page_of
from hostcity.studies import rehearse
with event.install_listener("numba:compile", Counter()):
    page_of(rehearse(read_plan(Path("examples/tiny")), seed=1))
assert threading.active_count() == 1, threading.enumerate()
print(len(counted))
"""


def test_the_smallest_day_can_be_played():
    assert problems_of(smallest_day()) == ()
    played = rehearse(smallest_day(), seed=1)
    assert played.day.is_valid
    assert played.verdict.entries == 5


def test_nothing_is_left_to_compile_and_no_thread_stands_in_the_way_of_forking():
    done = subprocess.run([sys.executable, "-c", AFTERWARDS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
