"""A new initiative: steps that keep what was typed, a file that is read in memory, and a record that begins once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making import ROOT
from tests.web.house import House
from tracktwo.model.brief import Brief
from tracktwo.record.duplicates import duplicates
from tracktwo.web import desk
from tracktwo.web.brief_steps import brief_of, sides_of
from tracktwo.web.models import Draft
from tracktwo.web.work import work

STEPS: dict[str, dict[str, Any]] = {
    "basics": {"title": "ZEBRA of two valleys", "challenge": "shared resource", "language": "fr", "convenor": "A small foundation"},
    "sides": {
        "sides-rows": "2", "sides-0-name": "Up the river", "sides-0-kind": "community", "sides-1-name": "سكان المصب", "sides-1-country": "Mali",
    },
    "where": {"countries": "Mali; Niger", "town": "Gao"},
    "people": {
        "people-rows": "3",
        "people-0-name": "Zelda Ober", "people-0-part": "invited", "people-0-side": "up-the-river", "people-0-languages": "fr:C1; dje",
        "people-1-name": "زيد", "people-1-part": "invited", "people-1-side": "side-2", "people-1-nationality": "Mali",
        "people-2-name": "Zoë Fac", "people-2-part": "facilitator",
    },
    "wish": {"starts": "2027-03-01", "days": "3", "rounds": "2", "months": "12", "languages": "fr"},
    "money": {"currency": "EUR", "costs-rows": "1", "costs-0-what": "rooms", "costs-0-amount": "4000", "costs-0-every": "round", "pledges-rows": "0"},
}  # fmt: skip


def begin(home: House) -> str:
    answer = home.post("convenor", "/new")
    assert answer.status_code == 303
    return str(answer.headers["Location"]).split("/")[2]


def walk(home: House, draft: str) -> None:
    for name, typed in STEPS.items():
        answer = home.post("convenor", f"/new/{draft}/{name}", typed)
        assert answer.status_code == 303, (name, re.findall(r'class="errors".*?</div>', answer.content.decode(), re.S))


def test_a_convenor_comes_from_nothing_to_an_initiative_in_six_steps(home: House) -> None:
    draft = begin(home)
    walk(home, draft)
    shown = home.get("convenor", f"/new/{draft}/review").content.decode()
    assert "ZEBRA of two valleys" in shown
    answer = home.post("convenor", f"/new/{draft}/review")
    tag = answer.headers["Location"].split("/")[2]
    assert answer.headers["Location"] == f"/i/{tag}/working"
    assert "ZEBRA of two valleys" in home.get("convenor", "/initiatives").content.decode()
    membership = next(one for one in _memberships(home) if one.tag == tag)
    opened = desk.open_desk(membership)
    assert opened.rooms >= {"team", "plenary", "logistics", "caucus:up-the-river", "caucus:side-2"}
    assert [(member.code, member.person.name) for member in opened.initiative.members] == [
        ("T-01", "Zoë Fac"),
        ("A-01", "Zelda Ober"),
        ("B-01", "زيد"),
    ]
    assert opened.initiative.countries == ("MLI", "NER")
    page = home.get("convenor", f"/i/{tag}/working")
    assert b'http-equiv="refresh"' in page.content
    assert home.post("convenor", f"/i/{tag}/working").headers["Location"] == "/initiatives"
    assert [asked.state for asked in work()._jobs.values() if asked.owner == opened.owner] == ["cancelled"]


def _memberships(home: House) -> Any:
    from django.http import HttpRequest

    from tracktwo.web.sessions import COOKIE, _who, cookie_of

    asked = HttpRequest()
    asked.COOKIES[COOKIE] = home.browsers["convenor"].cookies[COOKIE].value
    return _who(cookie_of(asked)).memberships


def test_the_same_review_sent_twice_begins_one_initiative(home: House) -> None:
    draft = begin(home)
    walk(home, draft)
    before = len(_memberships(home))
    assert home.post("convenor", f"/new/{draft}/review").status_code == 303
    assert home.post("convenor", f"/new/{draft}/review").status_code == 404
    assert len(_memberships(home)) == before + 1


def test_what_was_typed_stays_in_the_form_and_in_the_draft_where_something_is_wrong_with_it(home: House) -> None:
    draft = begin(home)
    answer = home.post("convenor", f"/new/{draft}/where", {"countries": "Mali; Atlantis", "town": "Gao ZEBRA"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Atlantis" in body
    assert "Gao ZEBRA" in body
    assert 'aria-invalid="true"' in body
    assert "Gao ZEBRA" in home.get("convenor", f"/new/{draft}/where").content.decode()


def test_a_row_more_is_shown_when_it_is_asked_for_and_what_was_typed_stays(home: House) -> None:
    draft = begin(home)
    body = home.post("convenor", f"/new/{draft}/sides", {**STEPS["sides"], "more": "sides"}).content.decode()
    assert 'name="sides-rows" value="4"' in body
    assert "Up the river" in body


def test_a_draft_is_sealed_at_rest_and_another_account_cannot_open_it(home: House) -> None:
    draft = begin(home)
    home.post("convenor", f"/new/{draft}/basics", STEPS["basics"])
    row = Draft.objects.get(pk=draft)
    assert b"ZEBRA" not in bytes(row.content)
    assert len(bytes(row.content)) > 4096
    assert "ZEBRA" in home.get("convenor", "/new").content.decode()  # the control: its owner reads it
    for path in ("basics", "review"):
        assert home.get("facilitator", f"/new/{draft}/{path}").status_code == 404
    home.post("facilitator", f"/new/{draft}/discard")
    assert Draft.objects.filter(pk=draft).exists()
    home.post("convenor", f"/new/{draft}/discard")
    assert not Draft.objects.filter(pk=draft).exists()


def test_steps_that_amount_to_no_brief_say_what_is_missing_and_where(home: House) -> None:
    draft = begin(home)
    body = home.get("convenor", f"/new/{draft}/review").content.decode()
    assert f"/new/{draft}/basics" in body
    assert f"/new/{draft}/sides" in body
    assert home.post("convenor", f"/new/{draft}/review").status_code == 200
    assert len(_memberships(home)) == 1


def test_a_file_is_read_and_a_wrong_one_says_the_line(home: House) -> None:
    text = (ROOT / "tests" / "briefs" / "shared-river.yaml").read_text(encoding="utf-8")
    right = home.post("convenor", "/new", {"brief": SimpleUploadedFile("river.yaml", text.encode())})
    assert right.headers["Location"].endswith("/review")
    number = text.count("\n") + 1
    wrong = home.post("convenor", "/new", {"brief": SimpleUploadedFile("river.yaml", f"{text}nonsense: 1\n".encode())})
    assert wrong.status_code == 400
    assert f"river.yaml line {number}, nonsense: is no field of a brief" in wrong.content.decode().replace("&#39;", "'")


def test_people_come_from_a_spreadsheet_and_a_name_that_is_there_already_is_offered(home: House) -> None:
    draft = begin(home)
    for name in ("basics", "sides", "where"):
        home.post("convenor", f"/new/{draft}/{name}", STEPS[name])
    rows = "name,sides,languages\nZelda Ober,up-the-river,fr:C1\nZacharie Y,side-2,ar\n"
    body = home.post(
        "convenor", f"/new/{draft}/people", {**STEPS["people"], "roster": SimpleUploadedFile("people.csv", rows.encode())}
    ).content.decode()
    assert re.search(r"<bdi[^>]*>.*Zelda Ober.*stands there twice", body)
    assert "2 people come from the spreadsheet" in body
    assert home.post("convenor", f"/new/{draft}/people", STEPS["people"]).headers["Location"].endswith("/wish")  # whoever has looked goes on
    wrong = home.post("convenor", f"/new/{draft}/people", {**STEPS["people"], "roster": SimpleUploadedFile("people.csv", b"name,sides\nX,nowhere\n")})
    assert "people.csv row 2" in wrong.content.decode()


def test_a_name_in_arabic_letters_and_the_same_in_latin_ones_are_offered_as_one_and_a_shared_first_name_is_not() -> None:
    names = ["Mohamed Al-Ali", "زيد المصبي", "Mohamed Salah", "محمد العلي", "Zayd al-Masbi"]
    assert duplicates(names) == (("محمد العلي", "Mohamed Al-Ali"), ("Zayd al-Masbi", "زيد المصبي"))
    assert duplicates([f"Person {number}" for number in range(500)] + ["person 7"]) == (("person 7", "Person 7"),)


@pytest.mark.parametrize("role", ["anonymous", "participant A", "evaluator", "logistics", "interpreter"])
def test_whoever_has_no_account_begins_nothing(home: House, role: str) -> None:
    assert home.post(role, "/new").status_code in (303, 404)
    assert Draft.objects.count() == 0


def test_two_sides_of_one_name_are_two_sides() -> None:
    typed = {"sides": [{"name": "North"}, {"name": "north"}, {"name": "شمال"}]}
    assert list(sides_of(typed)) == ["north", "north-2", "side-3"]


def test_a_title_a_side_and_a_country_are_enough() -> None:
    made = brief_of({"basics": {"title": "T", "challenge": "friendship"}, "sides": [{"name": "A"}], "where": {"countries": "Japan"}})
    assert isinstance(made, Brief)
    assert made.countries == ("JPN",)
