"""Visits: a cookie of 32 random bytes, of which the database holds only a hash, and a content that opens with the cookie alone."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tracktwo.vault.primitives import CannotOpen, derive, seal, unseal
from tracktwo.web import clock, marks
from tracktwo.web.asked import Asked
from tracktwo.web.models import Account, Belonging, Session
from tracktwo.web.who import KEYED, Held, Visit, Who

COOKIE = "__Host-visit"
IDLE = 30
"""Minutes after which a visit ends in which nothing is done."""
WHOLE = 12 * 60
"""Minutes after which any visit ends."""
_PADDED = 1024


class Sessions:
    """Middleware: says who asks. The visit is looked up only where somebody wants to know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, asked: HttpRequest) -> HttpResponse:
        asked.who = SimpleLazyObject(lambda: _who(cookie_of(asked)))  # type: ignore[attr-defined]
        response = self.get_response(asked)
        fresh: bytes | None = getattr(asked, "new_cookie", None)
        if fresh is not None:
            response.set_cookie(COOKIE, base64.urlsafe_b64encode(fresh).decode().rstrip("="), secure=True, httponly=True, samesite="Strict", path="/")
        elif getattr(asked, "left", False):
            response.delete_cookie(COOKIE, path="/", samesite="Strict")
            response.cookies[COOKIE]["secure"] = True
        return response


def cookie_of(asked: HttpRequest) -> bytes | None:
    """The secret of a visit as the browser sent it; None for anything that cannot be one."""
    sent = asked.COOKIES.get(COOKIE, "")
    if len(sent) != 43:
        return None
    try:
        return base64.urlsafe_b64decode(sent + "=")
    except ValueError:
        return None


def row_id(cookie: bytes) -> str:
    """Under which id a visit stands."""
    return hashlib.sha256(b"id" + cookie).hexdigest()


def _seal(cookie: bytes, visit: Visit) -> bytes:
    content = visit.model_dump_json(exclude_defaults=True).encode()
    padded = content.ljust(-(-len(content) // _PADDED) * _PADDED)
    return seal(derive(cookie, "session"), padded, row_id(cookie).encode())


def _who(cookie: bytes | None) -> Who:
    if cookie is None:
        return Who()
    row = Session.objects.filter(pk=row_id(cookie)).first()
    if row is None:
        return Who()
    now = clock.minute()
    if not (row.seen <= now + 1 and now - row.seen < IDLE and now - row.begun < WHOLE):
        row.delete()
        return Who()
    try:
        visit = Visit.model_validate_json(unseal(derive(cookie, "session"), bytes(row.content), row.id.encode()))
    except (CannotOpen, ValueError):
        return Who()
    if row.seen != now:
        Session.objects.filter(pk=row.id).update(seen=now)
    if visit.account is None:
        return Who(cookie, visit)
    account = Account.objects.filter(pk=visit.account).first()
    if account is None or account.suspended:
        row.delete()
        return Who()
    found = Who(cookie, visit)
    if visit.step in KEYED:
        found = Who(cookie, visit, open_held(account, found))
    return found


def open_held(account: Account, who: Who) -> Held:
    """What an account holds. Raises CannotOpen where the row was changed."""
    return Held.model_validate_json(unseal(who.identity().self_wrap, bytes(account.held), _place(account.id)).rstrip())


def seal_held(account: str, who: Who, held: Held) -> bytes:
    """What an account holds, sealed and padded."""
    content = held.model_dump_json().encode()
    return seal(who.identity().self_wrap, content.ljust(-(-len(content) // _PADDED) * _PADDED), _place(account))


def _place(account: str) -> bytes:
    return b"tracktwo account/1 " + account.encode()


def enter(asked: Asked, visit: Visit) -> Who:
    """Begin a visit, under a new cookie whatever the browser sent; an earlier one of the same browser ends."""
    before = cookie_of(asked)
    cookie, now = os.urandom(32), clock.minute()
    who = Who(cookie, visit)
    if visit.account is not None and visit.step in KEYED:
        who = Who(cookie, visit, open_held(Account.objects.get(pk=visit.account), who))
    with transaction.atomic():
        if before is not None:
            Session.objects.filter(pk=row_id(before)).delete()
        Session.objects.filter(seen__lt=now - IDLE).delete()
        owner = marks.of_account(visit.account) if visit.account else ""
        board = marks.of_board(visit.membership.key) if visit.membership else ""
        row = Session.objects.create(id=row_id(cookie), content=_seal(cookie, visit), owner=owner, board=board, begun=now, seen=now)
        held = who.held.memberships if visit.account else ((visit.membership,) if visit.membership else ())
        Belonging.objects.bulk_create(Belonging(session=row, mark=marks.of_member(one.key, bytes.fromhex(one.member))) for one in held)
    _put(asked, who, cookie)
    return who


def change(asked: Asked, visit: Visit) -> None:
    """Seal another content into the visit that is going on."""
    cookie = asked.who.cookie
    if cookie is not None:
        Session.objects.filter(pk=row_id(cookie)).update(content=_seal(cookie, visit))
        asked.who = Who(cookie, visit, asked.who.held)


def belongs(asked: Asked, initiative: bytes, member: bytes) -> None:
    """Let the visit end when this member is let out, from now on."""
    if asked.who.cookie is not None:
        Belonging.objects.create(session_id=row_id(asked.who.cookie), mark=marks.of_member(initiative, member))


def leave(asked: Asked) -> None:
    """End the visit."""
    if asked.who.cookie is not None:
        Session.objects.filter(pk=row_id(asked.who.cookie)).delete()
    asked.who = Who()
    asked.__dict__["left"] = True


def end_all_of(account: str, but: Who | None = None) -> None:
    """End every visit of an account, as when its passphrase changes."""
    ended = Session.objects.filter(owner=marks.of_account(account))
    if but is not None and but.cookie is not None:
        ended = ended.exclude(pk=row_id(but.cookie))
    ended.delete()


def end_of_members(initiative: bytes, members: Iterable[bytes]) -> int:
    """End every visit in which one of these members is. Returns how many there were."""
    gone = Session.objects.filter(belonging__mark__in=[marks.of_member(initiative, member) for member in members]).distinct()
    names = list(gone.values_list("pk", flat=True))
    Session.objects.filter(pk__in=names).delete()
    return len(names)


def _put(asked: Asked, who: Who, cookie: bytes) -> None:
    asked.who = who
    asked.__dict__["new_cookie"] = cookie
    asked.__dict__.pop("left", None)
