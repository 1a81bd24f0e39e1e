"""Nouns as a page shows them: each thing that is said, with the name of its field, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracktwo.dossier.language import Span, Voice
from tracktwo.model.base import Noun
from tracktwo.model.brief import Side
from tracktwo.model.finding import CountryRef, LanguageRef, Listing, Message, Month, Param, Quoted, Term
from tracktwo.record.keeping import MemberIntroduced
from tracktwo.web.answers import Answer, given
from tracktwo.web.desk import Desk, OnlyLooking

Words = tuple[Span, ...]


@dataclass(frozen=True)
class Said:
    """One thing that a noun says: words, or further nouns."""

    label: str
    words: Words
    inside: tuple[tuple[Said, ...], ...] = ()


def described(noun: Noun, voice: Voice, sides: Sequence[Side] = ()) -> tuple[Said, ...]:
    """What a noun says, field by field, without what nobody said."""
    names = {side.id: side.name for side in sides}
    return tuple(_said(one, value, voice, names) for one, value in given(noun))


def _said(one: Answer, value: Any, voice: Voice, names: Mapping[str, str]) -> Said:
    nouns = (value,) if isinstance(value, Noun) else value if isinstance(value, tuple) and value and isinstance(value[0], Noun) else ()
    if nouns:
        inside = tuple(tuple(_said(deep, found, voice, names) for deep, found in given(noun)) for noun in nouns)
        return Said(one.label, (), inside)
    if isinstance(value, Mapping):
        value = tuple(f"{tag}: {words}" for tag, words in value.items())
    param = Listing(items=tuple(_param(one, item, names) for item in value)) if isinstance(value, tuple) else _param(one, value, names)
    return Said(one.label, tuple(voice.param(param)))


def _param(one: Answer, value: Any, names: Mapping[str, str]) -> Param:
    if one.how in ("choice", "side") and str(value) in one.choices:
        return Term(term=f"{one.term}.{str(value).replace(' ', '-')}")
    if one.how == "side":
        return Quoted(quoted=names.get(value, value))
    if one.how == "country":
        return CountryRef(country=value)
    if one.how == "language":
        return LanguageRef(language=value)
    if one.how == "month":
        return Month(month=value)
    if one.how == "number" and isinstance(value, float):
        return str(value)
    found: Param = value
    return found


def roles_of(desk: Desk) -> dict[str, Message]:
    """Pseudonym of a member → what he is, in words: a page says in which role something was done, never by whom."""
    roles: dict[str, str] = {entry.body.member: entry.body.role for entry in desk.entries if isinstance(entry, MemberIntroduced)}
    try:
        rooms: Iterable[Any] = desk.record.keyring.rooms.values()
    except OnlyLooking:
        rooms = ()
    for room in rooms:
        if not room.closed_to_me:
            roles |= {reader.member: reader.role for reader in room.head.roster.readers}
    return {member: Message(code=f"interface.web.shell.role.{role}") for member, role in roles.items()}
