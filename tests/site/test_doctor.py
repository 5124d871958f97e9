"""`hostcity doctor`: what it finds, and that it finds it."""

import json

import pytest

from tests.site.commands import TINY

pytestmark = pytest.mark.database


def found(site, *words, **environment):
    ran = site.run("doctor", "--json", *words, **environment)
    checks = json.loads(ran.stdout)["checks"]
    assert ran.returncode == int(any(each["state"] == "fail" for each in checks))
    assert all(each["mend"] for each in checks if each["state"] != "ok")
    worst = sorted(checks, key=lambda each: ["ok", "warn", "fail"].index(each["state"]))
    return {each["code"]: each["state"] for each in worst}


def take_guard_away(site):
    trigger = "core_act_append_only ON core_act" if site.database else "core_act_no_update"
    site.done_sql(f"DROP TRIGGER {trigger}")


def test_a_site_that_is_well(ready):
    states = found(ready, HOSTCITY_DURABLE="1")
    assert {code for code, state in states.items() if state == "fail"} == set()
    for code in ("settings.secret_key", "files.permissions", "database.reached", "database.migrations", "ledger.guard"):
        assert states[code] == "ok", code
    told = ready.done("doctor", "--lang", "zh", HOSTCITY_DURABLE="1")
    assert "数据库结构与程序相符" in told


def test_a_site_that_others_reach(ready):
    states = found(ready, "--deploy", HOSTCITY_DURABLE="1")
    assert states["settings.hosts"] == states["settings.https"] == states["settings.debug"] == "ok"
    assert states["people.second_factor"] == states["settings.mail"] == "warn"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"HOSTCITY_DEBUG": "1"}, "settings.debug"), ({"HOSTCITY_DEMO": "1"}, "settings.demo"),
        ({"HOSTCITY_HOSTS": "*"}, "settings.hosts"), ({"HOSTCITY_HOSTS": "localhost"}, "settings.hosts"),
        ({"HOSTCITY_HTTPS": "0"}, "settings.https"), ({"HOSTCITY_SECRET_KEY": "a" * 60}, "settings.secret_key"),
    ],
)  # fmt: skip
def test_unsafe_settings(ready, environment, code):
    assert found(ready, "--deploy", **environment)[code] == "fail"


def test_files_that_others_may_read(ready):
    (ready.home / "hostcity.env").chmod(0o644)
    assert found(ready)["files.permissions"] == "fail"


def test_a_database_that_is_not_there(ready):
    ready.database = "postgresql://nobody@127.0.0.1:1/none"
    states = found(ready)
    assert states["database.reached"] == "fail"
    assert not [code for code in states if code.startswith("ledger")]


def test_settings_that_cannot_be_read(ready):
    assert found(ready, HOSTCITY_NOTHING="1") == {"site.settings": "fail"}


def test_no_administrator_and_no_guard(begun):
    assert found(begun)["people.administrator"] == "fail"
    take_guard_away(begun)
    assert found(begun)["ledger.guard"] == "fail"


def test_changes_past_the_ledger(fair):
    """A row of the plan, and a line of the ledger itself, changed by somebody with the database's password."""
    fair.done("import", "fair-1", TINY)
    states = found(fair)
    assert states["ledger.chain"] == states["ledger.plan"] == "ok"
    fair.done_sql('UPDATE core_planrow SET body = \'{"code": "x"}\' WHERE id = (SELECT min(id) FROM core_planrow)')
    assert found(fair)["ledger.plan"] == "fail"
    take_guard_away(fair)
    fair.done_sql("UPDATE core_act SET by_code = 'P-SOMEBODY' WHERE id = (SELECT min(id) FROM core_act)")
    assert found(fair)["ledger.chain"] == "fail"


def test_jobs_that_nobody_does(ready):
    ready.done_sql(
        "INSERT INTO core_job (public_id, kind, arguments, dedupe_key, state, attempts, most_attempts, run_after,"
        " leased_by, progress, stage, is_cancel_asked, created_at, figures) VALUES"
        " ('0123456789abcdef0123456789abcdef', 'x', '{}', '', 'queued', 0, 3, '2026-01-01 00:00:00+00', '', 0, '',"
        " FALSE, '2026-01-01 00:00:00+00', '[]')"
    )
    assert found(ready)["jobs.worker"] == "fail"
    states = found(ready, "--deploy")
    assert (states["jobs.worker"], states["jobs.waiting"]) == ("fail", "warn")


def test_a_worker_is_heard_of(ready):
    assert found(ready)["jobs.worker"] == "warn"
    with ready.served():
        said = told(ready)
        while said["jobs.worker"]["state"] != "ok":
            said = told(ready)
        assert "last heard of" in said["jobs.worker"]["what"]
    assert found(ready)["jobs.worker"] == "warn"  # it took its leave
    ready.done_sql("INSERT INTO core_workerbeat VALUES ('w', '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00')")
    assert "2026-01-01 00:00:00 UTC" in told(ready)["jobs.worker"]["what"]


def told(site):
    return {each["code"]: each for each in json.loads(site.run("doctor", "--json").stdout)["checks"]}


def test_messages_that_do_not_leave(ready):
    row = "INSERT INTO core_delivery (public_id, channel, address, body, dedupe_key, attempts, next_at, last_error, created_at, failed_at) VALUES"
    old = "'2026-01-01 00:00:00+00'"
    ready.done_sql(
        f"{row} ('0123456789abcdef0123456789abcdef', 'mail', 'a@b.c', '{{}}', 'a', 1, {old}, '', {old}, NULL)"
    )
    assert found(ready)["deliveries.late"] == "warn"
    ready.done_sql(
        f"{row} ('0123456789abcdef0123456789abcdee', 'mail', 'a@b.c', '{{}}', 'b', 9, {old}, '', {old}, {old})"
    )
    assert found(ready)["deliveries.stuck"] == "warn"


def test_files_that_nothing_needs_are_thrown_away(ready):
    assert found(ready)["files.orphans"] == "ok"
    data = "'\\x61'" if ready.database else "x'61'"
    row = f"('{'0' * 64}', 1, {data}, '2026-01-01 00:00:00+00')"
    ready.done_sql("INSERT INTO core_blob (sha256, size, data, created_at) VALUES " + row)  # noqa: S608 -- of the test
    assert found(ready)["files.orphans"] == "warn"
    assert "1 files" in ready.done("doctor", "--mend")
    assert found(ready)["files.orphans"] == "ok"


def test_the_clock_of_the_database(ready):
    assert found(ready).get("database.clock", "ok") == "ok"
