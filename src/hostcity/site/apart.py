"""Acts in a process of their own, so that what they import and remember is gone with it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

from hostcity.site.parent import end_with_parent

P = ParamSpec("P")
T = TypeVar("T")


def apart(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What an act gives or raises, done in a child process. Only for a process without threads: it is forked."""
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=fork, initializer=end_with_parent, initargs=(os.getpid(),)) as child:
        return child.submit(act, *args, **kwargs).result()
