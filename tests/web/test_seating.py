"""Breakout rooms in the browser: planned, changed by hand, made again with its pins, explained, saved and printed, all without a script."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.web.convened import people
from tests.web.house import House
from tests.web.test_panel import told
from tracktwo.considerations import rooms
from tracktwo.record.convening import RoomsPlanned, plans_of
from tracktwo.record.entries import PersonInvited
from tracktwo.record.keeping import FactWithdrawn, Withdrawal
from tracktwo.web import clock
from tracktwo.web.desk import open_desk

WHO = ["A-02", "A-03", "A-04", "B-02", "B-03", "B-04"]
WANTED: dict[str, Any] = {
    "title": "The day of the ZORILLA",
    "people": WHO,
    "rooms": "2",
    "rounds": "2",
    "balance": ["side"],
    "interpreters": ["T-01"],
}


@pytest.fixture
def convened(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(rooms, "ITERATIONS", 100)  # enough for six people
    people(home)
    return home


def path(home: House) -> str:
    return f"/i/{home.tag}/rooms"


def plans(home: House) -> tuple[RoomsPlanned, ...]:
    return plans_of(open_desk(home.people["convenor"].membership).settled)


def planned(home: House, **other: Any) -> str:
    return str(home.post("convenor", path(home), WANTED | other).content.decode())


def typed(body: str) -> dict[str, Any]:
    """What the form of a plan would send, as it is shown."""
    form = body.split('class="wide"')[1].split("</form>")[0]
    found: dict[str, Any] = {"title": html.unescape(re.findall(r'name="title"[^>]*value="([^"]*)"', form)[0])}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = (re.findall(r'<option value="([^"]*)" selected', inside) or [""])[0]
    for tag in re.findall(r"<input[^>]*data-pin[^>]*checked[^>]*>", form):
        found[re.findall(r'name="([^"]+)"', tag)[0]] = "on"
    for tag in re.findall(r'<input type="number"[^>]*>', form):
        found[re.findall(r'name="([^"]+)"', tag)[0]] = re.findall(r'value="([^"]*)"', tag)[0]
    return found


def send(home: House, body: str, do: str, where: str | None = None, **other: Any) -> Any:
    return home.post("convenor", where or path(home), typed(body) | {"do": do} | other)


def seats(body: str) -> dict[str, str]:
    return {name: value for name, value in typed(body).items() if name.startswith("seat-")}


def answer(body: str) -> str:
    return told(body.split('<div id="answer">')[1].split("<form")[0])


def test_people_are_seated_apart_from_whom_they_must_not_meet_and_understood(convened: House) -> None:
    body = planned(convened)
    assert "Every rule is kept." in answer(body)
    assert "Kept apart: Zeno Northwood – Zaid Southhill" in answer(body)
    where = seats(body)
    assert all(where[f"seat-{number}-A-03"] != where[f"seat-{number}-B-02"] for number in (1, 2))
    assert sorted(where) == sorted(f"seat-{number}-{code}" for number in (1, 2) for code in WHO)
    assert seats(planned(convened)) == where  # the same answer each time
    assert plans(convened) == ()


def test_the_form_begins_with_who_agreed_to_come_and_then_with_the_settled_panel(convened: House) -> None:
    def ticked() -> list[str]:
        return re.findall(r'name="people" value="([^"]+)" checked', convened.get("convenor", path(convened)).content.decode())

    assert ticked() == ["A-02", "A-03", "A-04", "B-02", "B-03", "B-04"]
    convened.post("convenor", f"/i/{convened.tag}/panel", {"size": "4", "quota0_min": "1", "do": "settle"})
    assert ticked() == ["A-02", "A-03", "B-03", "B-04"]


def test_who_is_moved_and_pinned_stays_there_when_the_plan_is_made_again_and_who_moved_is_told(convened: House) -> None:
    body = planned(convened)
    elsewhere = {"1": "2", "2": "1"}[seats(body)["seat-1-A-02"]]
    again = send(convened, body, "again", **{"seat-1-A-02": elsewhere, "pin-1-A-02": "on"}).content.decode()
    assert seats(again)["seat-1-A-02"] == elsewhere
    assert typed(again)["pin-1-A-02"] == "on"
    assert "Who sits elsewhere than before" in answer(again)
    assert "Every rule is kept." in answer(again)


def test_a_plan_changed_by_hand_is_checked_as_it_stands_in_words(convened: House) -> None:
    body = planned(convened)
    together = seats(body)["seat-1-A-03"]
    checked = send(convened, body, "check", **{"seat-1-B-02": together}).content.decode()
    assert "Round 1, room" in answer(checked)
    assert re.search(r"Zeno Northwood and Zaid Southhill must not meet and sit together", answer(checked))
    assert seats(checked)["seat-1-B-02"] == together  # it is shown as it was chosen


def test_pins_that_cannot_hold_are_named_with_what_stands_against_them(convened: House) -> None:
    body = planned(convened)
    pins = {f"seat-1-{code}": "1" for code in ("A-03", "B-02")} | {f"pin-1-{code}": "on" for code in ("A-03", "B-02")}
    said = answer(send(convened, body, "again", **pins).content.decode())
    assert "Round 1: these cannot hold together." in said
    assert "Zeno Northwood and Zaid Southhill must not meet" in said
    assert re.search(r"is pinned to room 1", said)


def test_why_tells_who_is_new_and_by_which_language_they_talk(convened: House) -> None:
    body = planned(convened)
    said = answer(send(convened, body, "", why="2:B-02").content.decode())
    assert re.search(r"Why Zaid Southhill B-02 Round 2, room \d\.", said)
    assert re.search(r"French|Arabic and French|French and Arabic", said)
    assert "Why" not in answer(send(convened, body, "", why="9:B-02").content.decode())


def test_who_leaves_after_a_round_that_is_over_moves_few_others(convened: House) -> None:
    body = planned(convened)
    again = send(convened, body, "again", **{"held": "1", "last-A-02": "1"}).content.decode()
    before, after = seats(body), seats(again)
    assert {name: value for name, value in after.items() if "-1-" in name} == {name: value for name, value in before.items() if "-1-" in name}
    assert "Not there: Zora Northhill" in told(again)
    assert "over" in told(again.split('id="round-1"')[1][:200])


def test_a_plan_is_saved_once_changed_later_and_taken_out(convened: House) -> None:
    body = planned(convened)
    for _ in range(2):
        saved = send(convened, body, "save", once="ab" * 16)
        assert saved.status_code == 303
    (entry,) = plans(convened)
    assert (entry.room, entry.body.title, entry.body.signed_by) == ("team", "The day of the ZORILLA", "Convenor")
    where = f"{path(convened)}/{entry.id}"
    assert saved.headers["Location"] == where
    shown = convened.get("facilitator", where).content.decode()
    assert seats(shown) == seats(body)
    send(convened, shown, "save", where, title="The day after")
    (later,) = plans(convened)
    assert (later.body.title, later.replaces) == ("The day after", (entry.id,))
    assert convened.get("convenor", where).headers["Location"] == path(convened)
    convened.post("convenor", f"{path(convened)}/{later.id}", {"do": "out"})
    assert plans(convened) == ()


def test_paper_shows_names_or_codes_alone(convened: House) -> None:
    where = send(convened, planned(convened), "save").headers["Location"]
    names = told(convened.get("convenor", f"{where}/paper").content.decode().split("<main")[1])
    codes = told(convened.get("convenor", f"{where}/paper-of-codes").content.decode().split("<main")[1])
    assert ("Zora Northhill" in names, "Zora" in codes, "A-02" in codes) == (True, False, True)
    assert names.count("Round") == codes.count("Round") == 2


UNPLANNED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"people": ["A-02"]}, "Choose at least two people"),
    ({"rooms": "7"}, "There are 6 people for 7 rooms"),
    ({"rooms": "0"}, "greater than or equal to 1"),
    ({"rounds": ""}, "required"),
    ({"balance": ["wealth"]}, "not one of the available choices"),
)


def test_what_cannot_be_planned_is_said_once_and_nothing_typed_is_lost(convened: House) -> None:
    for wrong, sentence in UNPLANNED:
        body = planned(convened, **wrong)
        assert told(body.split('id="errors"')[1].split("</ul>")[0]).count(sentence) == 1, wrong
        assert 'value="The day of the ZORILLA"' in body


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"last-A-02": "1", "first-A-02": "2"}, "The last round is before the first"),
    ({f"last-{code}": "1" for code in WHO[1:]}, "In round 2 there are 1 people, too few for 2 rooms"),
    ({"held": "5"}, "less than or equal to 2"),
    ({"seat-1-A-02": "9"}, "not one of the available choices"),
)


def test_what_is_wrong_in_a_plan_is_said_once_and_the_plan_stays_as_it_was_chosen(convened: House) -> None:
    body = planned(convened)
    for wrong, sentence in WRONG:
        wrongly = send(convened, body, "again", **wrong).content.decode()
        assert told(wrongly.split('id="errors"')[1].split("</ul>")[0]).count(sentence) == 1, wrong
        kept = {name: value for name, value in seats(body).items() if name not in wrong}
        assert {name: value for name, value in seats(wrongly).items() if name in kept} == kept


def test_no_address_says_who_sits_where(convened: House) -> None:
    body = send(convened, planned(convened), "check").content.decode()
    assert [one for one in re.findall(r'(?:href|action)="([^"]*)"', body) if re.search(r"[A-Z]-\d\d|\?", one)] == []


def test_a_plan_with_somebody_who_is_no_longer_invited_leads_back_to_the_list(convened: House) -> None:
    where = send(convened, planned(convened), "save").headers["Location"]
    settled = open_desk(convened.people["convenor"].membership).settled
    gone = next(entry for entry in settled if isinstance(entry, PersonInvited) and entry.about == "A-04")
    convened.write("convenor", FactWithdrawn(on=clock.today(), lamport=0, room="team", body=Withdrawal(), replaces=(gone.id,)))
    body = convened.get("convenor", where).content.decode()
    assert "Zita Northfield" not in body
    assert 'id="new"' in body


def test_the_pages_speak_the_language_of_their_reader(convened: House) -> None:
    for language, words in (("fr", "Ce plan enfreint des règles"), ("ar", "هذه الخطة تخالف قواعد")):
        convened.browsers["convenor"].cookies["__Host-language"] = language
        body = planned(convened)
        assert words in told(send(convened, body, "check", **{"seat-1-B-02": seats(body)["seat-1-A-03"]}).content.decode())
