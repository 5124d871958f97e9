"""What is rostered in cells, what is missing there, and what one head more is worth."""

from __future__ import annotations

from hostcity.engines.rosters._kernels.compiled import entry, kernel


@kernel
def missing_at(c, line, cell, load):
    """Harm of what is missing in one line of a cell."""
    x = max(load / c.step, 0.0)
    low = int(x)
    if low >= c.slope.shape[1]:
        return 0.0
    needed = c.needed[line, cell]
    return c.weight[line, cell] * (c.missing[needed, low] - (x - low) * c.step * c.slope[needed, low])


@kernel
def price_at(c, line, cell, load, blur):
    """What attendance is worth there. ``blur`` heads about a kink slopes pass over into one another; 0 = the worth of a whole head."""
    if blur == 0.0:
        return (missing_at(c, line, cell, load) - missing_at(c, line, cell, load + c.step)) / c.step
    x = max(load / c.step, 0.0)
    near, needed, many = int(x + 0.5), c.needed[line, cell], c.slope.shape[1]
    if 1 <= near < many and abs(x - near) < blur:
        part = (x - near + blur) / (2 * blur)
        return c.weight[line, cell] * (c.slope[needed, near - 1] * (1 - part) + c.slope[needed, near] * part)
    return c.weight[line, cell] * c.slope[needed, int(x)] if int(x) < many else 0.0


@kernel
def add_plan(m, unit, plan, share, load):
    """Add a share of a unit's plan to the loads of cells."""
    for cell in plan:
        if cell >= 0:
            for line in range(load.shape[0]):
                load[line, cell] += share * m.gives[unit, m.trait[line, cell % m.posts]]


@kernel
def set_prices(c, plan, load, price, blur):
    """Renew the prices of a plan's cells."""
    for cell in plan:
        if cell >= 0:
            for line in range(load.shape[0]):
                if c.weight[line, cell] > 0.0:
                    price[line, cell] = price_at(c, line, cell, load[line, cell], blur)


@entry
def set_all_prices(c, load, price, blur):
    """Renew all prices."""
    for line in range(load.shape[0]):
        for cell in range(load.shape[1]):
            price[line, cell] = price_at(c, line, cell, load[line, cell], blur) if c.weight[line, cell] > 0.0 else 0.0


@kernel
def harm_of(c, plan, load):
    """Harm of what is missing in a plan's cells."""
    harm = 0.0
    for cell in plan:
        if cell >= 0:
            for line in range(load.shape[0]):
                if c.weight[line, cell] > 0.0:
                    harm += missing_at(c, line, cell, load[line, cell])
    return harm


@entry
def all_harm(c, load):
    """Harm of what is missing in all cells."""
    harm = 0.0
    for line in range(load.shape[0]):
        for cell in range(load.shape[1]):
            if c.weight[line, cell] > 0.0:
                harm += missing_at(c, line, cell, load[line, cell])
    return harm
