"""The door to the outside: nobody is led into the house's own network."""

import contextlib
import http.client
import socket
import time

import pytest

from hostcity.core.deliveries import outside
from hostcity.core.deliveries.outside import Target, find_target, is_public, post
from hostcity.core.errors import Refused


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",  # noqa: S104 -- to be refused; nothing is bound to it
     "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "168.63.129.16", "240.0.0.1", "::1", "::", "fe80::1",
     "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::",
     "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1", "2001::1"],
)  # fmt: skip
def test_what_is_not_of_the_public_network(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2606:4700::1111", "2400:3200::1", "2002:101:101::"])
def test_what_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "webhook.address"),
        ("file:///etc/passwd", "webhook.address"),
        ("https://", "webhook.address"),
        ("https://u:p@example.org/", "webhook.address"),
        ("https://example.org/a b", "webhook.address"),
        ("https://example.org/a\r\nX: y", "webhook.address"),
        ("https://example.org/展会", "webhook.address"),
        ("https://example.org:99999/", "webhook.address"),
        ("https://example.org:8443/", "webhook.inside"),
        ("http://example.org:22/", "webhook.inside"),
        ("http://127.0.0.1/", "webhook.inside"),
        ("http://127.1/", "webhook.inside"),
        ("http://2130706433/", "webhook.inside"),
        ("http://0x7f.1/", "webhook.inside"),
        ("http://localhost/", "webhook.inside"),
        ("http://[::1]/", "webhook.inside"),
        ("http://[::ffff:127.0.0.1]/", "webhook.inside"),
        ("http://169.254.169.254/latest/meta-data/", "webhook.inside"),
        ("https://no-such-host.invalid/", "webhook.host"),
    ],
)
def test_addresses_that_are_refused(url, code):
    with pytest.raises(Refused) as refused:
        find_target(url)
    assert refused.value.code == code
    assert refused.value.field == "url"


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Refused, match=r"webhook\.inside"):
        find_target("https://rebinding.example/")


def test_the_connection_goes_to_the_address_that_was_examined(gateway):
    """The name is not looked up again: it leads nowhere here, and the message arrives all the same."""
    port = int(gateway.place.partition(":")[2])
    answer = post(Target("http", "no-such-host.invalid", port, "/hook", "127.0.0.1"), b"{}", {})
    assert answer.is_good
    assert gateway.got[0][1]["host"] == f"no-such-host.invalid:{port}"


def test_redirects_are_not_followed(gateway):
    gateway.status, gateway.headers = 302, {"Location": gateway.url}
    answer = post(find_target(gateway.url, inside={gateway.place}), b"{}", {})
    assert (answer.status, answer.is_good, len(gateway.got)) == (302, False, 1)


def test_a_long_answer_is_cut(gateway):
    gateway.body = b"x" * 100_000
    assert len(post(find_target(gateway.url, inside={gateway.place}), b"{}", {}).body) == outside.MOST_BYTES


def test_who_answers_drop_by_drop_is_cut_off(gateway, monkeypatch):
    monkeypatch.setattr(outside, "MOST_S", 0.4)
    gateway.body, gateway.pause_s = b"x" * 400, 0.05
    target, got = find_target(gateway.url, inside={gateway.place}), b""
    began = time.monotonic()
    with contextlib.suppress(OSError, http.client.HTTPException):  # cut before the answer began, on a busy machine
        got = post(target, b"{}", {}).body
    assert time.monotonic() - began < 10  # it would take 20 s
    assert len(got) < 200


def test_an_address_of_version_6_is_told_and_named_in_brackets():
    with pytest.raises(Refused, match=r"\[::1\]:80 is not a public address"):
        find_target("http://[::1]/", inside=())
    assert find_target("http://[::1]:8080/", inside={"[::1]:8080"}).port == 8080


def test_a_gateway_inside_must_be_named_with_its_port(gateway):
    host, port = gateway.place.split(":")
    with pytest.raises(Refused, match=r"webhook\.inside"):
        find_target(gateway.url, inside={f"{host}:{int(port) + 1}", host})
