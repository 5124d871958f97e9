"""Every finding of the audit on a crossing where it is plain to see, and none where all is well."""

import dataclasses

import pytest

from hostcity.plan.rows import Stand
from hostcity.studies.signs import audit_faces
from tests.studies.signs.crossing import crossing, face

GOOD = face("F1", "A left", "B right", "C ahead", "wc ahead")
NORTH = {"x_m": 0.0, "y_m": 100.0}
ON = face("F2", "C right", "wc left", **NORTH)
CORNER = face("F3", "C left", x_m=50.0, y_m=100.0, bearing_deg=270.0)


def codes(*faces, **more):
    return [problem.code for problem in audit_faces(crossing(*faces, **more))]


def test_faces_that_lead_there_have_nothing_wrong():
    assert codes(GOOD, ON, CORNER) == []
    assert codes() == []


def test_a_stand_below_the_line_of_sight_hides_nothing_and_one_above_it_hides():
    def stand(height_m):
        return Stand(
            code="S1", area="hub", outline=((-3.0, 44.0), (3.0, 44.0), (3.0, 46.0), (-3.0, 46.0)), height_m=height_m
        )

    assert codes(GOOD, ON, CORNER, stands=(stand(1.5),)) == []
    assert codes(GOOD, ON, CORNER, stands=(stand(3.4),)) == ["faces.x_m.hidden"]
    (problem,) = audit_faces(crossing(GOOD, ON, CORNER, stands=(stand(3.4),)))
    assert "stand S1" in problem.what
    assert (problem.level, problem.at, problem.row) == ("0", (0.0, 50.0), 1)


@pytest.mark.parametrize(
    ("faces", "found"),
    [
        ((face("F1", "A left", fault="damaged"),), ["faces.fault.open"]),
        ((face("F1"),), ["faces.code.blank"]),
        ((face("F1", "A left", y_m=20.0, x_m=80.0),), ["faces.x_m.away"]),
        ((face("F1", "A left", bearing_deg=180.0, x_m=-50.0),), ["faces.bearing_deg.unread"]),
        ((face("F1", "A left", letter_mm=20.0),), ["faces.letter_mm.small"]),
        ((face("F1", "A right"),), ["face_lines.arrow.astray"]),
        ((face("F1", "A back"),), ["face_lines.arrow.astray"]),
        ((face("F1", "A up"),), ["face_lines.arrow.dead"]),
        ((face("F1", "B right"), face("F2", "B ahead")), ["face_lines.arrow.astray", "face_lines.arrow.contradicts"]),
        ((face("F1", "C ahead"),), ["face_lines.face.gap"]),
        ((GOOD, CORNER, face("F2", "wc left", **NORTH)), ["face_lines.face.gap"]),
        ((ON, CORNER), []),  # straight on to the first face: no turn without the name
        ((CORNER,), ["face_lines.face.early"]),
        (
            (face("F1", "C ahead"), face("F2", "C back", **NORTH), face("F3", "C ahead", bearing_deg=0.0)),
            ["face_lines.arrow.astray", "face_lines.arrow.astray", "face_lines.arrow.circle"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_code(faces, found):
    assert codes(*faces) == found


@pytest.mark.parametrize(
    ("faces", "said"),
    [
        ((face("F1", "A left", fault="damaged"),), "face F1 is damaged: it guides nobody."),
        ((face("F1", "A up"),), "line F1-1 points up, where there is no way."),
    ],
)
def test_a_sentence_says_what_its_code_is(faces, said):
    (problem,) = audit_faces(crossing(*faces))
    assert str(problem.what) == said


def test_faces_that_send_people_to_one_another_lead_in_a_circle():
    """North of the middle one is sent back, in the middle north again."""
    back = face("F2", "A back", **NORTH)
    north = face("F1", "A back", bearing_deg=0.0)
    found = codes(north, back)
    assert found.count("face_lines.arrow.astray") == 1  # to A one does go back from the north, but not from the middle
    assert "face_lines.arrow.circle" in found


def test_one_name_for_one_place():
    other = dataclasses.replace(ON[1][0], name_en="C pavilion")
    (problem,) = audit_faces(crossing(GOOD, (ON[0], (other, ON[1][1])), face("F4", "C right", **NORTH), CORNER))
    assert (problem.code, problem.sheet, problem.column) == ("face_lines.name_en.differs", "face_lines", "name_en")


def test_what_no_way_leads_to():
    plan = crossing(GOOD, ON, CORNER)
    cut = plan.replace(links=tuple(link for link in plan.links if link.code != "corner-far"))
    assert {problem.code for problem in audit_faces(cut)} == {"face_lines.arrow.no_way"}
