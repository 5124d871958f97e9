"""Scenarios: files beside a plan that say what goes wrong on its day, what was drilled so, and what it teaches.

A scenario is a TOML file: texts in both languages, overrides (`hostcity.plan.overrides`) under ``set``, and rows that are
added to the timeline. Its name is that of the file without ``.toml``.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostcity.plan.check import problems_of
from hostcity.plan.overrides import try_overrides
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import rows_of

FOLDER = "scenarios"  # beside the plan
SUFFIX = ".toml"
MOST_BYTES = 1024**2
MOST_CHANGES = 1000
TEXTS = ("title", "title_zh", "teaches", "teaches_zh", "source", "source_zh")
KEYS = (*TEXTS, "set", "timeline")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """What goes wrong on a day."""

    name: str
    sha256: str  # of the file's bytes
    title_en: str
    title_zh: str
    teaches_en: str
    teaches_zh: str
    source_en: str  # what was drilled really, where and when
    source_zh: str
    changes: tuple[str, ...] = ()  # overrides, as --set takes them
    timeline: tuple[Event, ...] = ()  # rows that are added


def scenario_files(plan_path: Path) -> tuple[Path, ...]:
    """The scenarios that lie beside a plan, by name."""
    folder = (plan_path if plan_path.is_dir() else plan_path.parent) / FOLDER
    return tuple(sorted(folder.glob(f"*{SUFFIX}"))) if folder.is_dir() else ()


def find_scenario(plan_path: Path, name: str) -> Path:
    """The file of a scenario: a path, or a name among those beside the plan. Raises PlanError with the names that there are."""
    known = {each.stem: each for each in scenario_files(plan_path)}
    if name in known:
        return known[name]
    try:
        if Path(name).is_file():
            return Path(name)
    except (OSError, ValueError):  # longer than any file name, or with a NUL
        pass
    near = difflib.get_close_matches(name, known, 1)
    if near:
        mend = Sentence("Did you mean {near}?", near=near[0])
    elif known:
        mend = Sentence("There are: {known}.", known=", ".join(known))
    else:
        mend = Sentence("Give a file, or put it into a folder {folder} beside the plan.", folder=FOLDER)
    what = Sentence("there is no scenario {name}.", name=repr(name[:80]))
    raise PlanError([Problem(code="scenario.unknown", what=what, mend=mend)], Sentence("the scenario"))


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file. Raises PlanError with every problem that it has by itself."""
    scenario, problems = _read(path.stem, _bytes(path))
    if problems:
        raise PlanError(problems, path.name)
    return scenario


def apply_scenario(plan: Plan, path: Path) -> tuple[Plan, Scenario]:
    """The plan on which the scenario of a file happens: first its overrides, then its rows of the timeline.

    Raises PlanError with every problem of the file, and of the plan with it; rows are counted as in the file.
    """
    return apply_scenario_bytes(plan, path.stem, _bytes(path))


def apply_scenario_bytes(plan: Plan, name: str, raw: bytes) -> tuple[Plan, Scenario]:
    """The same with the bytes of a file, of at most `MOST_BYTES`, that is called ``name``.toml."""
    changed, scenario, problems = _applied(plan, name, raw)
    if problems:
        raise PlanError(problems, name + SUFFIX)
    return changed, scenario


def try_scenario(plan: Plan, name: str, raw: bytes) -> tuple[Plan, Scenario]:
    """The same on a plan in work: what is wrong with the plan by itself is no problem of the scenario."""
    changed, scenario, problems = _applied(plan, name, raw)
    own = {_without_row(each) for each in problems_of(plan)} if problems else set()
    left = [each for each in problems if _without_row(each) not in own]
    if left:
        raise PlanError(left, name + SUFFIX)
    return changed, scenario


def in_file(name: str, problem: Problem) -> Problem:
    """A problem of a scenario that says in which file it is."""
    what = Sentence("{change}: {what}", change=", ".join((name + SUFFIX, *problem.places)), what=problem.what)
    return Problem(code=problem.code, what=what, mend=problem.mend)


def _without_row(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.sheet, problem.column, problem.what


def _applied(plan: Plan, name: str, raw: bytes) -> tuple[Plan, Scenario, Listing]:
    """The plan with a scenario, as far as both can be read, and all that is wrong with the plan then."""
    scenario, problems = _read(name, raw)
    changed = plan
    if scenario.changes:
        changed, of_changes = try_overrides(plan, scenario.changes)
        problems.add(*of_changes)
    before = len(changed.timeline)
    changed = changed.replace(timeline=changed.timeline + scenario.timeline)
    problems.add(*problems_of(changed, _rows_from(before)))
    return changed, scenario, problems


def _rows_from(before: int) -> Callable[[str, int], int]:
    """Row numbers of a plan to which a scenario added rows: its own are counted from 1, no row of the file is to blame."""
    return lambda sheet, index: index - before + 1 if sheet == "timeline" and index >= before else 0


def _read(name: str, raw: bytes) -> tuple[Scenario, Listing]:
    """A scenario as far as it can be read, and what is wrong with it."""
    problems = Listing()
    body = _toml(raw, name + SUFFIX)
    for key in body:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            mend = Sentence("Rename or delete it. Did you mean {near}?", near=near[0]) if near else Sentence(
                "Rename or delete it. A scenario has: {known}.", known=", ".join(KEYS)
            )  # fmt: skip
            problems.add(_problem("key", Sentence("{key} is nothing that a scenario has.", key=repr(key[:60])), mend))
    texts = {key: _text(body, key, problems) for key in TEXTS}
    changes = _changes(body.get("set", []), problems)
    events = _events(body.get("timeline", []), problems)
    if not problems and not changes and not events:
        what, mend = Sentence("changes nothing."), Sentence('Give it set = ["…"], or rows [[timeline]].')
        problems.add(_problem("empty", what, mend))
    scenario = Scenario(
        name=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        title_en=texts["title"],
        title_zh=texts["title_zh"],
        teaches_en=texts["teaches"],
        teaches_zh=texts["teaches_zh"],
        source_en=texts["source"],
        source_zh=texts["source_zh"],
        changes=changes,
        timeline=events,
    )
    return scenario, problems


def _problem(kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"scenario.{kind}", what=what, mend=mend)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        mend = Sentence("Give a file, or put it into a folder {folder} beside the plan.", folder=FOLDER)
        raise PlanError([_problem("not_found", Sentence("does not exist."), mend)], str(path))
    if path.stat().st_size > MOST_BYTES:
        mend = Sentence("Remove what does not belong to the scenario.")
        raise PlanError([_problem("size", Sentence("is larger than 1 MiB."), mend)], path.name)
    return path.read_bytes()


def _toml(raw: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = _problem("encoding", Sentence("is not UTF-8 text."), Sentence("Save it as UTF-8."))
    except tomllib.TOMLDecodeError as error:
        problem = _problem("syntax", Sentence("is not TOML: {error}.", error=str(error)), Sentence("Correct the text."))
    except (RecursionError, ValueError):  # numbers of more digits than can be read, times that there are not
        what = Sentence("holds numbers too long, or is nested too deeply.")
        problem = _problem("syntax", what, Sentence("Correct the text."))
    raise PlanError([problem], name)


def _text(body: dict[str, Any], key: str, problems: Listing) -> str:
    text = body.get(key)
    if isinstance(text, str) and text.strip():
        return " ".join(text.split())
    mend = Sentence("Write {key} = \"…\".", key=key)  # fmt: skip
    if text is None or text == "":
        problems.add(_problem("missing", Sentence("has no {key}.", key=key), mend))
    else:
        problems.add(_problem("text", Sentence("{key} is no text.", key=key), mend))
    return ""


def _changes(raw: Any, problems: Listing) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw) or len(raw) > MOST_CHANGES:
        what = Sentence("{key} is no list of at most {most} texts.", key="set", most=MOST_CHANGES)
        problems.add(_problem("set", what, Sentence('Write set = ["SHEET.KEY.FIELD=VALUE", …].')))
        return ()
    return tuple(raw)


def _events(raw: Any, problems: Listing) -> tuple[Event, ...]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        what = Sentence("{key} is no list of rows.", key="timeline")
        problems.add(_problem("timeline", what, Sentence("Write one [[timeline]] for each row.")))
        return ()
    read = rows_of("timeline", Event, list(enumerate(raw, 1)), problems)
    is_whole = (number not in read.stood_in for number in read.numbers)
    return tuple(row for row, whole in zip(read.rows, is_whole, strict=True) if whole)


def scenarios_of(plan: Plan, paths: Iterable[Path]) -> tuple[Plan, tuple[Scenario, ...]]:
    """The plan on which several scenarios happen, one after the other. Raises PlanError like `apply_scenario`."""
    found = []
    for path in paths:
        plan, scenario = apply_scenario(plan, path)
        found.append(scenario)
    return plan, tuple(found)
