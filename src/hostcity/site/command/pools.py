"""Who plays many runs: this process, several of this machine, or a cluster."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hostcity.site.screens.words import Words

if TYPE_CHECKING:  # the engine is imported when a day is played
    from hostcity.studies.runs.pool import Pool


@contextmanager
def pool_for(runs: int, processes: int, dask: str | None, words: Words) -> Iterator[Pool | None]:
    """Who plays many runs; nobody for one."""
    if runs == 1 and dask is None:
        yield None
        return
    pool: Pool
    if dask is None and processes == 1:
        from hostcity.studies.runs.inline import InlinePool

        pool = InlinePool()
    elif dask is None:
        from hostcity.studies.runs.local import LocalPool

        pool = LocalPool(processes)
    else:
        from hostcity.studies.runs.cluster import DaskPool

        def tell(address: str, different: tuple[str, ...]) -> None:
            said = words("Worker {address} is not used, for it would compute other results: {different}.")
            print(said.format(address=address, different=", ".join(different)), file=sys.stderr)  # noqa: T201 -- a warning

        pool = DaskPool(dask, on_refused=tell)
    try:
        yield pool
    finally:
        pool.close()
