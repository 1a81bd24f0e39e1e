"""What stands in the tables in place of a handle, a member or an initiative: an HMAC under the pepper, which is not in the database."""

from __future__ import annotations

import unicodedata

from tracktwo.vault.primitives import derive, mac
from tracktwo.web.serving import serving


def _mark(purpose: str, *parts: bytes) -> str:
    return mac(derive(serving().home.secret.read().pepper, purpose), *parts).hex()


def of_handle(handle: str) -> str:
    """The mark of a handle, however its letters are composed and whether they are small."""
    return _mark("handle", unicodedata.normalize("NFKC", handle).strip().casefold().encode())


def of_account(account: str) -> str:
    return _mark("account", account.encode())


def of_member(initiative: bytes, member: bytes) -> str:
    return _mark("member", initiative, member)


def of_board(initiative: bytes) -> str:
    return _mark("board", initiative)


def of_door(kind: str, what: str) -> str:
    """The mark under which failures at a door are counted."""
    return _mark("door", kind.encode(), what.encode())
