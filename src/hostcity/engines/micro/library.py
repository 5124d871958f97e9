"""JuPedSim, PedPy and shapely: the extra ``hostcity[micro]``, imported when it is needed and not before."""

from __future__ import annotations

import importlib
from types import ModuleType

from hostcity.plan.sentences import Sentence

NEWEST = 2  # major version of JuPedSim that works otherwise


class MicroMissingError(OSError):
    """The extra is not there, or not in a version that works: says what, and what to install. With a code."""

    def __init__(self, code: str, said: Sentence) -> None:
        super().__init__(said)
        self.code = code


def need_micro() -> None:
    """Raise `MicroMissingError` unless all of the extra can be imported."""
    for name in ("shapely", "jupedsim", "pedpy"):
        _imported(name)


def jupedsim() -> ModuleType:
    """JuPedSim. Raises `MicroMissingError`."""
    found = _imported("jupedsim")
    if int(found.__version__.split(".")[0]) >= NEWEST:
        said = Sentence(
            "JuPedSim {version} is installed; hostcity needs one below 2. Install it: pip install 'hostcity[micro]'.",
            version=found.__version__,
        )
        raise MicroMissingError("micro.version", said)
    return found


def pedpy() -> ModuleType:
    """PedPy. Raises `MicroMissingError`."""
    return _imported("pedpy")


def shapely() -> ModuleType:
    """Shapely. Raises `MicroMissingError`."""
    return _imported("shapely")


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        said = Sentence(
            "The microscope needs {name}, which cannot be imported: {why}. Install it: pip install 'hostcity[micro]'.",
            name=name, why=str(error).rstrip("."),
        )  # fmt: skip
        raise MicroMissingError("micro.missing", said) from None
