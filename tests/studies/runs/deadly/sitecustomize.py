"""A process that finds this on its path dies at once, as under a limit of memory."""

import os
import sys

if "multiprocessing.spawn" in " ".join(sys.orig_argv):
    os.kill(os.getpid(), 9)
