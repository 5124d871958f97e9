"""A workbook that is good until a test spoils it."""

import pytest

from hostcity.plan import write_workbook
from tests.fairs import small_fair


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "expo.xlsx"
    write_workbook(small_fair(), path)
    return path.read_bytes()


@pytest.fixture
def workbook(tmp_path, written):
    path = tmp_path / "expo.xlsx"
    path.write_bytes(written)
    return path
