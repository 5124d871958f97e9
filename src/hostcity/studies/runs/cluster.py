"""Runs on a Dask cluster: the same command and the same results, on as many machines as the cluster has.

Only the plan (once), run numbers and reduced results travel. A worker that would compute other results is refused.
Needs the extra ``hostcity[dask]``.
"""

from __future__ import annotations

import gc
import itertools
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hostcity.plan.sentences import Sentence
from hostcity.studies.runs.platform import differences, fingerprint
from hostcity.studies.runs.pool import MOST_ATTEMPTS, PoolError, Task
from hostcity.studies.runs.work import RunResult, Work

CONNECT_S = 10.0
FETCH_S = 10.0  # for the reduced result of a run
LOOK_S = 2.0  # how often workers that come and go are looked for
ALONE_S = 60.0  # how long to wait for a worker when all are gone
AHEAD = 2  # runs handed out for each thread of a worker


class DaskPool:
    """The workers of a Dask scheduler that compute as this process does.

    Attributes
    ----------
    refused
        What differs, by the address of each worker that was refused.
    """

    def __init__(self, address: str, *, on_refused: Callable[[str, tuple[str, ...]], None] | None = None) -> None:
        """Connect to ``address``, e.g. ``tcp://10.0.0.5:8786``.

        Raises PoolError when the library is missing, nobody answers, or every worker is refused.
        """
        try:
            from distributed import Client
        except ImportError:
            said = Sentence("Dask is not installed. Install it: pip install 'hostcity[dask]'.")
            raise PoolError("dask.missing", said) from None
        self.address = address
        self.refused: dict[str, tuple[str, ...]] = {}
        self._on_refused = on_refused
        self._known: dict[str, int] = {}  # threads of the workers that are taken
        self._client = _connected(Client, address)
        try:
            self._look()
            if not self._known:
                raise PoolError("dask.no_worker", self._nobody())
        except BaseException:
            self.close()
            raise

    @property
    def workers(self) -> tuple[str, ...]:
        """Addresses of those that play."""
        return tuple(sorted(self._known))

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, RunResult]]:
        """See `Pool.play`."""
        left = iter(tasks)
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        out: dict[Any, Task] = {}  # futures by what they play
        lost: Counter[Task] = Counter()
        again: list[Task] = []
        carried: dict[str, str] = {}  # names of the plans that the workers have
        seen = set(self._known)  # the workers when runs were last taken back from those that are gone
        try:
            while True:
                room = max(0, AHEAD * sum(self._known.values()) - len(out))
                for task in [again.pop(0) for _ in again[:room]] or list(itertools.islice(left, room)):
                    out[self._submit(self._carried(task[0], carried), task, ended)] = task
                if not out and not again:
                    return
                future = self._next(ended, seen)
                if future is None:
                    seen = set(self._known)
                    again += self._taken_back(out)
                    continue
                ended_task = out.pop(future, None)
                if ended_task is None:  # taken back before: it is played elsewhere
                    continue
                result = self._fetched(future)
                if result is not None:
                    yield ended_task, result
                    continue
                again.append(ended_task)
                if future.status != "error":  # lost with its worker, perhaps when it had been played already
                    future.cancel()
                    self._look()
                    continue
                lost[ended_task] += 1
                if lost[ended_task] >= MOST_ATTEMPTS:
                    raise PoolError("runs.lost", _lost(ended_task[1], lost[ended_task], future))
                self._look()
        finally:
            for future in out:
                future.cancel()
            for name in carried.values():
                self._client.unregister_worker_plugin(name)

    def _carried(self, work: Work, carried: dict[str, str]) -> str:
        """The name of a work's plan on the workers, which have it from now on."""
        if work.plan_json not in carried:
            from hostcity.studies.runs.carried import Carried

            plugin = Carried(work.plan_json)
            self._client.register_plugin(plugin)
            carried[work.plan_json] = plugin.name
        return carried[work.plan_json]

    def _submit(self, name: str, task: Task, ended: queue.SimpleQueue[Any]) -> Any:
        from hostcity.studies.runs.carried import play_carried

        work, run = task
        future = self._client.submit(
            play_carried,
            name,
            work.seed,
            work.changes,
            work.asked,
            run,
            workers=list(self._known),
            allow_other_workers=False,
            pure=False,
            retries=0,
        )
        future.add_done_callback(ended.put)
        return future

    def _fetched(self, future: Any) -> RunResult | None:
        """What a task gave; None when it failed, or its worker is gone before it gave it away."""
        if future.status != "finished":
            return None
        try:
            result: RunResult = future.result(timeout=FETCH_S)
        except (TimeoutError, OSError, RuntimeError):
            return None
        return result

    def _next(self, ended: queue.SimpleQueue[Any], seen: set[str]) -> Any:
        """A future that has ended, or None when nothing ends and the workers are no longer those that were seen."""
        since = time.monotonic()
        while True:
            try:
                return ended.get(timeout=LOOK_S)
            except queue.Empty:
                self._look()
                if self._known and set(self._known) != seen:
                    return None
                if not self._known and time.monotonic() - since > ALONE_S:
                    raise PoolError("dask.no_worker", self._nobody()) from None

    def _taken_back(self, out: dict[Any, Task]) -> list[Task]:
        """Runs that no worker plays now; they are handed out anew to the workers that there are."""
        playing = {
            key for keys in (self._client.processing() or {}).values() for key in map(str, keys)
        }  # fmt: skip
        back = [future for future in out if str(future.key) not in playing and future.status == "pending"]
        tasks = []
        for future in back:
            tasks.append(out.pop(future))
            future.cancel()
        return tasks

    def _look(self) -> None:
        """Learn which workers there are, and refuse those that would compute other results."""
        there = self._client.scheduler_info(n_workers=-1)["workers"]
        self._known = {address: threads for address, threads in self._known.items() if address in there}
        new = [address for address in there if address not in self._known and address not in self.refused]
        if not new:
            return
        mine = fingerprint()
        answers = self._client.run(fingerprint, workers=new, on_error="return")
        for address in sorted(new):
            theirs = answers.get(address)
            if isinstance(theirs, dict):
                different = differences(mine, theirs)
            elif theirs is None:
                continue  # gone again
            else:
                different = (f"hostcity cannot be imported there: {theirs}",)
            if different:
                self.refused[address] = different
                if self._on_refused:
                    self._on_refused(address, different)
            else:
                self._known[address] = int(there[address]["nthreads"])

    def _nobody(self) -> Sentence:
        if not self.refused:
            return Sentence(
                "The scheduler at {address} has no workers. Start some: dask worker {address}.", address=self.address
            )
        each = "; ".join(f"{address}: {', '.join(different)}" for address, different in sorted(self.refused.items()))
        return Sentence(
            "No worker at {address} computes as this process does ({each}). Install the same versions there, "
            "on the same kind of processor.", address=self.address, each=each,
        )  # fmt: skip

    def close(self) -> None:
        """See `Pool.close`; the cluster itself goes on."""
        self._client.close()


def _connected(make: Any, address: str) -> Any:
    """A client of the scheduler at ``address``; raises PoolError.

    A client that could not connect is closed when it is thrown away as garbage, under the very lock that is held while
    another starts: if that happened in the midst of a start, both would wait forever. So garbage is thrown away before and
    afterwards, and not meanwhile.
    """
    why = ""
    gc.collect()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return make(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError, AssertionError) as error:  # the last: its loop did not start in time
        why = str(error).rstrip(".") or type(error).__name__
    finally:
        if was_enabled:
            gc.enable()
    gc.collect()
    said = Sentence(
        "No Dask scheduler answers at {address}: {why}. Check the address, and that the scheduler runs: "
        "dask scheduler.", address=address, why=why,
    )  # fmt: skip
    raise PoolError("dask.unreachable", said)


def _lost(run: int, times: int, future: Any) -> Sentence:
    return Sentence(
        "Run {run} failed {times} times on the cluster, the last time with: {why}. Look into the workers' logs.",
        run=run, times=times, why=str(future.exception()) or type(future.exception()).__name__,
    )  # fmt: skip
