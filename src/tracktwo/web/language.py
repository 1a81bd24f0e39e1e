"""In which language a request is answered: as chosen on a page, else as the browser prefers, else in English."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tracktwo.web import clock
from tracktwo.web.words import LANGUAGES, voice

COOKIE = "__Host-language"


class Language:
    """Middleware: puts the voice and the day on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, asked: HttpRequest) -> HttpResponse:
        language = chosen(asked)
        asked.voice = voice(language)  # type: ignore[attr-defined]
        asked.today = clock.today()  # type: ignore[attr-defined]
        with translation.override(language):  # Django's own sentences on a field that is empty or too long
            response = self.get_response(asked)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen(asked: HttpRequest) -> str:
    """The language of a request."""
    cookie = str(asked.COOKIES.get(COOKIE, ""))
    if cookie in LANGUAGES:
        return cookie
    for wanted in str(asked.META.get("HTTP_ACCEPT_LANGUAGE", "")).lower().split(","):
        tag = wanted.partition(";")[0].strip().partition("-")[0]
        if tag in LANGUAGES:
            return tag
    return "en"


def choose(response: HttpResponse, language: str) -> None:
    """Remember a choice in the browser, until it is closed."""
    if language in LANGUAGES:
        response.set_cookie(COOKIE, language, secure=True, httponly=True, samesite="Strict", path="/")
