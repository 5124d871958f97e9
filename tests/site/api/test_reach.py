"""Everything that the pages do can be done by the API: every service is reached by an operation, or it is said why not."""

import ast
from pathlib import Path

import hostcity

ROOT = Path(hostcity.__file__).parent
SERVICES = sorted(
    path
    for pattern in ("*/services.py", "*/*/services.py", "*/services/*.py", "*/*/services/*.py")
    for path in ROOT.glob(pattern)
    if path.name != "__init__.py"
)
MORE = [
    ROOT / "core" / name
    for name in ("plan_rows/imports.py", "plan_rows/undo.py", "people/parties.py", "people/imports.py")
]
API = sorted([*ROOT.glob("**/api.py"), *ROOT.glob("**/*_api.py"), *ROOT.glob("site/api/*.py")])

#: Services that no operation calls, each with the reason.
NOT_BY_API = {
    "enqueue": "part of the acts that need work done",
    "replace_plan": "part of an import; a whole plan comes by apply_import",
    "import_people": "part of apply_import, by the worker",
    "import_plan": "of the command line, which has no worker; by the API a file is tried first",
    "record_import": "part of apply_import",
    "require_may_give": "checks",
    "set_width": "of the map's card; by the API a column of the row is changed",
    "reopen_place": "of the map's card; by the API the closure's row is removed",
    "bring_progress": "of the demonstration; what is told here is told task by task",
    "require_report": "checks",
    "keep_evidence": "part of acts on tasks",
    "ended": "part of acts on tasks",
    "keep_file": "of the demonstration; by the API a file is tried first",
}


def functions(path: Path) -> set[str]:
    """Names of a module's acts: public functions that ask by whom."""
    return {
        each.name
        for each in ast.parse(path.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef)
        and not each.name.startswith("_")
        and "by" in {argument.arg for argument in [*each.args.kwonlyargs, *each.args.args]}
    }


def called(path: Path) -> set[str]:
    """Names that a module calls, by name or as an attribute of a module."""
    names = set()
    for each in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(each, ast.Call):
            target = each.func
            names.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
        if isinstance(each, ast.ImportFrom):
            names |= {alias.name for alias in each.names if alias.asname}
    return names


def test_there_are_services_and_operations():
    assert len(SERVICES) > 8
    assert len(API) > 10


def test_every_service_is_reached_by_the_api_or_it_is_said_why_not():
    services = {name: path for path in [*SERVICES, *MORE] for name in functions(path)}
    reached = set().union(*(called(path) for path in API))
    missing = {name: str(path.relative_to(ROOT)) for name, path in services.items() if name not in reached}
    assert {name: path for name, path in missing.items() if name not in NOT_BY_API} == {}


def test_no_exception_is_left_over():
    services = {name for path in [*SERVICES, *MORE] for name in functions(path)}
    reached = set().union(*(called(path) for path in API))
    assert set(NOT_BY_API) - services == set()
    assert set(NOT_BY_API) & reached == set()
