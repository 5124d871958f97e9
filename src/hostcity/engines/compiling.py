"""How kernels are compiled.

Two kinds. What Python calls gets a wrapper that takes Python's arguments apart; what only other kernels call goes without,
for where arguments are records of fifty arrays the wrapper is several times as long as the kernel: half of all
that was compiled. Calling such a kernel from Python is an error in words.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numba as nb
from numba.core import config
from numba.core.caching import CacheImpl, UserWideCacheLocator

from hostcity.engines.cache import ENGINES, cache_folder


class KernelLocator(UserWideCacheLocator):
    """Keeps compiled kernels of an engine by what its sources say, not by where they lie on this machine.

    Whatever is in the folder was compiled from these sources, so nothing has to be compared: see `hostcity.engines.cache`.
    """

    def __init__(self, py_func: Any, py_file: str) -> None:
        self._py_file = py_file
        self._lineno = py_func.__code__.co_firstlineno
        self._cache_path = str(cache_folder(Path(py_file).resolve().relative_to(ENGINES.resolve()).parts[0]))

    def get_source_stamp(self) -> str:
        """The same for all that is in the folder."""
        return "as the folder says"

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> KernelLocator | None:
        """For kernels of the engines; functions of other packages are kept where numba keeps them."""
        path = Path(py_file).resolve()
        if path.parent.name != "_kernels" or not path.is_relative_to(ENGINES.resolve()):
            return None
        found: KernelLocator | None = super().from_function(py_func, py_file)  # type: ignore[no-untyped-call] # numba's own
        return found


LOCATORS = ",".join(f"{each.__module__}.{each.__qualname__}" for each in (KernelLocator, *CacheImpl._locator_classes))
setattr(config, "CACHE_LOCATOR_CLASSES", LOCATORS)  # noqa: B010 -- numba's types do not know it
njit: Any = nb.njit  # numba's types do not know every option of its compiler


def called_by_kernels(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A decorator for kernels that other kernels call and Python never does; options as of ``numba.njit``."""
    compiled = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **options)

    def decorate(function: Callable[..., Any]) -> Any:
        kernel = compiled(function)
        # numba would call what is not there: it is kept out of the table of what Python may call.
        kernel._insert = _not_noted
        kernel._compile_for_args = _Refusal(function.__qualname__)
        return kernel

    return decorate


def called_by_python(**options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A decorator for kernels that Python calls (other kernels may, too); options as of ``numba.njit``."""
    decorate: Callable[[Callable[..., Any]], Any] = njit(no_cfunc_wrapper=True, **options)
    return decorate


def _not_noted(*_arguments: Any) -> None:
    pass


class _Refusal:
    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, *_arguments: Any, **_named: Any) -> NoReturn:
        raise TypeError(f"{self.name} is compiled for other kernels alone: to call it from Python make it an entry")
