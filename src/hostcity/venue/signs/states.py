"""How far a face is, and what may come next: one step forward at a time, back with a reason, checked with a photo."""

from __future__ import annotations

from hostcity.plan.rows import FACE_STATES, FAULTS, Face

#: What a face must be before something can be wrong with it.
CAN_FAIL = ("made", "installed", "checked")
#: Faults that can be reported.
REAL_FAULTS = tuple(each for each in FAULTS if each != "none")
CHECKED, INSTALLED, APPROVED = "checked", "installed", "approved"
#: The states of faces that somebody still has to put up or look at.
TO_DO = ("approved", "made", "installed")


def next_of(face: Face) -> str:
    """The state that comes next; "" = it is through, or has a fault that must be mended before it is put up or checked."""
    if face.state == CHECKED or (face.fault != "none" and face.state in CAN_FAIL):
        return ""
    return FACE_STATES[FACE_STATES.index(face.state) + 1]


def is_back(face: Face, to: str) -> bool:
    """Whether a state is one that the face had before."""
    return FACE_STATES.index(to) < FACE_STATES.index(face.state)


def before(face: Face) -> tuple[str, ...]:
    """The states to which a face can go back."""
    return FACE_STATES[: FACE_STATES.index(face.state)]


def needs_approval(face: Face, to: str) -> bool:
    """Whether it takes who approves faces: to approve one, and to take that back."""
    return to == APPROVED or FACE_STATES.index(to) < FACE_STATES.index(APPROVED)
