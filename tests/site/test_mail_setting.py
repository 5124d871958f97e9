"""Where mail goes."""

import pytest

from hostcity.site.environment import WrongEnvironmentError, mail_of


def test_mail_is_shown_on_the_console_until_there_is_a_server():
    assert mail_of("") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtp://u:p%40ss@mail.example", "mail.example", 587, False, True),
        ("smtps://u:p%40ss@mail.example", "mail.example", 465, True, False),
        ("smtp://u:p%40ss@127.0.0.1:25?tls=no", "127.0.0.1", 25, False, False),
    ],
)
def test_a_server_is_named_by_its_address(url, host, port, ssl, tls):
    said = mail_of(url)
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == (host, port)
    assert (said["EMAIL_USE_SSL"], said["EMAIL_USE_TLS"]) == (ssl, tls)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("u", "p@ss")
    assert said["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp:///"])
def test_what_names_no_server_is_refused_with_an_example(url):
    with pytest.raises(WrongEnvironmentError, match="Give smtp://"):
        mail_of(url)
