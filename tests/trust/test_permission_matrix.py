"""Every address, every method, fourteen roles, eight rooms: who gets in, and that no page shows a word of a room whose key its reader does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.trust.web_rows import ROWS
from tests.web.house import ROLES, House, Placed, browser, house, opened
from tests.web.planted import NAMES, READERS, WORDS, leaks, plant
from tracktwo.record.entry import BaseEntry
from tracktwo.web import access
from tracktwo.web.access import doors
from tracktwo.web.models import Session
from tracktwo.web.urls import urlpatterns
from tracktwo.web.who import Visit

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
AWAY = ("/", "/join", "/code", "/enrol", "/recovery", "/resting")
"""Where somebody is sent for whom a door does not open."""
BY_TYPE = {
    "session": "SessionPlanned", "plan-again": "SessionPlanned", "part-new": "SessionPlanned", "part": "PartHeld", "destroy": "PartHeld",
    "quote": "NoteTaken", "put-away": "WorryTold", "take-down": "GroundRuleSet", "translate": "StatementMade", "survey": "SurveyAsked",
    "answers": "SurveyAsked",
}  # fmt: skip
"""Name of an address → of which type the entry is that stands in it."""


@pytest.fixture
def planted(database: Database, tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path, None if database.kind == "SQLite" else database.address):
        home = house()
        plant(home)
        yield home


def _addresses(home: House) -> dict[str, str]:
    """Every address with what belongs into it: name → path."""
    entries = home.people["convenor"].record.read().entries
    return {str(pattern.name): _filled(str(pattern.pattern), str(pattern.name), home, entries) for pattern, _ in doors(list(urlpatterns))}


def _filled(route: str, name: str, home: House, entries: tuple[BaseEntry, ...]) -> str:
    of_type = {type(entry).__name__: entry.id for entry in entries}
    values = {
        "<tag:tag>": home.tag,
        "<code:person>": "A-01",
        "<str:code>": "A-01",
        "<slug:name>": "assessment",
        "<slug:part>": "assessment",
        "<slug:kind>": "issues",
        "<entry:fact>": of_type["IssueRaised"],
        "<entry:entry>": of_type.get(BY_TYPE.get(name, ""), "0" * 32),
    }
    for part, value in {**values, **extra(home)}.items():
        route = route.replace(part, value)
    assert "<" not in route, f"{name}: the matrix does not know what to put into {route}"
    return f"/{route}"


def extra(home: House) -> dict[str, str]:
    """Further parts of addresses."""
    return {}


def _visits(home: House) -> dict[str, Visit | None]:
    """The visit of each role, to be begun anew for each request: some end it, or change who one is."""
    found: dict[str, Visit | None] = {}
    for role in ROLES:
        asked = home.browsers[role].get("/poll").wsgi_request
        found[role] = asked.who.visit if asked.who else None
    return found


def _as(visit: Visit | None) -> object:
    Session.objects.all().delete()
    return browser(visit)


def _passes(response: object) -> bool:
    status = response.status_code  # type: ignore[attr-defined]
    return status not in (403, 404) and not (status == 303 and response.headers["Location"] in AWAY)  # type: ignore[attr-defined]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {str(pattern.name) for pattern, _ in doors(list(urlpatterns))} == set(ROWS)


def test_every_door_opens_for_those_in_its_row_and_for_nobody_else(planted: House, figure: Callable[[str], None]) -> None:
    cells, wrong = 0, []
    addresses, visits = _addresses(planted), _visits(planted)
    always = {"entrance", "sign-in", "recover", "join", "leave", "language", "poll"}
    for name, path in addresses.items():
        door = next(door for pattern, door in doors(list(urlpatterns)) if pattern.name == name)
        for role in ROLES:
            for method in METHODS:
                made = _as(visits[role])
                response = made.generic(method, path)  # type: ignore[attr-defined]
                body = response.content.decode(errors="replace")
                cells += len(WORDS)
                wrong += [f"{method} {name} as {role} shows {what}" for what in leaks(body, role)]
                if response.status_code >= 500:
                    wrong.append(f"{method} {name} as {role} fails")
                if method not in door.methods:
                    if response.status_code != 405:
                        wrong.append(f"{method} {name} as {role}: {response.status_code}, not 405")
                elif name not in always and method in ("GET", "POST"):
                    passed, wanted = _passes(response), role in ROWS[name]
                    if (passed and not wanted) or (wanted and not passed and method == "GET"):
                        wrong.append(f"{method} {name} as {role}: {response.status_code} {response.headers.get('Location', '')}")
    figure(f"{cells} cells: {len(addresses)} addresses, {len(METHODS)} methods, {len(ROLES)} roles, {len(WORDS)} rooms; {len(wrong)} wrong")
    assert wrong == []


def test_the_search_finds_what_is_shown_to_those_who_may_read_it(planted: House) -> None:
    seen = "".join(
        planted.get("convenor", path).content.decode(errors="replace") for name, path in _addresses(planted).items() if "convenor" in ROWS[name]
    )
    assert [room for room, word in WORDS.items() if word and word not in seen] == []
    assert [name for name in NAMES if name not in seen] == []


def test_with_every_permission_granted_the_keys_alone_keep_the_rooms_shut(
    planted: House, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]
) -> None:
    monkeypatch.setattr(access, "may", lambda *_: True)
    addresses, visits = _addresses(planted), _visits(planted)
    cells, foreign, opened_now = 0, [], 0
    for name, path in addresses.items():
        for role in ROLES:
            for method in ("GET", "POST"):
                response = _as(visits[role]).generic(method, path)  # type: ignore[attr-defined]
                body = response.content.decode(errors="replace")
                cells += len(WORDS)
                opened_now += _passes(response) and role not in ROWS[name]
                foreign += [f"{method} {name} as {role} shows {what}" for what in leaks(body, role)]
    figure(f"{cells} cells, {opened_now} pages opened that are shut otherwise, {len(foreign)} foreign words")
    assert opened_now > 100  # the permission checks are really out of the way
    assert foreign == []


def test_who_holds_a_key_in_the_tables_holds_it_in_the_record(planted: House) -> None:
    for role, placed in planted.people.items():
        if placed.membership.tag == planted.tag:
            open_rooms = _open(placed)
            for room in WORDS:
                if room not in ("sealed", "surveys", "ballots"):
                    assert (room in open_rooms) == (role in READERS[room]), (role, room)


def _open(placed: Placed) -> set[str]:
    return {room.name for room in placed.record.keyring.rooms.values() if not room.closed_to_me}
