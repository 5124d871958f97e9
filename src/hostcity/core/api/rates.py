"""How often somebody may ask: a bucket per program or person that refills evenly.

In the memory of each web process: a count in the database would make every read a write. A site with several web
processes lets through that many times more, which is still a bound.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KNOWN = 10_000


@dataclass(slots=True)
class Rate:
    """At most ``burst`` requests at once and ``per_s`` a second over a longer time, for each key."""

    burst: int
    per_s: float
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)  # key -> (left, when)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_s(self, key: str) -> int:
        """Count a request: 0 when it may go on, else the seconds after which one may."""
        with self._lock:
            now = self.clock()
            left, when = self._left.pop(key, (float(self.burst), now))
            left = min(self.burst, left + (now - when) * self.per_s)
            may = left >= 1
            self._left[key] = (left - 1 if may else left, now)
            while len(self._left) > MOST_KNOWN:
                self._left.popitem(last=False)
            return 0 if may else math.ceil((1 - left) / self.per_s)

    def forget(self) -> None:
        """Begin anew (for tests)."""
        with self._lock:
            self._left.clear()


#: Known people and programs; and, by address, who is not known.
KNOWN = Rate(burst=300, per_s=20)
UNKNOWN = Rate(burst=30, per_s=0.5)
