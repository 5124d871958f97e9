"""Play a cut-out with JuPedSim."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.crowd import Crowd
from hostcity.engines.micro.cut_out import CutOut
from hostcity.engines.micro.floor import Floor, floor_of
from hostcity.engines.micro.trajectories import FRAME_S, Trajectories

STEP_S = 0.025  # a whole number of them makes a tick
TICK_S = 0.25  # how often people are let in and lanes looked after


def play_cut_out(
    cut_out: CutOut, *, floor: Floor | None = None, seed: int = 1, progress: Callable[[float], None] | None = None
) -> Trajectories:
    """Everybody of a cut-out walking in the plane, from its first moment to its last.

    The same cut-out and seed give the same trajectories on one platform.

    Parameters
    ----------
    floor
        Its walls, if they have been made already.
    seed
        Of where on an arm's width people come and go; everything else is the cut-out's own.
    progress
        Called with the share of the time that is done.

    Raises
    ------
    MicroMissingError
        Without the extra.

    Notes
    -----
    Collision-free speed model with JuPedSim's own parameters; cost about 8 microseconds for each person and step of
    `STEP_S`. Conservation: who came is gone or inside, tested.

    References
    ----------
    .. [1] Tordeux, Chraibi, Seyfried, "Collision-free speed model for pedestrian dynamics", Traffic and Granular Flow
       '15, 2016, 225-232. doi 10.1007/978-3-319-33482-0_29
    """
    crowd = Crowd(cut_out, floor or floor_of(cut_out.arms, cut_out.lanes), seed, STEP_S)
    ticks = round((cut_out.end_s - cut_out.start_s) / TICK_S)
    every = round(FRAME_S / TICK_S)
    frames: list[tuple[float, NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]] = []
    for tick in range(ticks + 1):
        now = cut_out.start_s + tick * TICK_S
        if tick:
            crowd.walk(round(TICK_S / STEP_S), now)
        if tick % every == 0 or tick == ticks:  # before anybody is let in, who would be in the last frame only
            frames.append((now, *crowd.places()))
        if tick < ticks:
            crowd.let_in(now)
        if progress and tick % 20 == 0:
            progress(tick / ticks)
    return Trajectories(
        frame_s=np.array([each[0] for each in frames]),
        first=np.cumsum([0, *(each[1].size for each in frames)]).astype(np.int32),
        person=np.concatenate([each[1] for each in frames]),
        x_m=np.concatenate([each[2][:, 0] for each in frames]),
        y_m=np.concatenate([each[2][:, 1] for each in frames]),
        came_s=crowd.came_s,
        served_from_s=crowd.served_from_s,
        served_s=crowd.served_s,
        went_s=crowd.went_s,
        in_line=np.concatenate([each[3] for each in frames]),
        held_out=crowd.held_out,
    )
