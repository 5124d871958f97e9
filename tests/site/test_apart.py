"""What is done in a process apart ends with who asked for it."""

import subprocess
import sys

from hostcity.site.apart import apart

ASKING = """
import os, time
from hostcity.site.apart import apart

def told():
    print(os.getpid(), flush=True)
    time.sleep(600)

apart(told)
"""


def test_what_is_found_apart_comes_back():
    assert apart(max, 2, 3) == 3


def test_it_ends_with_who_asked_though_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE, text=True) as process:
        assert int(process.stdout.readline()) != process.pid
        process.kill()
        process.communicate(timeout=180)  # the pipe ends when nobody holds it any more
