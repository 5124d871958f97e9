"""How kernels are compiled.

Two kinds. What Python calls gets a wrapper that takes Python's arguments apart; what only other kernels call goes without,
for where arguments are records of fifty arrays the wrapper is several times as long as the kernel: half of all
that was compiled. Calling such a kernel from Python is an error in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numba as nb

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
