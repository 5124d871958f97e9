"""The page of a cut-out, its pictures, and what its replay is given."""

import base64
import gzip
import json
import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest

from hostcity.report.microscope_data import crowd_data, microscope_data
from hostcity.report.microscope_page import microscope_page, write_microscope
from hostcity.report.microscope_picture import dots, picture_of
from hostcity.report.microscope_words import beside_name, beside_note
from hostcity.studies.microscope import Beside, asked_of, look_at
from hostcity.studies.microscope.beside import FIGURES
from tests.report.test_page import FETCHES
from tests.studies.microscope.days import tiny

pytest.importorskip("jupedsim")
pytest.importorskip("pedpy")


@cache
def seen():
    plan, _, _ = tiny()
    return look_at(plan, asked_of(plan, "security", "09:30", 3), trials=0)


def unpacked(text):
    raw = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4 : 4 + length])
    types = {"u8": np.uint8, "u16": np.uint16, "u32": np.uint32, "f32": np.float32}
    arrays = {
        name: np.frombuffer(raw, types[kind], count, 4 + length + offset)
        for name, (kind, offset, count) in head["arrays"].items()
    }
    return head, arrays


def test_the_replay_is_given_everybody_once_a_second_to_the_centimeter():
    played = seen().played
    head, arrays = unpacked(crowd_data(seen(), 0))
    assert head["every_s"] == 1.0
    assert head["clock"][:2] == ["09:30:00", "09:30:01"]
    assert len(head["clock"]) == arrays["first"].size - 1 == 181
    frame, rows = 60, slice(*arrays["first"][60:62])
    theirs = slice(*played.first[2 * frame : 2 * frame + 2])
    assert arrays["person"][rows].tolist() == played.person[theirs].tolist()
    np.testing.assert_allclose(head["west_m"] + 0.01 * arrays["east"][rows], played.x_m[theirs], atol=0.006)
    np.testing.assert_allclose(head["south_m"] + 0.01 * arrays["north"][rows], played.y_m[theirs], atol=0.006)
    assert set(arrays["queues"].tolist()) == {0, 1}


def test_the_picture_has_every_person_in_view_and_the_densest_square():
    drawn = picture_of(seen())
    assert (drawn.walking + drawn.queueing).count("M") == np.diff(seen().played.first)[drawn.shown]
    assert len(drawn.mouths) == len(drawn.labels) == 3
    assert len(drawn.lines) == 3
    assert {each.text.en for each in drawn.labels} == {"arrival", "coaches", "badge"}
    assert drawn.densest is not None
    queueing = np.zeros(seen().played.person.size, bool)
    assert dots(seen(), 10, queueing)[1] == ""


def test_the_page_fetches_nothing_and_says_everything_twice():
    page = microscope_page(seen(), picture_of(seen()))
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert {each for each in FETCHES.findall(markup) if not each.startswith("#")} == set()
    assert page.count('<th scope="row">') == len(seen().beside)
    assert page.count('class="en"') == page.count('class="zh"') > 30
    assert "nan" not in re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL).lower()


def test_the_folder_has_pictures_in_both_languages(tmp_path):
    page = write_microscope(seen(), tmp_path / "seen")
    for language, word in (("en", "standing in a queue"), ("zh", "排队站立")):
        text = (page.parent / f"picture-{language}.svg").read_text("utf-8")
        root = ElementTree.fromstring(text)  # noqa: S314 -- we wrote it
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert word in text
    (page.parent / "mine").write_text("mine")
    with pytest.raises(FileExistsError):
        write_microscope(seen(), page.parent)


def test_the_same_seed_writes_the_same_page():
    assert crowd_data(seen(), 4) == crowd_data(seen(), 4)
    assert microscope_data(seen())["trajectories_sha256"] == seen().played.sha256


def test_every_figure_has_a_name_and_a_note_or_none():
    plan, _, _ = tiny()
    names = [beside_name(Beside(figure, 0.0, 0.0)).zh for figure in FIGURES]
    assert len(set(names)) == len(FIGURES)
    assert all(beside_note(plan, Beside(figure, 0.0, 0.0)) is not None for figure in FIGURES)
