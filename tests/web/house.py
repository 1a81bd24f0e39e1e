"""A house for tests of the web: one initiative with everybody in it who can be, another initiative, a hub, and a browser for each of fourteen roles.

Everybody here is fictional.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.test.client import ClientHandler

import tests.web.configured  # noqa: F401 - before any model
from tests.recording import CHEAP, RULE
from tracktwo.model.brief import Party, Person, Side
from tracktwo.record.dialogue import Part, PartHeld
from tracktwo.record.entries import InitiativeOpened, Opening, PartyAdded, PersonInvited, SideDeclared
from tracktwo.record.entry import BaseEntry
from tracktwo.record.keeping import Role
from tracktwo.record.keyring import SLOT
from tracktwo.record.membership import accept, found, invite, issue_card, remove
from tracktwo.record.record import Record
from tracktwo.vault.identity import INVITATION, PARTICIPANT, Identity, open_by_card, open_by_invitation, slot_from
from tracktwo.vault.primitives import CannotOpen
from tracktwo.web import accounts, clock, desk
from tracktwo.web.asked import Asked
from tracktwo.web.models import Account
from tracktwo.web.serving import Serving, serving
from tracktwo.web.sessions import COOKIE, enter
from tracktwo.web.settings import configure
from tracktwo.web.who import Held, Membership, Visit, Who

ROOMS = ("team", "logistics", "plenary", "caucus:north", "caucus:south")
PASSPHRASE = "amber kettle orchard violin"
ROLES = (
    "anonymous", "invited", "former", "other initiative", "roster", "hub coordinator", "operator", "convenor", "facilitator", "participant A",
    "participant B", "evaluator", "interpreter", "logistics",
)  # fmt: skip
"""The fourteen of the threat model. Side A is `north`, side B `south`."""


class Browser(Client):
    """Django's client as a browser that came by https. All browsers of one house ask one server: to start one takes longer than most answers."""

    _server: ClassVar[tuple[Serving, ClientHandler] | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.handler.enforce_csrf_checks:
            if Browser._server is None or Browser._server[0] is not serving():
                Browser._server = serving(), self.handler
            self.handler = Browser._server[1]

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["secure"] = True
        return super().generic(*args, **kwargs)


def browser(visit: Visit | None = None) -> Browser:
    """A browser, in the midst of a visit where one is given."""
    made = Browser(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
    if visit is not None:
        asked = HttpRequest()
        enter(_asked(asked), visit)
        cookie = asked.__dict__["new_cookie"]
        made.cookies[COOKIE] = base64.urlsafe_b64encode(cookie).decode().rstrip("=")
    return made


def _asked(asked: HttpRequest) -> Asked:
    return asked  # type: ignore[return-value]


@contextmanager
def opened(folder: Path, database: str | None = None) -> Iterator[Serving]:
    """Let the web of this process serve from a folder and a database: SQLite in the folder, or PostgreSQL by its address."""
    from django.db import connections

    here = Serving(folder=folder, database=database, cost=CHEAP, hosts=("localhost", "127.0.0.1", "testserver"))
    here.home.open().close()
    configure(here)
    desk.forget_everything()
    call_command("migrate", verbosity=0)
    try:
        yield here
    finally:
        connections.close_all()


@dataclass
class Placed:
    """Somebody with keys: his browser, and his record."""

    browser: Browser
    membership: Membership

    @property
    def record(self) -> Record:
        return desk.record_of(self.membership)


@dataclass
class House:
    """The initiative and everybody around it."""

    tag: str
    convenor: Placed
    people: dict[str, Placed] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    """Role → browser, of all fourteen."""
    hub: str = ""
    """The tag of the hub."""
    other: str = ""
    """The tag of the other initiative."""

    def get(self, role: str, path: str, **kwargs: Any) -> Any:
        return self.browsers[role].get(path, **kwargs)

    def post(self, role: str, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self.browsers[role].post(path, data or {}, **kwargs)

    def write(self, role: str, *entries: BaseEntry) -> tuple[str, ...]:
        """Append entries as somebody, and let everybody see that something changed."""
        ids = self.people[role].record.append(entries)
        desk.touch(self.people[role].membership.key)
        return ids


def account(held: Held, handle: str, *, passphrase: str = PASSPHRASE) -> Visit:
    """An account that has enrolled everything; the visit of whoever has signed in to it."""
    made = accounts.make(handle, passphrase, held)
    who = Who(b"", made, held)
    Account.objects.filter(pk=made.account).update(totp=_totp(who))
    return made.model_copy(update={"step": "full"})


SECRET = bytes(range(20))
"""The secret of every second factor in these tests."""


def _totp(who: Who) -> bytes:
    from tracktwo.vault.primitives import seal
    from tracktwo.web.accounts import _place

    assert who.visit is not None
    assert who.visit.account is not None
    return seal(who.identity().totp_key, SECRET, _place(who.visit.account))


def begin(
    rooms: tuple[str, ...] = ROOMS, title: str = "Two banks, one river", handle: str = "convenor", entries: tuple[BaseEntry, ...] = ()
) -> Placed:
    """A new initiative with its convenor alone in it."""
    home = serving().home
    import os

    record = found(desk.store(), home.secret.read(), os.urandom(16), rooms, name="Convenor", on=clock.today())
    membership = Membership.of(record.initiative, record.identity)
    visit = account(Held(memberships=(membership,)), handle)
    opening = InitiativeOpened(on=clock.today(), lamport=0, body=Opening(title=title, challenge="political dispute", written=clock.today()))
    desk.record_of(membership).append([opening, *entries])
    return Placed(browser(visit), membership)


def house() -> House:
    """Everybody."""
    on = clock.today()
    sides = [SideDeclared(on=on, lamport=0, body=Side(id=name, name=f"The {name}")) for name in ("north", "south")]
    parties = [PartyAdded(on=on, lamport=0, body=Party(name=f"People of the {name}", side=name)) for name in ("north", "south")]
    persons = [
        PersonInvited(on=on, lamport=0, about=code, body=Person(name=f"Zelda {side.title()}bank", sides=(side,), fictional=True))
        for side, code in (("north", "A-01"), ("south", "B-01"))
    ]
    part = PartHeld(room="plenary", on=on, lamport=0, rule=RULE, body=Part(session="First session", part="Needs", day=on, present=("A-01", "B-01")))
    convenor = begin(entries=(*sides, *parties, *persons, part))
    made = House(convenor.membership.tag, convenor)
    made.people["convenor"] = convenor
    made.people["facilitator"] = _colleague(convenor, "facilitator", "facilitator")
    for role, kind, side, code in (
        ("participant A", "participant", "north", "A-01"),
        ("participant B", "participant", "south", "B-01"),
        ("evaluator", "evaluator", None, None),
        ("interpreter", "interpreter", None, None),
        ("logistics", "logistics", None, None),
    ):
        made.people[role] = _with_card(convenor, kind, side, code)  # type: ignore[arg-type]
    gone = _with_card(convenor, "participant", "north", None)
    remove(convenor.record, gone.membership.member, on)
    other, hub = begin(title="Another valley", handle="other"), begin(("team", "plenary"), "A hub", handle="coordinator")
    made.other, made.hub = other.membership.tag, hub.membership.tag
    from tracktwo.record.hub import Hub, HubOpened

    hub.record.append([HubOpened(on=on, lamport=0, body=Hub(name="A hub"))])
    made.people["other initiative"], made.people["hub coordinator"] = other, hub
    made.people["roster"] = _with_card(hub, "participant", None, None)
    operator = browser(account(Held(operator=True), "operator"))
    token = invite(convenor.record, "Somebody invited", "facilitator", on, clock.now() + timedelta(hours=1))
    invited = Membership.of(
        convenor.membership.key, _opened(convenor.record, lambda slot: open_by_invitation(slot, token.words, clock.now()), INVITATION)
    )
    made.browsers = {
        "anonymous": browser(),
        "invited": browser(Visit(step="invited", membership=invited)),
        "former": gone.browser,
        "operator": operator,
        **{role: placed.browser for role, placed in made.people.items()},
    }
    desk.forget_everything()
    return made


def _with_card(steward: Placed, role: Role, side: str | None, code: str | None) -> Placed:
    record = steward.record
    admitted = issue_card(record, f"Zelda of {role} {side or ''}".strip(), role, side, clock.today(), person=code)
    secret = serving().home.secret.read()
    identity = _opened(record, lambda slot: open_by_card(slot, admitted.words, secret.pepper), PARTICIPANT)
    membership = Membership.of(record.initiative, identity)
    return Placed(browser(Visit(step="card", membership=membership)), membership)


def _colleague(steward: Placed, role: Role, handle: str) -> Placed:
    record = steward.record
    admitted = invite(record, "Zelda Colleague", role, clock.today(), clock.now() + timedelta(hours=1))
    identity = _opened(record, lambda slot: open_by_invitation(slot, admitted.words, clock.now()), INVITATION)
    invitation = Membership.of(record.initiative, identity)
    taken = Membership.of(record.initiative, accept(desk.record_of(invitation), clock.today()).identity)
    return Placed(browser(account(Held(memberships=(taken,)), handle)), taken)


def _opened(record: Record, opens: Callable[[Any], Identity], kind: int) -> Identity:
    for row in record.store.keys(record.initiative, SLOT):
        if row.value is not None and (slot := slot_from(row.value)).kind == kind:
            try:
                return opens(slot)
            except CannotOpen:
                continue
    raise AssertionError("no slot opens")


__all__ = ["PASSPHRASE", "ROLES", "SECRET", "Browser", "House", "Placed", "account", "begin", "browser", "house", "opened"]
