"""A plan as the words of a command line ask for it: its file, scenarios that happen in it, changes to it."""

from __future__ import annotations

import re
from pathlib import Path

from hostcity.plan import Plan, PlanError, problems_of, read_plan, read_plan_in_work
from hostcity.plan.overrides import THE_OVERRIDES, split_changes, try_overrides
from hostcity.plan.scenarios import find_scenario, scenario_files, scenarios_of
from hostcity.plan.sentences import Sentence
from hostcity.site.command.plan_files import as_path


def opened(path: Path, changes: list[str] | None, scenarios: list[str] | None = None) -> Plan:
    """A plan on which scenarios happen, and then changed."""
    plan, _ = scenarios_of(read_plan(path), [find_scenario(path, each) for each in scenarios or ()])
    return changed(plan, changes or [])


def opened_in_work(path: Path, changes: list[str] | None, scenarios: list[str] | None = None) -> Plan:
    """The same of a plan whose rows need not fit one another yet; one that is changed must."""
    if changes or scenarios:
        return opened(path, changes, scenarios)
    return read_plan_in_work(path).with_usual_model().plan


def changed(plan: Plan, changes: list[str]) -> Plan:
    if not changes:
        return plan
    changed, of_changes = try_overrides(plan, changes)
    of_plan = problems_of(changed, lambda _sheet, _index: 0)  # no row of the file is to blame
    if of_changes or of_plan:
        of = Sentence("the plan with its changes") if of_plan else THE_OVERRIDES
        raise PlanError((*of_changes, *of_plan), of, changed)
    return changed


def with_signs(plan: Plan, signs: str | None) -> Plan:
    """The plan with newcomers who turn wrong, with its own faces ("plan"), "none", or those of another plan; None = as it is.

    Raises PlanError where the other plan's faces do not fit this one's areas and nodes.
    """
    if signs is None:
        return plan
    from hostcity.studies.signs.hanging import with_only_faces
    from hostcity.studies.wrong_turns import erring

    erred = erring(plan)
    if signs == "plan":
        return erred
    if signs == "none":
        return with_only_faces(erred, (), ())
    other = read_plan(as_path(signs))
    erred = with_only_faces(erred, other.faces, other.face_lines)
    if problems := problems_of(erred, lambda _sheet, _index: 0):
        raise PlanError(problems, Sentence("the plan with its changes"))
    return erred


def other_plan(
    a: Path, plan_a: Plan, b: str, changes: list[str] | None, scenarios: list[str] | None
) -> tuple[Plan, str]:
    """The plan that is compared with A, and its name: changes to A, a scenario of A, or a plan of its own."""
    if _is_change(b):
        return changed(plan_a, split_changes(b)), b
    is_scenario = b.endswith(".toml") or any(each.stem == b for each in scenario_files(a))
    if is_scenario and not Path(b).is_dir():
        plan_b, _ = scenarios_of(plan_a, [find_scenario(a, b)])
        return plan_b, b
    return opened(as_path(b), changes, scenarios), b


def _is_change(text: str) -> bool:
    try:
        return "=" in text and not Path(text).exists()
    except (OSError, ValueError):  # many changes are longer than any file name
        return True


def folder_of(plan: Plan) -> Path:
    """A folder here, named after the edition; a code may hold what a file name may not."""
    return Path("rehearsal-" + re.sub(r"[^\w-]+", "-", plan.day.code)[:100])
