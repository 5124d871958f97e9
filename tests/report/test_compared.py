"""Figures of a comparison in words."""

import pytest

from hostcity.report.compared import FIGURES, compared_name


@pytest.mark.parametrize("figure", FIGURES)
def test_a_unit_in_chinese_stands_in_chinese_brackets(figure):
    name = compared_name(figure)
    assert "[" in name.en or figure == "last_out_s"
    assert "[" not in name.zh
    assert "min" not in name.zh
