"""Acts on faces: how far they are, what is wrong with them, which are planned."""

from hostcity.venue.signs.services.states import check_face, mend_face, move_faces, report_fault

__all__ = ["check_face", "mend_face", "move_faces", "report_fault"]
