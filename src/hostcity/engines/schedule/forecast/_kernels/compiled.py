"""How kernels are compiled: none makes an array, and every one may run in a thread beside others."""

from __future__ import annotations

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel. It checks nothing: its public face does.
kernel = called_by_kernels(error_model="numpy", cache=True, nogil=True, _nrt=False)

#: The same for one that Python calls.
entry = called_by_python(error_model="numpy", cache=True, nogil=True, _nrt=False)

#: Compile an act that is spliced into the loops that call it: handing it all arrays would take longer than the act.
spliced = called_by_kernels(error_model="numpy", nogil=True, _nrt=False, forceinline=True)
