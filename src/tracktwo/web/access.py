"""The one place that decides who may pass: each page has a door, and a door says for whom it opens.

It is the first of two locks. The second is that what a page shows is read with the visitor's own keys: see `desk`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, Protocol, cast

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path, register_converter

from tracktwo.record.keeping import STEWARDS as _STEWARDS
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, NotYours, Seat, open_desk, open_seat
from tracktwo.web.pages import refused, see_other
from tracktwo.web.who import Step

STEWARDS: tuple[str, ...] = tuple(sorted(_STEWARDS))
"""Who convenes or facilitates."""
TEAM = STEWARDS
HOLDERS: tuple[str, ...] = ("convenor", "evaluator", "facilitator", "interpreter", "logistics", "participant")
"""Everybody who holds a key of the initiative."""
ANYONE = "anyone"
ACCOUNT = "account"
OPERATOR = "operator"

_NEXT: dict[Step, str] = {
    "invited": "join",
    "opening": "join",
    "code": "code",
    "enrol": "enrol",
    "recovery": "recovery",
    "resting": "resting",
}
"""Where somebody goes on who has not come in wholly."""


@dataclass(frozen=True)
class Door:
    """For whom a page opens."""

    roles: frozenset[str]
    methods: tuple[str, ...]
    steps: frozenset[str]
    """For visitors that have not come in wholly: at which steps it opens all the same."""
    room: str | None
    """A room whose key must be held."""
    refusal: Literal["hidden", "told"]
    """Whether who may not pass sees that there is nothing, or is told that it is not for him."""
    light: bool = False
    """True where the record is not read: the door gives a seat in place of a desk."""


class View(Protocol):
    """A view behind a door."""

    door: Door

    def __call__(self, asked: Asked, **kwargs: Any) -> HttpResponse: ...


def may(door: Door, asked: Asked, desk: Desk | None) -> bool:
    """Whether a door opens: the first lock, and the only function that decides it."""
    if ANYONE in door.roles:
        return True
    if asked.who.step in door.steps:
        return True
    if OPERATOR in door.roles and asked.who.operator:
        return True
    if ACCOUNT in door.roles and asked.who.step == "full":
        return True
    return desk is not None and desk.role in door.roles and (door.room is None or door.room in desk.rooms)


def door(
    *roles: str,
    methods: tuple[str, ...] = ("GET",),
    steps: tuple[Step, ...] = (),
    room: str | None = None,
    refusal: Literal["hidden", "told"] = "hidden",
) -> Callable[[Callable[..., HttpResponse]], View]:
    """Put a door before a view. With a tag in the address the view gets the desk of that initiative.

    Who is not signed in is sent to the entrance, whatever the address; who has not come in wholly, to where he goes on. Raises Http404 where
    there is nothing for the visitor to know of.
    """
    made = Door(frozenset(roles), (*methods, "HEAD") if "GET" in methods else methods, frozenset(steps), room, refusal)

    def before(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def passed(asked: Asked, **found: Any) -> HttpResponse:
            if asked.method not in made.methods:
                return HttpResponseNotAllowed(made.methods)
            if ANYONE not in made.roles and asked.who.step not in made.steps:
                if asked.who.step is None:
                    return see_other("entrance")
                if asked.who.step in _NEXT:
                    return see_other(_NEXT[asked.who.step])
            desk = _desk(asked, found.pop("tag")) if "tag" in found else None
            if not may(made, asked, desk):
                if desk is not None and made.refusal == "told" and desk.role == "evaluator":
                    return refused(asked, desk)
                raise Http404
            return view(asked, **found) if desk is None else view(asked, desk, **found)

        passed.door = made  # type: ignore[attr-defined]
        return cast(View, passed)

    return before


def seat_door(methods: tuple[str, ...] = ("GET",)) -> Callable[[Callable[..., HttpResponse]], View]:
    """A door for participants that does not read the record: for what happens often. The view gets a `Seat`."""
    made = Door(frozenset({"participant"}), methods, frozenset({"card"}), None, "hidden", light=True)

    def before(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def passed(asked: Asked, **found: Any) -> HttpResponse:
            if asked.method not in made.methods:
                return HttpResponseNotAllowed(made.methods)
            if asked.who.step is None:
                return see_other("entrance")
            if not may(made, asked, None):
                raise Http404
            return view(asked, _seat(asked), **found)

        passed.door = made  # type: ignore[attr-defined]
        return cast(View, passed)

    return before


def _desk(asked: Asked, tag: str) -> Desk:
    membership = asked.who.membership(tag)
    if membership is None:
        raise Http404
    try:
        return open_desk(membership, view=asked.who.visit.view if asked.who.visit else "")
    except NotYours as error:
        raise Http404 from error


def _seat(asked: Asked) -> Seat:
    for membership in asked.who.memberships[-1:]:
        try:
            return open_seat(membership)
        except NotYours:
            break
    raise Http404


class _Tag:
    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class _EntryId(_Tag):
    regex = "[0-9a-f]{32}"


class _PersonCode(_Tag):
    regex = "[A-Z][0-9]{0,3}-[0-9]{2,4}"


register_converter(_Tag, "tag")
register_converter(_PersonCode, "code")
register_converter(_EntryId, "entry")


def at(route: str, view: View, name: str) -> URLPattern:
    """An address of a view that stands behind a door. Raises ImproperlyConfigured for one that does not."""
    if not isinstance(getattr(view, "door", None), Door):
        raise ImproperlyConfigured(f"{route} has no door")
    return path(route, view, name=name)


def doors(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[URLPattern, Door]]:
    """Every address with its door."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern, cast(View, pattern.callback).door
