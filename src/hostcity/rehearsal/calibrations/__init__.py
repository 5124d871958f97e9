"""Calibrations: counts of a live fair uploaded, figures fitted by the worker, what was fitted taken over with one button."""
