"""How the kernels are compiled.

numba counts the references to an array with atomic instructions, one pair wherever an array gets another name: in
these loops that was 40 % of a day's time. Kernels only use arrays that their caller owns, so most of them are compiled
without counting; they can neither make arrays nor return them. Those that need working space say so.
"""

from __future__ import annotations

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel that makes no arrays (reshaped and converted ones included; parts of one are allowed).
kernel = called_by_kernels(error_model="numpy", cache=True, _nrt=False)

#: The same for one that Python calls.
entry = called_by_python(error_model="numpy", cache=True, _nrt=False)

#: Compile a kernel that makes arrays of its own. Not for what runs per person or per step.
making_kernel = called_by_kernels(error_model="numpy", cache=True, _nrt=True)

#: The same for one that Python calls.
making_entry = called_by_python(error_model="numpy", cache=True, _nrt=True)

#: Compile an act that is spliced into the loops that call it, however many arrays they hand it.
spliced = called_by_kernels(error_model="numpy", _nrt=False, forceinline=True)
