"""Many days, and what they say about the plan: verdicts, comparisons, advice."""

from hostcity.studies.rehearsal import Rehearsal, rehearse

__all__ = ["Rehearsal", "rehearse"]
