"""Every address, every method, fourteen roles, eight rooms: who gets in, and that no page shows a word to whom its room is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.trust.web_rows import ROWS
from tests.web.house import ROLES, Browser, House, Placed, browser, house, opened
from tests.web.planted import NAMES, READERS, WORDS, leaks, plant
from tracktwo.record.entry import BaseEntry
from tracktwo.web import access, drafts
from tracktwo.web.access import doors
from tracktwo.web.models import Draft, Session
from tracktwo.web.sessions import cookie_of, row_id
from tracktwo.web.urls import urlpatterns
from tracktwo.web.who import Visit

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
"""In `make test` those that no page answers are tried by one role: the door looks at the method before it looks at anybody."""
AWAY = ("/", "/join", "/code", "/enrol", "/recovery", "/resting")
"""Where somebody is sent for whom a door does not open."""
BY_TYPE = {
    "programme-item": "ProgrammeEntered", "programme-out": "ProgrammeEntered",
    "session": "SessionPlanned", "plan-again": "SessionPlanned", "part-new": "SessionPlanned", "part": "PartHeld", "destroy": "PartHeld",
    "quote": "NoteTaken", "put-away": "WorryTold", "take-down": "GroundRuleSet", "translate": "StatementMade", "survey": "SurveyAsked",
    "answers": "SurveyAsked", "follow-up-person": "PersonInvited", "action-done": "FollowUpAgreed",
    "seating-plan": "RoomsPlanned", "seating-paper": "RoomsPlanned", "seating-paper-codes": "RoomsPlanned",
}  # fmt: skip
"""Name of an address → of which type the entry is that stands in it."""


ALWAYS = {"entrance", "sign-in", "recover", "join", "leave", "language", "poll"}
"""What answers whoever comes."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path):
        made = house()
        plant(made)
        yield made


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
        "<slug:kind>": "issue-raised",
        "<entry:fact>": of_type["IssueRaised"],
        "<entry:decision>": of_type["DecisionSigned"],
        "<entry:case>": "0" * 32,
        "<entry:entry>": of_type.get(BY_TYPE.get(name, ""), "0" * 32),
    }
    for part, value in {**values, **extra(home)}.items():
        route = route.replace(part, value)
    assert "<" not in route, f"{name}: the matrix does not know what to put into {route}"
    return f"/{route}"


def extra(home: House) -> dict[str, str]:
    """Further parts of addresses: a draft of the convenor's."""
    who = home.get("convenor", "/initiatives").wsgi_request.who
    number = next((kept.number for kept in drafts.every(who)), None) or drafts.begin(who, {"typed": {}})
    return {"<entry:draft>": number, "<slug:step>": "basics"}


def _visits(home: House) -> dict[str, Visit | None]:
    """The visit of each role, to be begun anew where a request ends it, or changes who one is."""
    found: dict[str, Visit | None] = {}
    for role in ROLES:
        asked = home.browsers[role].get("/poll").wsgi_request
        found[role] = asked.who.visit if asked.who else None
    return found


class _Cast:
    """A browser of each role in the midst of its visit: begun anew where an earlier request has ended or changed it."""

    def __init__(self, home: House) -> None:
        self._visits, self._draft = _visits(home), Draft.objects.get()
        self._browsers: dict[str, tuple[Browser, object]] = {}

    def __getitem__(self, role: str) -> Browser:
        if not Draft.objects.filter(pk=self._draft.pk, content=self._draft.content).exists():
            self._draft.save()  # what an earlier request has thrown away is there again
        if role not in self._browsers or self._browsers[role][1] != _state(self._browsers[role][0]):
            made = browser(self._visits[role])
            made.raise_request_exception = False
            self._browsers[role] = made, _state(made)
        return self._browsers[role][0]


def _state(known: Browser) -> object:
    """What a browser brings with it, and what the house knows of its visit."""
    cookies = {name: cookie.value for name, cookie in known.cookies.items()}
    asked = HttpRequest()
    asked.COOKIES = cookies
    cookie = cookie_of(asked)  # type: ignore[arg-type]
    return cookies, cookie and Session.objects.filter(pk=row_id(cookie)).values_list("content").first()


def _passes(response: object) -> bool:
    status = response.status_code  # type: ignore[attr-defined]
    return status not in (403, 404) and not (status == 303 and response.headers["Location"] in AWAY)  # type: ignore[attr-defined]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {str(pattern.name) for pattern, _ in doors(list(urlpatterns))} == set(ROWS)


def _wrong(home: House, everybody: bool) -> tuple[int, list[str]]:
    """How many cells were tried, and what is not as the rows say."""
    addresses, cast = _addresses(home), _Cast(home)
    cells, wrong = 0, []
    for name, path in addresses.items():
        door = next(door for pattern, door in doors(list(urlpatterns)) if pattern.name == name)
        for role in ROLES:
            for method in METHODS:
                if method not in ("GET", "POST") and not everybody and role != "convenor":
                    continue
                response = cast[role].generic(method, path)
                cells += len(WORDS)
                wrong += [f"{method} {name} as {role} shows {what}" for what in leaks(response.content.decode(errors="replace"), role)]
                wrong += _not_as_written(response, name, role, method, method in door.methods)
    return cells, wrong


def _not_as_written(response: object, name: str, role: str, method: str, answered: bool) -> list[str]:
    status = response.status_code  # type: ignore[attr-defined]
    if status >= 500:
        return [f"{method} {name} as {role} fails"]
    if not answered:
        return [f"{method} {name} as {role}: {status}, not 405"] if status != 405 else []
    if name in ALWAYS or method not in ("GET", "POST"):
        return []
    passed, wanted = _passes(response), role in ROWS[name]
    if (passed and not wanted) or (wanted and not passed and method == "GET"):
        return [f"{method} {name} as {role}: {status}"]
    return []


def test_every_door_opens_for_those_in_its_row_and_for_nobody_else(home: House) -> None:
    assert _wrong(home, everybody=False)[1] == []


@pytest.mark.gate
def test_every_cell_of_the_permission_matrix_is_as_it_was_written_down(planted: House, figure: Callable[[str], None]) -> None:
    cells, wrong = _wrong(planted, everybody=True)
    figure(f"{cells} cells: {len(ROWS)} addresses, {len(METHODS)} methods, {len(ROLES)} roles, {len(WORDS)} rooms; {len(wrong)} wrong")
    assert wrong == []


def test_the_search_finds_what_is_shown_to_those_who_may_read_it(home: House) -> None:
    seen = "".join(home.get("convenor", path).content.decode(errors="replace") for name, path in _addresses(home).items() if "convenor" in ROWS[name])
    missing = [room for room, word in WORDS.items() if word and word not in seen]
    assert missing == ["surveys"]  # of one answer nothing is shown: too few to say
    assert [name for name in NAMES if name not in seen] == []


def _foreign(home: House, monkeypatch: pytest.MonkeyPatch, methods: tuple[str, ...]) -> tuple[int, int, list[str]]:
    """Cells, pages that opened although they are shut otherwise, and words of rooms whose key the reader does not hold."""
    monkeypatch.setattr(access, "may", lambda *_: True)
    addresses, cast = _addresses(home), _Cast(home)
    cells, foreign, opened_now = 0, [], 0
    for name, path in addresses.items():
        for role in ROLES:
            for method in methods:
                response = cast[role].generic(method, path)
                cells += len(WORDS)
                opened_now += _passes(response) and role not in ROWS[name]
                foreign += [f"{method} {name} as {role} shows {what}" for what in leaks(response.content.decode(errors="replace"), role)]
    return cells, opened_now, foreign


def test_with_every_permission_granted_the_keys_alone_keep_the_rooms_shut(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _, opened_now, foreign = _foreign(home, monkeypatch, ("GET",))
    assert opened_now > 100  # the permission checks are really out of the way
    assert foreign == []


@pytest.mark.gate
def test_the_second_lock_holds_alone_for_every_method(planted: House, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]) -> None:
    cells, opened_now, foreign = _foreign(planted, monkeypatch, ("GET", "POST"))
    figure(f"{cells} cells, {opened_now} pages opened that are shut otherwise, {len(foreign)} foreign words")
    assert foreign == []


def test_who_holds_a_key_in_the_tables_holds_it_in_the_record(home: House) -> None:
    for role, placed in home.people.items():
        if placed.membership.tag == home.tag:
            open_rooms = _open(placed)
            for room in WORDS:
                if room not in ("sealed", "surveys", "ballots"):
                    assert (room in open_rooms) == (role in READERS[room]), (role, room)


def _open(placed: Placed) -> set[str]:
    return {room.name for room in placed.record.keyring.rooms.values() if not room.closed_to_me}
