"""The ways through the house: which pages of an initiative open for somebody, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from tracktwo.model.finding import Message, Param
from tracktwo.model.rows import CONSIDERATIONS

if TYPE_CHECKING:
    from tracktwo.web.desk import Desk

_SHELL = "interface.web.shell"
_AFTER = (
    "concerned",
    "decision",
    "people",
    "panel",
    "seating",
    "journeys",
    "programme",
    "dialogue",
    "follow-up",
    "evaluation",
    "agreements",
    "record",
    "settings",
)
"""What comes after the overview and the six considerations."""
_SEVERAL = {
    "convenor": "convenors",
    "evaluator": "evaluators",
    "facilitator": "facilitators",
    "interpreter": "interpreters",
    "participant": "participants",
}


@dataclass(frozen=True)
class Place:
    """One line of the navigation; `below` where it belongs to the line before."""

    code: str
    address: str
    here: bool
    below: bool = False


def way(name: str, desk: Desk | None) -> str | None:
    """The address of a page, of the initiative where it is one of an initiative; None where there is no such page."""
    ways: tuple[dict[str, str], ...] = ({}, {"tag": desk.tag}) if desk else ({},)
    for kwargs in ways:
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None


def places(asked: HttpRequest, desk: Desk) -> tuple[Place, ...]:
    """The pages of the initiative whose doors open for the role and the keys of whoever has it before him."""
    wanted: list[tuple[str, dict[str, str], str, bool]] = [("overview", {}, f"{_SHELL}.place.overview", False)]
    wanted += [("consideration", {"part": name.replace("_", "-")}, f"section.{name}", True) for name in CONSIDERATIONS]
    wanted += [(name, {}, f"{_SHELL}.place.{name}", False) for name in _AFTER]
    found = []
    for name, kwargs, code, below in wanted:
        try:
            address = reverse(name, kwargs={"tag": desk.tag, **kwargs})
        except NoReverseMatch:
            continue
        if _opens(address, desk):
            found.append(Place(code, address, asked.path == address or (name != "overview" and asked.path.startswith(f"{address}/")), below))
    return tuple(found)


def _opens(address: str, desk: Desk) -> bool:
    door = getattr(resolve(address).func, "door", None)
    return door is not None and desk.role in door.roles and (door.room is None or door.room in desk.rooms)


def visible_names(names: Iterable[str]) -> tuple[Param, ...]:
    """Who can see a page, in words: roles in the plural, and `side:NAME` for one side."""
    return tuple(_visible(name) for name in names)


def _visible(name: str) -> Message:
    kind, _, side = name.partition(":")
    if kind == "side":
        return Message(code=f"{_SHELL}.who.side", params={"side": side})
    return Message(code=f"{_SHELL}.who.{_SEVERAL.get(name, name)}")


def role_named(role: str) -> Message:
    """What somebody is, in words."""
    return Message(code=f"{_SHELL}.role.{role}")


def room_named(name: str, desk: Desk | None = None) -> Message:
    """A room, in words; the caucus of a side by the side's name where the desk knows it."""
    kind, _, side = name.partition(":")
    if not side:
        return Message(code=f"interface.web.people.room.{kind}")
    named = next((one.name for one in desk.initiative.sides if one.id == side), side) if desk else side
    return Message(code=f"interface.web.people.room.{kind}", params={"side": named})
