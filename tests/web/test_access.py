"""The one place that decides who may pass: each kind of door, before each kind of visitor, without a house around it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.urls import include, path

import tests.web.configured  # noqa: F401 - before any model
from tracktwo.web import access
from tracktwo.web.access import ACCOUNT, ANYONE, OPERATOR, Door, at, door, doors, may, seat_door
from tracktwo.web.desk import NotYours

TAG = "ab" * 8


def visitor(step: str | None = "full", *, operator: bool = False, role: str | None = None, rooms: tuple[str, ...] = (), view: str = "") -> Any:
    """Somebody at a step of coming in, with a role in the initiative of the tag or with none."""
    desk = None if role is None else SimpleNamespace(role=role, rooms=frozenset(rooms))
    who = SimpleNamespace(
        step=step,
        operator=operator,
        visit=SimpleNamespace(view=view) if step else None,
        membership=lambda tag: desk if tag == TAG else None,
        memberships=() if desk is None else (SimpleNamespace(of="another"), desk),
    )
    return SimpleNamespace(who=who, method="GET")


@pytest.fixture(autouse=True)
def desks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A membership stands for its own desk, so that no record is needed; how each was to be shown is written down."""
    shown: list[str] = []

    def opened(membership: Any, *, view: str) -> Any:
        shown.append(view)
        if membership.role == "let out":
            raise NotYours
        return membership

    monkeypatch.setattr(access, "open_desk", opened)
    monkeypatch.setattr(access, "open_seat", lambda membership: opened(membership, view="seat"))
    return shown


def shown(asked: Any, *found: Any, **named: Any) -> HttpResponse:
    """A view that says what it was given."""
    asked.given = (*found, named)
    return HttpResponse("shown")


def passed(made: Any, asked: Any, method: str = "GET", **named: Any) -> Any:
    """The answer of a view behind a door: its status or, for who is sent away, the address."""
    asked.method = method
    try:
        answer = made(asked, **named)
    except Http404:
        return 404
    return answer.headers["Location"] if answer.status_code == 303 else answer.status_code


def test_a_door_for_anyone_opens_for_whoever_comes() -> None:
    made = door(ANYONE)(shown)
    for step in (None, "invited", "opening", "code", "enrol", "recovery", "resting", "card", "full"):
        assert passed(made, visitor(step)) == 200


def test_who_has_not_come_in_is_sent_to_the_entrance_and_who_is_on_the_way_goes_on() -> None:
    made = door(ACCOUNT)(shown)
    steps = (None, "invited", "opening", "code", "enrol", "recovery", "resting")
    assert [passed(made, visitor(step)) for step in steps] == ["/", "/join", "/join", "/code", "/enrol", "/recovery", "/resting"]
    assert passed(door("convenor")(shown), visitor(None), tag=TAG) == "/"
    assert passed(door("convenor")(shown), visitor("code", role="convenor"), tag=TAG) == "/code"


def test_a_door_of_a_step_opens_at_that_step_alone() -> None:
    made = door(steps=("code",))(shown)
    assert passed(made, visitor("code")) == 200
    assert passed(made, visitor("enrol")) == "/enrol"
    assert passed(made, visitor("full")) == 404
    assert passed(made, visitor(None)) == "/"


def test_a_door_for_accounts_opens_for_them_and_not_for_a_card() -> None:
    made = door(ACCOUNT)(shown)
    assert passed(made, visitor("full")) == 200
    assert passed(made, visitor("card")) == 404
    assert passed(made, visitor("card", operator=True)) == 404
    assert passed(door("convenor")(shown), visitor("full")) == 404


def test_a_door_for_the_operator_opens_for_the_operator() -> None:
    made = door(OPERATOR)(shown)
    assert passed(made, visitor("full", operator=True)) == 200
    assert passed(made, visitor("full")) == 404
    assert passed(door("convenor")(shown), visitor("full", operator=True)) == 404


def test_a_door_of_an_initiative_opens_for_its_roles_in_it_and_nowhere_else() -> None:
    made = door("convenor", "facilitator")(shown)
    for role, answer in {"convenor": 200, "facilitator": 200, "participant": 404, "evaluator": 404, "let out": 404}.items():
        assert passed(made, visitor("full", role=role), tag=TAG) == answer, role
    assert passed(made, visitor("full", role="convenor"), tag="cd" * 8) == 404
    assert passed(made, visitor("full"), tag=TAG) == 404
    assert passed(door(ACCOUNT)(shown), visitor("full", role="let out"), tag=TAG) == 404  # what lies in an initiative is not for any account


def test_a_door_with_a_room_wants_the_key_as_well_as_the_role() -> None:
    made = door("convenor", room="team")(shown)
    assert passed(made, visitor(role="convenor", rooms=("team", "plenary")), tag=TAG) == 200
    assert passed(made, visitor(role="convenor", rooms=("plenary",)), tag=TAG) == 404
    assert passed(made, visitor(role="logistics", rooms=("team",)), tag=TAG) == 404


def test_a_view_gets_the_desk_in_place_of_the_tag_and_all_else_of_the_address(desks: list[str]) -> None:
    asked = visitor(role="convenor", view="north")
    assert passed(door("convenor")(shown), asked, tag=TAG, entry="e") == 200
    assert asked.given == (asked.who.membership(TAG), {"entry": "e"})
    assert desks == ["north"]
    asked = visitor("full")
    assert passed(door(ACCOUNT)(shown), asked, entry="e") == 200
    assert asked.given == ({"entry": "e"},)


def test_a_desk_is_opened_for_a_card_that_has_no_view(desks: list[str]) -> None:
    asked = visitor("card", role="participant")
    asked.who.visit = None
    assert passed(door("participant")(shown), asked, tag=TAG) == 200
    assert desks == [""]


def test_a_method_that_a_page_does_not_answer_is_refused_before_anybody_is_looked_at() -> None:
    made, both = door(ACCOUNT)(shown), door(ACCOUNT, methods=("POST",))(shown)
    assert [passed(made, visitor("full"), method) for method in ("GET", "HEAD", "POST", "DELETE")] == [200, 200, 405, 405]
    assert [passed(both, visitor(None), method) for method in ("GET", "HEAD", "POST")] == [405, 405, "/"]


def test_only_an_evaluator_is_told_that_a_page_is_not_for_him_and_only_where_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[object, object]] = []

    def refused(asked: object, desk: object) -> HttpResponse:
        told.append((asked, desk))
        return HttpResponse(status=403)

    monkeypatch.setattr(access, "refused", refused)
    made, hidden = door("convenor", refusal="told")(shown), door("convenor")(shown)
    asked = visitor(role="evaluator")
    assert passed(made, asked, tag=TAG) == 403
    assert told == [(asked, asked.who.membership(TAG))]
    assert passed(hidden, visitor(role="evaluator"), tag=TAG) == 404
    assert passed(made, visitor(role="participant"), tag=TAG) == 404
    assert passed(made, visitor("full")) == 404
    assert len(told) == 1


def test_the_door_of_participants_opens_for_a_card_and_gives_a_seat(desks: list[str]) -> None:
    made = seat_door(("GET", "POST"))(shown)
    asked = visitor("card", role="participant")
    assert passed(made, asked, "POST", statement="s") == 200
    assert asked.given == (asked.who.memberships[-1], {"statement": "s"})
    assert desks == ["seat"]
    assert passed(made, visitor(None), "POST") == "/"
    assert passed(made, visitor("full", role="convenor"), "POST") == 404
    assert passed(made, visitor("card", role="let out"), "POST") == 404
    assert passed(made, visitor("card"), "POST") == 404
    assert passed(made, visitor("card", role="participant"), "DELETE") == 405
    assert passed(seat_door()(shown), visitor("card", role="participant"), "POST") == 405


def test_a_light_door_is_known_by_that() -> None:
    assert seat_door()(shown).door == Door(frozenset({"participant"}), ("GET",), frozenset({"card"}), None, "hidden", light=True)
    made = door("convenor", room="team", refusal="told", steps=("card",))(shown).door
    with pytest.raises(FrozenInstanceError):
        made.roles = frozenset({ANYONE})
    assert made == Door(frozenset({"convenor"}), ("GET", "HEAD"), frozenset({"card"}), "team", "told", light=False)


def test_the_decision_itself_never_opens_a_door_that_names_nobody() -> None:
    nobody = Door(frozenset(), ("GET",), frozenset(), None, "hidden")
    for asked in (visitor(None), visitor("full", operator=True), visitor("card", role="participant")):
        assert not may(nobody, asked, asked.who.membership(TAG))
        assert not may(nobody, asked, None)


def test_an_address_without_a_door_is_refused_and_one_with_a_door_is_listed_once() -> None:
    with pytest.raises(ImproperlyConfigured, match="open has no door"):
        at("open", shown, "open")  # type: ignore[arg-type]
    made = at("i/<tag:tag>/<code:person>/<entry:fact>", door("convenor")(shown), "shut")
    assert str(made.pattern) == "i/<tag:tag>/<code:person>/<entry:fact>"
    assert made.resolve(f"i/{TAG}/A-01/{'cd' * 16}") is not None
    for wrong in (f"i/{TAG}0/A-01/{'cd' * 16}", f"i/{TAG}/A01/{'cd' * 16}", f"i/{TAG}/A-01/{'cd' * 15}"):
        assert made.resolve(wrong) is None
    gathered = [(pattern.name, found.roles) for pattern, found in doors([path("more/", include([])), made])]
    assert gathered == [("shut", frozenset({"convenor"}))]
