"""What the report's package gives, in whatever order its parts are imported."""

import itertools
import subprocess
import sys

import pytest

NAMES = ("check_folder", "summary", "write_report")
PARTS = ("hostcity.report.folder", "hostcity.report.summing_up", "hostcity.report.words")


#: Every order, every part first: each a process of its own, so not each with each.
TRIED = [(PARTS[n % len(PARTS)], order) for n, order in enumerate(itertools.permutations(NAMES))]


@pytest.mark.parametrize(("before", "order"), TRIED, ids=str)
def test_its_names_are_functions_in_any_order(before, order):
    code = f"import {before}\nfrom hostcity.report import {', '.join(order)}\nassert all(map(callable, ({', '.join(order)})))"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_name_that_there_is_not():
    with pytest.raises(ImportError):
        from hostcity.report import nothing  # noqa: F401
