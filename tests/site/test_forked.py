"""A process that is a copy: in a process of its own, for the tests' one has threads."""

import subprocess
import sys

from tests.site.commands import ROOT

PROGRAM = """
import os, signal, subprocess, sys, time
import structlog
from hostcity.site.forked import Forked
from hostcity.site.jobs_process import JobsProcess

structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
signal.signal(signal.SIGTERM, lambda *_: print("a handler of the parent's"))
told, tell = os.pipe()

def live():
    os.write(tell, repr([os.getpgid(0) == os.getpid(), os.read(0, 1), signal.getsignal(signal.SIGTERM)]).encode())
    time.sleep(600)

def wait_for(jobs):
    while jobs.process.poll() is None:
        time.sleep(0.01)

child = Forked(live)
print(os.read(told, 100).decode())
try:
    child.wait(0.1)
except subprocess.TimeoutExpired:
    print("lives", child.poll())
child.terminate()
print(child.wait(120), child.poll(), signal.pthread_sigmask(signal.SIG_BLOCK, ()))
child.kill()  # another may have its number now

print([Forked(lambda: None).wait(120), Forked(lambda: os._exit(3)).wait(120)])
gone = Forked(lambda: None)
os.waitpid(gone.pid, 0)  # as gunicorn's arbiter does
print(gone.poll())

jobs = JobsProcess(lambda: Forked(live))
jobs.tend()
first = jobs.process
first.kill()
wait_for(jobs)
jobs.tend()
print(jobs.process, jobs.pause_s)
jobs._not_before = 0.0
jobs.tend()
print(jobs.process.pid != first.pid)
jobs.ask_to_end()
jobs.end()
print(jobs.process.poll())
"""


def test_a_copy_stands_as_if_it_were_started_anew():
    ran = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines() == [
        "[True, b'', <Handlers.SIG_DFL: 0>]",
        "lives None",
        "-15 -15 set()",
        "[0, 3]",
        "0",
        "None 2.0",
        "True",
        "-15",
    ], ran.stderr
