"""An attempt to come in, as all doors treat it: first whether the door is open at all, then whether the words are the right ones, then the count."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from tracktwo.web import throttle
from tracktwo.web.asked import Asked
from tracktwo.web.pages import say

T = TypeVar("T")


def attempt(
    asked: Asked, form: forms.Form, door: tuple[str, str | None], check: Callable[[], T | None], *, wrong: str, field: str | None = None
) -> T | None:
    """What `check` finds; where it finds nothing, or the door is shut, None and a sentence in the form (`wrong` is its code, at `field`).

    `door` is the kind of the door and whose it is, where that is known: failures are counted for both.
    """
    kind, what = door
    try:
        throttle.must_be_open(asked, kind, what)
    except throttle.Shut as shut:
        form.add_error(None, say(asked, ".entrance.shut", count=shut.minutes))
        return None
    found = check()
    if found is None:
        throttle.failed(asked, kind, what)
        form.add_error(field, say(asked, wrong))
    return found
