"""Runs on processes of this machine."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from hostcity.engines.cache import cache_folder
from hostcity.plan.sentences import Sentence
from hostcity.studies.runs.pool import MOST_ATTEMPTS, Pool, PoolError, Task
from hostcity.studies.runs.work import RunResult, play_run

AHEAD = 2  # runs handed out for each process, so that none waits for the next


class LocalPool:
    """Processes of this machine, begun when they are needed.

    One that is killed is replaced, and what it played is played again.
    """

    def __init__(self, processes: int = 2) -> None:
        if processes < 1:
            raise PoolError(
                "runs.processes", Sentence("{count} processes play nothing. Give at least 1.", count=processes)
            )
        self.processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, RunResult]]:
        """See `Pool.play`."""
        left = iter(tasks)
        again: list[Task] = []  # lost with their process
        lost: Counter[Task] = Counter()
        out: dict[Future[RunResult], Task] = {}
        # While the engine is not compiled, one process compiles it for all.
        ahead = self.processes * AHEAD if cache_folder().exists() else 1
        while True:
            room = max(0, ahead - len(out))
            for task in [again.pop(0) for _ in again[:room]] or list(itertools.islice(left, room)):
                try:
                    out[self._started().submit(play_run, *task)] = task
                except (BrokenProcessPool, OSError):  # the last of its processes has just died
                    lost[task] += 1
                    again.append(task)
            if not out and not again:
                return
            done = set() if again else wait(out, return_when=FIRST_COMPLETED).done
            for future in done:
                task = out.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    lost[task] += 1
                    again.append(task)
                    continue
                ahead = self.processes * AHEAD
                yield task, result
            if again:
                again += out.values()  # the executor is broken as a whole
                out.clear()
                self.close()
                _refuse_what_always_dies(lost)

    def pids(self) -> tuple[int, ...]:
        """Processes that play at the moment."""
        return tuple(self._executor._processes or ()) if self._executor else ()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Spawned: a forked process would inherit threads and locks of whoever asks for the runs.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self.processes, mp_context=context, initializer=_end_with_parent)
        return self._executor

    def close(self) -> None:
        """See `Pool.close`."""
        if self._executor is None:
            return
        executor, self._executor = self._executor, None
        for process in list((executor._processes or {}).values()):  # a run takes seconds, and nobody wants it any more
            process.terminate()
        executor.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """In each process: end when whoever asked for the runs is gone, though killed; it would wait for them for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def players(named: Pool | None) -> Iterator[Pool]:
    """Who is named, and left open; else two processes of this machine, ended afterwards."""
    if named is not None:
        yield named
        return
    pool = LocalPool()
    try:
        yield pool
    finally:
        pool.close()


def _refuse_what_always_dies(lost: Counter[Task]) -> None:
    for (_, run), times in lost.items():
        if times >= MOST_ATTEMPTS:
            said = Sentence(
                "Run {run} was lost {times} times with the process that played it. "
                "Look whether this machine runs out of memory, or give fewer processes.", run=run, times=times,
            )  # fmt: skip
            raise PoolError("runs.lost", said)
