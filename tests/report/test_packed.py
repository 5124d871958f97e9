"""What is packed for the page can be unpacked."""

import base64
import gzip
import json

import numpy as np
import pytest

from hostcity.report.packed import NEVER, NOBODY, pack, seconds, steps, whole

READ = {"u8": np.uint8, "u16": np.uint16, "u32": np.uint32, "f32": np.float32}


def unpack(text):
    """As frontend/src/unpack.ts does it."""
    raw = gzip.decompress(base64.b64decode(text))
    length = int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4 : 4 + length])
    arrays = {
        name: np.frombuffer(raw, READ[kind], count, 4 + length + offset)
        for name, (kind, offset, count) in head.pop("arrays").items()
    }
    return head, arrays


def test_head_and_arrays_come_back():
    head = {"name": "第二届", "n": 3}
    arrays = {
        "a": np.arange(5, dtype=np.uint8),
        "b": np.array([1, 70_000], np.uint32),
        "c": np.array([[0.5, 1.5]], np.float32),
        "d": np.zeros(0, np.uint16),
    }
    got_head, got = unpack(pack(head, arrays))
    assert got_head == head
    for name, array in arrays.items():
        assert got[name].dtype == array.dtype
        assert got[name].tolist() == array.ravel().tolist()


def test_the_same_gives_the_same_text():
    arrays = {"a": np.arange(100, dtype=np.uint16)}
    assert pack({}, arrays) == pack({}, arrays)


@pytest.mark.parametrize(("most", "kind"), [(255, np.uint8), (256, np.uint16), (65_536, np.uint32)])
def test_counts_take_the_shortest_type(most, kind):
    assert whole(np.array([0, most])).dtype == kind
    assert whole(np.array([0, most])).tolist() == [0, most]


def test_seconds_keep_nobody_and_never_apart_from_long_waits():
    waits = np.array([0.4, 1.6, np.nan, np.inf, 1e6])
    assert seconds(waits).tolist() == [0, 2, NOBODY, NEVER, NEVER - 1]


def test_steps_are_rounded_and_capped():
    assert steps(np.array([0.0, 0.029, 1.0, 99.0], np.float32), 0.02).tolist() == [0, 1, 50, 255]
