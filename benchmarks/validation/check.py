"""What one check says, and the words that several checks share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.rows import markdown_table

#: The program does what the model says, and theory gives the answer.
VERIFICATION = "verification"
#: The figure was put into the plan: what is checked is that it comes out again.
CONSTRUCTION = "by construction"
#: A rule of the model stands beside what others say people do.
BEHAVIOR = "behavior"

RIMEA = "RiMEA guideline 4.1.1 (2025), test {}"
NIST = "NIST TN 1822 (2013), test {}, doi 10.6028/NIST.TN.1822; ISO 20414:2020"
WEIDMANN = "Weidmann (1993), Transporttechnik der Fussgänger, doi 10.3929/ethz-a-000687810"
SFPE = (
    "Gwynne & Rosenbaum, Employing the Hydraulic Model in Assessing Emergency Movement, SFPE Handbook, 5th ed. (2016), "
    "ch. 59, doi 10.1007/978-1-4939-2565-0_59"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One question with a known answer, and what the engine said."""

    name: str
    title: str
    kind: str
    figure: str
    expectation: str
    tolerance: str
    is_met: bool
    source: str
    note: str = ""

    @property
    def result(self) -> str:
        """met or not met."""
        return "met" if self.is_met else "**not met**"

    @property
    def repeat(self) -> str:
        """The command that plays this check alone."""
        return f"python -m benchmarks.validation {self.name}"


Play = Callable[[], Check]


def percent(share: float) -> str:
    """A difference in percent with its sign."""
    return f"{100.0 * share:+.2f} %"


def tables(checks: Sequence[Check]) -> str:
    """The table of figures, then for each check its source, its note and how to repeat it."""
    heading = ("check", "kind", "figure", "expectation", "tolerance", "result")
    rows = [(c.title, c.kind, c.figure, c.expectation, c.tolerance, c.result) for c in checks]
    met = sum(c.is_met for c in checks)
    sources = [(c.title, c.source, c.note, f"`{c.repeat}`") for c in checks]
    return "\n\n".join(
        [
            f"{met} of {len(checks)} are met.",
            markdown_table(heading, rows),
            "Where each comes from, and how to repeat it:",
            markdown_table(("check", "source", "to know", "repeat"), sources),
        ]
    )
