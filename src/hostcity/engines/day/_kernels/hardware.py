"""Four instructions that NumPy has no word for.

They take raw addresses: an array handed to an intrinsic in a hot loop would cost an atomic reference count each time.
"""

# mypy: disable-error-code="no-untyped-call,no-untyped-def,misc"

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

_I32 = ir.IntType(32)


@intrinsic
def touch(_context: Any, _address: Any):
    """Ask for the cache line at an address ahead of its use: a hint, it reads nothing and cannot fault."""

    def build(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        pointer = ir.PointerType(ir.IntType(8))
        kind = ir.FunctionType(ir.VoidType(), [pointer, _I32, _I32, _I32])
        call = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(call, [builder.inttoptr(args[0], pointer), _I32(0), _I32(3), _I32(1)])
        return context.get_dummy_value()

    return types.void(types.int64), build


@intrinsic
def due_of_sixteen(_context: Any, _address: Any, _limit: Any):
    """Bit k is set where the k-th of the sixteen float32 at an address is at most the limit."""

    def build(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        vector = ir.VectorType(ir.FloatType(), 16)
        sixteen = builder.load(builder.inttoptr(args[0], vector.as_pointer()))
        sixteen.align = 4
        empty = ir.Constant(vector, ir.Undefined)
        one = builder.insert_element(empty, args[1], _I32(0))
        limits = builder.shuffle_vector(one, empty, ir.Constant(ir.VectorType(_I32, 16), [0] * 16))
        is_due = builder.fcmp_ordered("<=", sixteen, limits)
        return builder.zext(builder.bitcast(is_due, ir.IntType(16)), ir.IntType(64))

    return types.int64(types.int64, types.float32), build


@intrinsic
def lowest_bit(_context: Any, _bits: Any):
    """Place of the lowest set bit; the argument is not 0."""

    def build(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.IntType(1)(1))

    return types.int64(types.int64), build


@intrinsic
def copy_sixteen(_context: Any, _onto: Any, _address: Any):
    """Copy the sixteen bytes at the second address onto the first."""

    def build(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        pointer = ir.VectorType(ir.IntType(64), 2).as_pointer()
        copied = builder.load(builder.inttoptr(args[1], pointer))
        copied.align = 4
        builder.store(copied, builder.inttoptr(args[0], pointer)).align = 4
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), build
