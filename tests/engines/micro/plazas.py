"""Small cut-outs for tests."""

import math

import numpy as np

from hostcity.engines.micro import Arm, CutOut, Lanes, Persons
from hostcity.engines.micro.cut_out import NOT_YET


def persons(count, **columns):
    """Persons who come a second apart by arm 0 and go by arm 1."""
    usual = {
        "key": np.arange(count),
        "speed_m_per_s": np.full(count, 1.34),
        "enter_s": np.arange(count, dtype=float),
        "from_arm": np.zeros(count, np.int32),
        "to_arm": np.ones(count, np.int32),
        "lanes": np.full(count, -1, np.int32),
        "service_s": np.full(count, np.nan),
        "state": np.full(count, NOT_YET, np.int32),
        "away_m": np.full(count, np.nan),
        "joined_s": np.full(count, np.nan),
    }
    return Persons(**{**usual, **columns})


def corridor(people, *, width_m=4.0, length_m=20.0, door_m=None, lasts_s=60.0):
    """From west to east, straight on; an opening in the middle."""
    arms = (
        Arm(code="west", bearing_rad=math.pi, width_m=width_m, length_m=length_m),
        Arm(code="east", bearing_rad=0.0, width_m=width_m, length_m=length_m, door_m=door_m),
    )
    return CutOut(arms=arms, lanes=(), persons=people, start_s=0.0, end_s=lasts_s)


def gate(people, *, lanes=2, lasts_s=120.0, opened=None):
    """Lanes before the arm to the east; people come from the west and the south."""
    arms = (
        Arm(code="west", bearing_rad=math.pi, width_m=6.0, length_m=20.0),
        Arm(code="east", bearing_rad=0.0, width_m=6.0, length_m=20.0),
        Arm(code="south", bearing_rad=-math.pi / 2, width_m=4.0, length_m=15.0),
    )
    from_s, opens = zip(*(opened or [(0.0, lanes)]), strict=True)
    row = Lanes(code="check", ahead=1, pitch_m=1.5, places=8, from_s=from_s, open=opens)
    return CutOut(arms=arms, lanes=(row,), persons=people, start_s=0.0, end_s=lasts_s)


def busy_gate(count=60, seed=1):
    """People from two sides, some of them there already, and a few who walk the other way."""
    draw = np.random.default_rng(seed)
    state = np.zeros(count, np.int32)
    state[:2], state[2:10], state[10:14], state[14:16] = 3, 2, 1, 4
    lanes = np.where((np.arange(count) % 9 == 8) | (state == 4), -1, 0).astype(np.int32)
    return gate(
        persons(
            count,
            speed_m_per_s=np.clip(draw.normal(1.34, 0.26, count), 0.6, 2.0),
            enter_s=np.sort(draw.uniform(0.0, 90.0, count)),
            from_arm=np.where(lanes < 0, 1, 2 * (np.arange(count) % 2)).astype(np.int32),
            to_arm=np.where((lanes < 0) & (state != 4), 0, 1).astype(np.int32),
            lanes=lanes,
            service_s=draw.gamma(4.0, 1.0, count),
            state=state,
            away_m=np.where((state == 1) | (state == 4), draw.uniform(8.0, 14.0, count), np.nan),
            joined_s=np.where((state == 2) | (state == 3), -np.arange(count)[::-1].astype(float), np.nan),
        )
    )
