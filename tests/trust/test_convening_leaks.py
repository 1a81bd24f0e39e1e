"""What the team knows of a panel stays in its room: influence, vetoes, why two must not meet, who was settled and who sits with whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.trust.test_permission_matrix import _addresses
from tests.trust.web_rows import ROWS
from tests.web.convened import people
from tests.web.house import House, house, opened
from tests.web.planted import plant
from tracktwo.constitute import considered, let_out
from tracktwo.dossier.language import voice
from tracktwo.dossier.write import contents, texts
from tracktwo.model.brief import NoContact, PanelQuota
from tracktwo.record.convening import CONVENING, Panel, PanelSettled, RoomPlan, RoomsPlanned
from tracktwo.record.entries import ENTRY_TYPES, STATED, PersonInvited
from tracktwo.record.initiative import replay
from tracktwo.record.publish import draft_case
from tracktwo.sources.shelf import open_shelf
from tracktwo.web import clock
from tracktwo.web.desk import open_desk
from tracktwo.web.findings import job_of

DAY = date(2026, 11, 27)
OTHERS = ("participant A", "participant B", "evaluator", "interpreter", "logistics")
WHY, SIGNED, PLAN = "ZEBUWHY", "ZEBUSIGNED", "ZEBUPLAN"
CANARIES = (WHY, SIGNED, PLAN)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("house")):
        made = house()
        plant(made)
        people(
            made, apart=(NoContact(one="Zeno Northwood", other="Zaid Southhill", why=f"A trial, {WHY}"),), quotas=(PanelQuota(gender="man", min=1),)
        )
        rooms = {
            "title": PLAN,
            "people": ({"person": "A-02"}, {"person": "B-03"}),
            "rounds": ({"rooms": (("A-02", "B-03"),), "interpreters": ("",), "facilitators": ((),)},),
            "signed_by": SIGNED,
        }
        made.write(
            "convenor",
            PanelSettled(on=clock.today(), lamport=0, body=Panel(people=("A-02", "B-03"), reserves=("A-03",), signed_by=SIGNED)),
            RoomsPlanned(on=clock.today(), lamport=0, body=RoomPlan.model_validate(rooms)),
        )
        yield made


def test_what_was_planted_can_be_seen_by_those_who_steer(home: House) -> None:
    shown = "".join(home.get("convenor", f"/i/{home.tag}/{name}").content.decode() for name in ("panel", "rooms", "considerations/process"))
    assert all(word in shown for word in CANARIES)
    assert "influence 9 of 10" in shown
    assert "refused by" in shown


def test_no_page_of_anybody_else_shows_any_of_it(home: House) -> None:
    names = ("Zora Northhill", "Zeno Northwood", "Zita Northfield")
    addresses, found = _addresses(home), []
    for role in OTHERS:
        for name, path in addresses.items():
            if role in ROWS[name]:  # the matrix tries the doors that are shut
                body = home.get(role, path).content.decode(errors="replace")
                found += [f"{role} {path}: {word}" for word in (*CANARIES, *(() if role == "logistics" else names)) if word in body]
    assert found == []


@pytest.mark.parametrize("role", OTHERS)
def test_no_key_but_the_stewards_opens_a_panel_or_a_plan(home: House, role: str) -> None:
    kinds = (PanelSettled, RoomsPlanned, PersonInvited)
    assert any(isinstance(entry, PanelSettled) for entry in home.people["convenor"].record.read().entries)  # the control
    assert [entry for entry in home.people[role].record.read().entries if isinstance(entry, kinds)] == []


@pytest.mark.parametrize("names", [pytest.param(False, marks=pytest.mark.gate), True])
def test_no_dossier_and_no_text_of_the_first_day_holds_any_of_it(home: House, names: bool) -> None:
    entries = open_desk(home.people["convenor"].membership).entries
    done = considered(replay(entries, hidden=True), open_shelf(None, DAY), as_of=DAY)
    released = let_out(done, voice(), names=names)
    made = b"".join([*contents(released, voice()).values(), *texts(released, voice()).values()])
    assert b"panel" in made.lower()  # the panel is spoken of
    said = made.decode(errors="replace")
    assert [word for word in (*CANARIES, "influence 9", 'nfluence": 9') if word in said] == []


def test_no_draft_of_a_case_no_calendar_and_no_sheet_of_codes_holds_any_of_it(home: House) -> None:
    initiative = replay(open_desk(home.people["convenor"].membership).entries, hidden=True)
    plan = next(entry for entry in home.people["convenor"].record.read().entries if isinstance(entry, RoomsPlanned) and entry.body.title == PLAN)
    made = {
        "draft": draft_case(initiative),
        "team's calendar": home.get("convenor", f"/i/{home.tag}/programme/calendar.ics").content.decode(),
        "participant's calendar": home.get("participant A", f"/p/{home.tag}/calendar").content.decode(),
        "codes": home.get("convenor", f"/i/{home.tag}/rooms/{plan.id}/paper-of-codes").content.decode(),
    }
    names = ("Zora Northhill", "Zelie Southwood", *CANARIES)
    assert [(what, name) for what, text in made.items() for name in names if name in text] == []
    assert "A-02" in made["codes"]


def test_the_child_that_works_out_findings_is_given_no_panel_and_no_plan(home: House) -> None:
    desk = open_desk(home.people["convenor"].membership)
    asked = home.get("convenor", "/initiatives").wsgi_request
    told = job_of(asked, desk).model_dump_json()
    assert WHY in told  # what was stated goes to it
    assert [word for word in (SIGNED, PLAN, "PanelSettled", "RoomsPlanned") if word in told] == []


@pytest.mark.parametrize("room", ["plenary", "caucus:north", "logistics", "sealed"])
@pytest.mark.parametrize("kind", CONVENING)
def test_neither_can_be_written_into_another_room(kind: type[PanelSettled], room: str) -> None:
    assert kind in ENTRY_TYPES
    assert kind not in STATED
    body = {"people": ("A-01",), "signed_by": "Z"}
    with pytest.raises(ValueError, match="room"):
        kind.model_validate({"on": DAY, "lamport": 0, "room": room, "body": body})
