"""What can be wrong with a request before any service is asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused


class Unknown(Refused):
    """Nobody knows who asks."""

    status = 401

    def __init__(self) -> None:
        mend = _("Send a token that is in force (Authorization: Bearer …), or sign in.")
        super().__init__("auth.required", _("It is not known who asks."), mend)


class Forged(Refused):
    """A change with a session's cookie, but not from one of the site's own pages."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "auth.csrf", _("The request did not come from a page of this site."), _("Load the page again.")
        )


class SiteOnly(Refused):
    """A token of one edition asks for something of the whole site."""

    status = 403

    def __init__(self) -> None:
        mend = _("Sign in and use the site's pages.")
        super().__init__("auth.site", _("A token is good for its own edition only."), mend)


class TooOften(Refused):
    """More requests than a person or program may send."""

    status = 429

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        what = _("There were too many requests in a short time.")
        super().__init__("rate.limit", what, _("Try again in {wait} s.").format(wait=wait_s))


class TooLarge(Refused):
    """A body larger than the operation takes."""

    status = 413

    def __init__(self, most_bytes: int) -> None:
        what = _("The request's body is larger than {most} KiB.").format(most=most_bytes // 1024)
        super().__init__("body.size", what, _("Send less at a time."))


class OtherKind(Refused):
    """A body of another media type."""

    status = 415

    def __init__(self, wanted: str) -> None:
        mend = _("Send it as {wanted} and say so in Content-Type.").format(wanted=wanted)
        super().__init__("body.type", _("The request's body is of another kind."), mend)


class BadBody(Refused):
    """A body that cannot be read at all."""

    status = 400

    def __init__(self, code: str, what: Any) -> None:
        super().__init__(code, what, _("Correct the text."))


class NoVersion(Refused):
    """A change that does not say which version it was made from."""

    status = 428

    def __init__(self) -> None:
        mend = _('Give "version" as it was read, or the answer\'s ETag as If-Match.')
        super().__init__("version.missing", _("The change does not say which version it was made from."), mend)


class OtherRequest(Refused):
    """An Idempotency-Key that was used for another request."""

    status = 409

    def __init__(self) -> None:
        what = _("This Idempotency-Key was used for another request.")
        super().__init__("idempotency.other", what, _("Use a new key for each new request."), field="Idempotency-Key")


class InFlight(Refused):
    """The same request is being answered at this moment."""

    status = 409
    wait_s = 1

    def __init__(self) -> None:
        what = _("The same request is being answered at this moment.")
        super().__init__("idempotency.in-flight", what, _("Try again in a second."), field="Idempotency-Key")
