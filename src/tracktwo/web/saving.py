"""Saving what a form says: where it cannot be saved, one sentence stands in the form and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from pydantic import ValidationError

from tracktwo.record.dialects import StoreError
from tracktwo.record.entry import BaseEntry
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, OnlyLooking
from tracktwo.web.pages import say

_REASONS: dict[type[Exception], str] = {
    MustBeRekeyed: ".dialogue.wait-for-key",
    NoSuchRoom: ".dialogue.no-such-room",
    OnlyLooking: ".dialogue.only-looking",
    StoreError: ".dialogue.not-stored",
}


def save(asked: Asked, desk: Desk, form: forms.Form, make: Callable[[], Iterable[BaseEntry]]) -> tuple[str, ...] | None:
    """Make entries and append them, once however often the form is sent. Their ids; None where the form now says why not."""
    try:
        return desk.write(asked, *make())
    except ValidationError as error:
        _explain(asked, form, error)
    except tuple(_REASONS) as error:
        form.add_error(None, say(asked, next(code for kind, code in _REASONS.items() if isinstance(error, kind))))
    return None


def _explain(asked: Asked, form: forms.Form, error: ValidationError) -> None:
    for one in error.errors(include_url=False, include_input=False):
        named = next((str(part) for part in reversed(one["loc"]) if str(part) in form.fields), None)
        code = {"control": ".dialogue.unreadable", "order": ".dialogue.wrong-order"}.get(one["type"])
        form.add_error(named, say(asked, code) if code else say(asked, ".dialogue.refused", why=one["msg"]))
