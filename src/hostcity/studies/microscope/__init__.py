"""The microscope: a piece of a played day, every person in the plane, its figures beside the day's."""

from hostcity.studies.microscope.asked import Asked, asked_of
from hostcity.studies.microscope.beside import Beside
from hostcity.studies.microscope.microscope import Offer, Seen, look_at

__all__ = ["Asked", "Beside", "Offer", "Seen", "asked_of", "look_at"]
