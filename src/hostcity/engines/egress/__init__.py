"""The egress engine: exits of a hall by distance, width and load."""

from hostcity.engines.egress.check import Egress, ExitUse, Limits, check_egress

__all__ = ["Egress", "ExitUse", "Limits", "check_egress"]
