"""Acts in a process of their own, so that what they import and remember is gone with it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What an act gives or raises, done in a child process. Only for a process without threads: it is forked."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as child:
        return child.submit(act, *args, **kwargs).result()
