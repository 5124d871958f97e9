"""Runs of a day, one by one or many at a time: here, on two processes, or on a Dask cluster. Always the same results."""

from hostcity.studies.runs.pool import Pool, PoolError
from hostcity.studies.runs.work import RunResult, Work, play_run

__all__ = ["Pool", "PoolError", "RunResult", "Work", "play_run"]
