"""Calibration: assumed figures fitted to counts of a live fair, with ranges, and what the counts cannot tell."""

from hostcity.studies.calibration.calibrate import calibrate, most_played
from hostcity.studies.calibration.counts import Counts, read_counts
from hostcity.studies.calibration.findings import Calibration, Fitted
from hostcity.studies.calibration.parameters import Parameter, asked_parameters, declared_parameters

__all__ = [
    "Calibration", "Counts", "Fitted", "Parameter", "asked_parameters", "calibrate", "declared_parameters", "most_played",
    "read_counts",
]  # fmt: skip
