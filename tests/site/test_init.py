"""Setting a site up, and what is printed for the machine that runs it."""

import re
import stat

import pytest

from tests.site.sites import Browser

pytestmark = pytest.mark.database


def test_a_site_is_set_up_without_a_question(site):
    told = site.done("init", "--admin", "boss", "--email", "boss@example.org", "--host", "expo.example.cn")
    file = site.home / "hostcity.env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(site.home.stat().st_mode) == 0o700
    text = file.read_text()
    assert len(re.search(r"HOSTCITY_SECRET_KEY=(\S+)", text)[1]) >= 64
    assert "HOSTCITY_HOSTS=expo.example.cn 127.0.0.1 localhost\nHOSTCITY_HTTPS=1\nHOSTCITY_PROXIES=1\n" in text
    code = re.search(r"within two days: (\S+)", told)[1]
    assert len(code) >= 12

    again = site.done("init", "--admin", "boss", "--host", "other.example.cn")  # locked out: a new code, same settings
    assert file.read_text() == text
    assert "as they were" in again
    assert re.search(r"within two days: (\S+)", again)[1] != code


def test_the_code_signs_in_once(begun):
    code = re.search(r"within two days: (\S+)", begun.done("init", "--admin", "boss"))[1]
    with begun.served() as served:
        browser = Browser(served.address)
        browser.get("/accounts/code/")
        browser.post("/accounts/code/", code=code)
        assert any(cookie.name == "session" for cookie in browser.cookies)
        stranger = Browser(served.address)
        stranger.get("/accounts/code/")
        stranger.post("/accounts/code/", code=code)
        assert not any(cookie.name == "session" for cookie in stranger.cookies)


@pytest.mark.parametrize("way", ["stdin", "variable"])
def test_a_password(begun, way):
    given = {"typed": "correct-horse-battery\n"} if way == "stdin" else {"ADMIN_PASSWORD": "correct-horse-battery"}
    words = ["--password-stdin"] if way == "stdin" else []
    told = begun.done("init", "--admin", "boss", *words, **given)
    assert "with the password that you gave" in told
    assert "correct-horse" not in told + (begun.home / "hostcity.env").read_text()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--admin", "two words"], "init.admin"),
        (["--host", "https://expo.example.cn"], "init.host"),
        (["--host", "a\nHOSTCITY_DEBUG=1"], "init.host"),
        (["--database-url", "mysql://x/y"], "site.settings"),
        (["--database-url", "postgresql://x/y\nHOSTCITY_DEBUG=1"], "init.database"),
    ],
)
def test_wrong_words_leave_nothing(site, words, code):
    ran = site.run("init", *words)
    assert ran.returncode == 2
    assert f"[{code}]" in ran.stderr
    assert not site.home.exists()


def test_a_weak_password_is_refused(site):
    ran = site.run("init", "--admin", "boss", ADMIN_PASSWORD="pass" + "word")
    assert (ran.returncode, "[init.password]" in ran.stderr) == (2, True)


def test_unknown_settings_are_refused(begun):
    ran = begun.run("migrate", HOSTCITY_HOMEE="x")
    assert ran.returncode == 2
    assert "Unknown settings: HOSTCITY_HOMEE." in ran.stderr


def test_migrate_says_what_it_did(site):
    site.home.mkdir(mode=0o700)
    (site.home / "hostcity.env").write_text(f"DATABASE_URL={site.database}\n" if site.database else "")
    assert re.fullmatch(r"Changes made to the database: [1-9]\d*\.\n", site.done("migrate"))
    assert site.done("migrate") == "Changes made to the database: 0.\n"


def test_units(site):
    told = site.done("unit")
    assert f"EnvironmentFile={site.home}/hostcity.env" in told
    assert f"serve --home {site.home} --port 8000" in told
    assert "reverse_proxy 127.0.0.1:8123" in site.done("unit", "caddy", "--port", "8123")
    assert "server_name a.example.org;" in site.done("unit", "nginx", "--host", "a.example.org")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://someone:geheim@127.0.0.1:1/x", "Connection refused"),
        ("mysql://x", "DATABASE_URL begins with mysql://"),
    ],
)
def test_a_failed_start_leaves_nothing_behind(site, url, said):
    ran = site.run("init", "--database-url", url)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert "geheim" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not site.home.exists()


@pytest.mark.parametrize("command", ["migrate", "serve", "worker"])
def test_a_database_that_cannot_be_reached_is_one_error(site, command):
    site.database = "postgresql://someone:geheim@127.0.0.1:1/none"
    ran = site.run(command)
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("The database cannot be used: ")
    assert "Connection refused" in line
    assert line.endswith(
        " Check DATABASE_URL, that the database is there, and that it lets this user in. [site.database]"
    )
    assert "geheim" not in line


def test_a_weak_password_leaves_what_was_there(site):
    site.home.mkdir(mode=0o700)
    (site.home / "notes.txt").write_text("mine")
    ran = site.run("init", "--admin", "boss", ADMIN_PASSWORD="12" + "34")
    assert (ran.returncode, [each.name for each in site.home.iterdir()]) == (2, ["notes.txt"])


@pytest.mark.parametrize("words", [("serve",), ("worker",), ("migrate",), ("reindex",), ("end-demo",), ("doctor",)])
def test_a_mistyped_folder_is_no_site_and_stays_as_it_is(site, words):
    ran = site.run(*words, DATABASE_URL="")
    assert ran.returncode == (1 if words == ("doctor",) else 2)
    assert "No site in" in ran.stdout + ran.stderr
    assert "hostcity init --home" in ran.stdout + ran.stderr
    assert not site.home.exists()
