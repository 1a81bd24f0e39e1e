"""What is shown where something cannot be done: one sentence, never a traceback; and what is written to the log: an opaque number, never content."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from tracktwo.record.bundle import NotABundle
from tracktwo.record.destruction import NothingToDestroy
from tracktwo.record.dialects import StoreError
from tracktwo.record.home import HomeError
from tracktwo.record.membership import NotASteward, NotPossible
from tracktwo.record.merge import NotMerged
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import NotASecret
from tracktwo.web.desk import OnlyLooking
from tracktwo.web.pages import page
from tracktwo.web.serving import serving

SPOKEN = (
    StoreError, HomeError, NotASecret, NotABundle, NotMerged, NoSuchRoom, MustBeRekeyed, NotASteward, NotPossible, NothingToDestroy, CannotOpen,
    OnlyLooking,
)  # fmt: skip
"""Errors whose words are meant for people."""


class Sentences:
    """Middleware: turns an error into a page with a sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, asked: HttpRequest) -> HttpResponse:
        return self.get_response(asked)

    def process_exception(self, asked: HttpRequest, error: Exception) -> HttpResponse | None:
        """One sentence for what a person can act on. Django answers what it answers itself."""
        if isinstance(error, SPOKEN):
            return said(asked, str(error), 409)
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False, include_input=False)[0]
            return said(asked, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", 400)
        if isinstance(error, DatabaseError):
            report(error)
            return said(asked, "the database cannot be read or written now; what was saved before is whole", 503)
        return None


def said(asked: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A page with a sentence of the record's own, which are in English."""
    return _sentence(asked, status, sentence=sentence)


def _sentence(asked: HttpRequest, status: int, *, code: str | None = None, sentence: str | None = None) -> HttpResponse:
    """One sentence of the catalogues, or as the record says it, in the frame of the site on which it is said."""
    frame = "public/layout.html" if serving().site == "public" else "entrance/layout.html"
    return page(asked, "entrance/sentence.html", status=status, sentence=sentence, code=code, frame=frame)


def report(error: BaseException) -> str:
    """Write to the log that something failed: its kind and where in our code, under a number; never what it was about."""
    number = secrets.token_hex(4)
    place, step = "", error.__traceback__
    while step is not None:
        place = f"{step.tb_frame.f_globals.get('__name__', '')}:{step.tb_lineno}"
        step = step.tb_next
    print(f"failed {number} {type(error).__name__} {place}", file=sys.stderr, flush=True)  # noqa: T201 - the log of a server is its standard error
    return number


def not_found(asked: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sentence(asked, 404, code=".entrance.not-found")


def bad_request(asked: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sentence(asked, 400, code=".entrance.bad-request")


def forged(asked: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our pages, or from one that is too old."""
    return _sentence(asked, 403, code=".entrance.too-old")


def our_fault(asked: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if error is not None:
        report(error)
    return _sentence(asked, 500, code=".entrance.our-fault")
