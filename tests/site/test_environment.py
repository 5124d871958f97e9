"""What the surroundings may say."""

import stat

import pytest

from hostcity.site.environment import Environment, WrongEnvironmentError
from hostcity.site.opening import read_env_file
from hostcity.site.site_errors import SiteError


def read(tmp_path, **variables):
    return Environment.read({"HOSTCITY_HOME": str(tmp_path), **variables})


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 64
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"HOSTCITY_HOME_": "x"}, "HOSTCITY_HOME_"),
        ({"DATABASE_URL": "mysql://x/y"}, "mysql"),
        ({"DATABASE_URL": "hostcity"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "postgresql://db:70000/expo"}, "port in DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://db:five/expo"}, "port in DATABASE_URL"),
        ({"HOSTCITY_THREADS": "many"}, "HOSTCITY_THREADS"),
        ({"HOSTCITY_WORKERS": "-1"}, "HOSTCITY_WORKERS"),
        ({"HOSTCITY_PROXIES": "1e3"}, "HOSTCITY_PROXIES"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path, variables, said):
    with pytest.raises(WrongEnvironmentError, match=said):
        read(tmp_path, **variables)


def test_the_pool_has_a_connection_for_every_thread(tmp_path):
    site = read(tmp_path, DATABASE_URL="postgresql://me:p%40ss@db:5433/expo", HOSTCITY_THREADS="20")
    assert site.database["OPTIONS"]["pool"]["max_size"] >= 20
    assert (site.database["PASSWORD"], site.database["PORT"], site.database["NAME"]) == ("p@ss", "5433", "expo")


def test_sqlite_waits_for_its_turn_and_loses_nothing(tmp_path):
    options = read(tmp_path).database["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "synchronous=NORMAL" in read(tmp_path, HOSTCITY_DURABLE="0").database["OPTIONS"]["init_command"]


def test_an_env_file_as_systemd_reads_it(tmp_path):
    path = tmp_path / "hostcity.env"
    path.write_text('# remark\n\nA=1\nB = "two words" \nDATABASE_URL=postgresql://u:p@h/n?sslmode=require\n')
    assert read_env_file(path) == {
        "A": "1",
        "B": "two words",
        "DATABASE_URL": "postgresql://u:p@h/n?sslmode=require",
    }


@pytest.mark.parametrize("line", ["no equals", "=x", "1A=x", "a b=c"])
def test_a_line_that_is_no_setting_is_refused(tmp_path, line):
    path = tmp_path / "hostcity.env"
    path.write_text(f"A=1\n{line}\n")
    with pytest.raises(SiteError, match=r"Line 2 of .*\[site.env_file\]"):
        read_env_file(path)
