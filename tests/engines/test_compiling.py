"""Kernels that Python does not call have no wrapper for it, and say so."""

import pytest

from hostcity.engines.compiling import called_by_kernels, called_by_python


@called_by_kernels()
def one_more(number):
    return number + 1


@called_by_python()
def two_more(number):
    return one_more(one_more(number))


def test_what_only_kernels_call_is_refused_to_python_before_and_after_it_is_compiled():
    with pytest.raises(TypeError, match="one_more is compiled for other kernels alone"):
        one_more(1)
    assert two_more(1) == 3
    with pytest.raises(TypeError, match="one_more is compiled for other kernels alone"):
        one_more(1)
