"""Forms that came from one of our own pages: Django's check, for browsers that are told to say nowhere where they come from."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import REASON_NO_REFERER, CsrfViewMiddleware, RejectRequest


class Forms(CsrfViewMiddleware):
    """Middleware: a form needs the token of its page and the cookie that belongs to it, which no other site can set or send.

    Since we ask for no referrer at all, browsers call our own origin "null" and send no referrer. Then what they say of the request themselves
    must not speak against it; an old telephone says nothing, and the token decides alone.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return _from_here(request)
        return bool(super()._origin_verified(request))  # type: ignore[misc]

    def _check_referer(self, request: HttpRequest) -> None:
        if not _from_here(request):
            raise RejectRequest(REASON_NO_REFERER)


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
