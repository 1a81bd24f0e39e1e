"""Briefs that are being written: sealed under the account's own key, so that nobody else can read or list them."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from tracktwo.vault.primitives import CannotOpen, seal, unseal
from tracktwo.web import marks
from tracktwo.web.models import Draft
from tracktwo.web.who import Who

_PADDED = 4096
MOST = 20
"""How many drafts one account can have."""


class TooMany(ValueError):
    """The account has as many drafts as it may."""


class Kept(NamedTuple):
    """A draft with its number."""

    number: str
    content: dict[str, Any]


def _owner(who: Who) -> str:
    if who.visit is None or who.visit.account is None:
        raise LookupError("nobody with an account is asking")
    return marks.of_account(who.visit.account)


def _sealed(who: Who, number: str, content: dict[str, Any]) -> bytes:
    plain = json.dumps(content, ensure_ascii=False).encode()
    return seal(who.identity().self_wrap, plain.ljust(-(-len(plain) // _PADDED) * _PADDED), _place(number))


def _place(number: str) -> bytes:
    return b"tracktwo draft/1 " + number.encode()


def begin(who: Who, content: dict[str, Any]) -> str:
    """Keep a new draft and return its number. Raises TooMany."""
    if Draft.objects.filter(owner=_owner(who)).count() >= MOST:
        raise TooMany
    number = os.urandom(16).hex()
    Draft.objects.create(id=number, owner=_owner(who), content=_sealed(who, number, content))
    return number


def every(who: Who) -> tuple[Kept, ...]:
    """All drafts of an account that open."""
    found = (_opened(who, row) for row in Draft.objects.filter(owner=_owner(who)).order_by("id"))
    return tuple(kept for kept in found if kept is not None)


def one(who: Who, number: str) -> dict[str, Any] | None:
    """The content of a draft; None for one that is not there or another's."""
    row = Draft.objects.filter(pk=number, owner=_owner(who)).first()
    kept = _opened(who, row) if row is not None else None
    return kept.content if kept else None


def keep(who: Who, number: str, content: dict[str, Any]) -> None:
    """Write a draft over."""
    Draft.objects.filter(pk=number, owner=_owner(who)).update(content=_sealed(who, number, content))


def discard(who: Who, number: str) -> bool:
    """Delete a draft; False where it was gone already."""
    return Draft.objects.filter(pk=number, owner=_owner(who)).delete()[0] > 0


def _opened(who: Who, row: Draft) -> Kept | None:
    try:
        return Kept(row.id, json.loads(unseal(who.identity().self_wrap, bytes(row.content), _place(row.id)).rstrip()))
    except (CannotOpen, ValueError):
        return None
