"""The microscope's engine: a small piece of the venue, every person in the plane, by JuPedSim and PedPy.

`play_cut_out` gives the `Trajectories` of a `CutOut`, `measure` the figures of them, `try_opening` what an opening lets
through at most. All need the extra ``hostcity[micro]``; importing this needs nothing.
"""

from hostcity.engines.micro.cut_out import MOST_PERSONS, MOST_S, Arm, CutOut, Lanes, Persons
from hostcity.engines.micro.floor import Floor, floor_of
from hostcity.engines.micro.library import MicroMissingError, need_micro
from hostcity.engines.micro.measures import Measures, measure
from hostcity.engines.micro.opening import OpeningTrial, try_opening
from hostcity.engines.micro.play import play_cut_out
from hostcity.engines.micro.trajectories import Trajectories

__all__ = [
    "MOST_PERSONS", "MOST_S", "Arm", "CutOut", "Floor", "Lanes", "Measures", "MicroMissingError", "OpeningTrial", "Persons",
    "Trajectories", "floor_of", "measure", "need_micro", "play_cut_out", "try_opening",
]  # fmt: skip
