"""The panel in the browser: what is proposed and why, what a change would cost, what is settled, and that nobody but the stewards knows of it."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.web.convened import people
from tests.web.house import House
from tracktwo.model.brief import PanelQuota, PanelWish
from tracktwo.record.convening import Panel, PanelSettled, panels_of
from tracktwo.record.entries import PanelWished
from tracktwo.web import clock
from tracktwo.web.desk import open_desk

STANDING = {"size": "4", "quota0_min": "1", "quota0_max": ""}
"""The form as it begins."""


@pytest.fixture
def convened(home: House) -> House:
    people(home)
    return home


def path(home: House) -> str:
    return f"/i/{home.tag}/panel"


def settled(home: House) -> tuple[PanelSettled, ...]:
    return panels_of(open_desk(home.people["convenor"].membership).settled)


def post(home: House, **typed: Any) -> Any:
    return home.post("convenor", path(home), STANDING | {"do": "try"} | {name.replace("__", "-"): value for name, value in typed.items()})


def told(body: str) -> str:
    """The words of a page, without its marks."""
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))
    return re.sub(r" ([:;.,])", r"\1", words)


def zone(body: str, name: str) -> list[str]:
    """The codes in one place of the board."""
    (found,) = re.findall(rf'aria-labelledby="zone-{name}">(.*?)</section>', body, re.DOTALL)
    return re.findall(r'name="why" value="([^"]+)"', found)


def answer(body: str) -> str:
    """What stands between the settled panel and the board."""
    return told(body.split('<div id="answer">')[1].split("<form")[0])


def test_the_panel_is_shown_by_side_with_reserves_and_who_is_not_considered_and_why(convened: House) -> None:
    body = convened.get("facilitator", path(convened)).content.decode()
    assert zone(body, "on") == ["A-02", "A-03", "B-03", "B-04"]
    assert zone(body, "reserve") == ["A-01", "B-01"]
    assert zone(body, "off") == ["B-02"]
    assert "influence 9 of 10" in told(body)
    assert re.search(r"Zita Northfield.*?refused by The south", told(body))
    order = told(body.split('id="order"')[1])
    assert "Zeno Northwood A-03 – The north: 1, should be 2 to 2 Zelda Northbank" in order


def test_what_is_tried_is_shown_before_and_after_and_written_nowhere(convened: House) -> None:
    body = (response := post(convened, **{"place-B-02": "on"})).content.decode()
    assert response.status_code == 200
    assert "B-02" in zone(body, "on")
    assert "A-03" not in zone(body, "on")  # the two must not meet
    assert re.search(r"Joins Zelda Northbank A-01 Zaid Southhill B-02 Leaves Zeno Northwood A-03 Zeki Southfield B-04", answer(body))
    assert "influence, added up" in answer(body)
    assert settled(convened) == ()


def test_no_address_says_whom_it_is_about(convened: House) -> None:
    body = post(convened, **{"place-A-02": "off", "why": "A-03"}).content.decode()
    addresses = re.findall(r'(?:href|action)="([^"]*)"', body)
    assert [one for one in addresses if re.search(r"[A-Z]-\d\d|\?", one)] == []


def test_rules_that_no_panel_keeps_are_named_with_the_least_that_would_help_and_nothing_typed_is_lost(convened: House) -> None:
    body = post(convened, quota0_min="4", **{"place-A-02": "on"}).content.decode()
    assert "at least 4 of woman (possible: 2)" in answer(body)
    assert 'name="quota0_min" required' not in body
    assert re.search(r'name="quota0_min"[^>]*value="4"', body)
    assert re.search(r'name="place-A-02">.*?<option value="on" selected>', body, re.DOTALL)
    assert 'value="settle"' not in body  # there is nothing to settle


def test_who_is_pinned_and_cannot_be_considered_is_named_with_the_reason(convened: House) -> None:
    body = post(convened, **{"place-A-04": "on"}).content.decode()
    assert "These people were put on the panel and cannot be considered: Zita Northfield A-04: refused by The south" in answer(body)
    refused = post(convened, do="settle", **{"place-A-04": "on"})
    assert refused.status_code == 200
    assert settled(convened) == ()


def test_a_settled_panel_that_breaks_what_was_entered_since_says_so(convened: House) -> None:
    post(convened, do="settle")
    assert "By what is entered today it breaks" not in told(convened.get("convenor", path(convened)).content.decode())
    wish = PanelWish(size=4, quotas=(PanelQuota(gender="woman", min=3),))
    convened.write("convenor", PanelWished(on=clock.today(), lamport=0, body=wish))
    body = told(convened.get("convenor", path(convened)).content.decode().split('id="answer"')[0])
    assert "By what is entered today it breaks: woman: 2, should be 3 to 4" in body


def test_somebody_of_whom_two_versions_contradict_each_other_stands_there_once(convened: House) -> None:
    people(convened)
    body = convened.get("convenor", path(convened)).content.decode()
    codes = [code for name in ("on", "reserve", "off") for code in zone(body, name)]
    assert sorted(codes) == ["A-01", "A-02", "A-03", "B-01", "B-02", "B-03", "B-04"]
    rooms = convened.get("convenor", f"/i/{convened.tag}/rooms").content.decode()
    assert rooms.count('name="people" value="A-02"') == 1


def test_who_is_put_in_reserve_is_there_unless_a_side_refuses_him_or_he_declined(convened: House) -> None:
    post(convened, do="settle")
    body = post(convened, declined=["A-03"], **dict.fromkeys(("place-A-02", "place-A-03", "place-A-04"), "reserve")).content.decode()
    assert zone(body, "reserve")[:1] == ["A-02"]
    assert not {"A-03", "A-04"} & {*zone(body, "reserve"), *zone(body, "on")}
    assert re.search(r"Zeno Northwood A-03.*?has declined.*?Zita Northfield A-04.*?refused by", told(body.split('id="out"')[1]))


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"quota0_min": "3", "quota0_max": "1"}, "The most is smaller than the fewest"),
    ({"new_min": "2"}, "Say whom to count"),
    ({"size": "1"}, "greater than or equal to 2"),
    ({"size": "many"}, "whole number"),
    ({"place-A-02": "elsewhere"}, "not one of the available choices"),
)


def test_what_cannot_be_is_said_once_and_the_form_keeps_what_was_typed(convened: House) -> None:
    for wrong, sentence in WRONG:
        body = post(convened, **{"place-B-03": "off"}, **wrong).content.decode()
        summary = told(body.split('id="errors"')[1].split("</ul>")[0])
        assert summary.count(sentence) == 1, wrong
        assert re.search(r'name="place-B-03">.*?<option value="off" selected>', body)


def test_a_further_count_is_tried_with_the_others(convened: House) -> None:
    body = post(convened, new_gender="man", new_max="1").content.decode()
    assert len({"A-03", "B-02", "B-04"} & set(zone(body, "on"))) == 1
    assert "Zeki Southfield B-04" in answer(body)


WHY = (
    ("A-03", "No panel without Zeno Northwood keeps these rules|Without Zeno Northwood, and with .*? in that seat, the panel would be worse"),
    ("B-02", "With Zaid Southhill in place of .*? the panel would be worse: distance from balance"),
    ("A-04", "Zita Northfield is not considered: refused by The south"),
)


def test_why_somebody_is_on_the_panel_or_not_is_said_by_the_first_ground_that_decides(convened: House) -> None:
    for code, sentence in WHY:
        assert re.search(sentence, answer(post(convened, do="", why=code).content.decode())), code


def test_a_panel_is_settled_once_by_codes_and_signed_by_whoever_saves_it(convened: House) -> None:
    for _ in range(2):
        assert post(convened, do="settle", once="ab" * 16).status_code == 303
    (entry,) = settled(convened)
    expected = Panel(people=("A-02", "A-03", "B-03", "B-04"), reserves=("A-01", "B-01"), signed_by="Convenor")
    assert (entry.room, entry.body) == ("team", expected)
    assert "Convenor" in told(convened.get("facilitator", path(convened)).content.decode().split('id="settled"')[1])


def test_after_a_refusal_as_few_as_possible_change_and_who_said_no_is_not_asked_again(convened: House) -> None:
    post(convened, do="settle")
    body = post(convened, declined=["A-03"]).content.decode()
    assert "Compared with the settled panel" in answer(body)
    assert re.search(r"Joins Zelda Northbank A-01 Leaves Zeno Northwood A-03", answer(body))
    post(convened, do="settle", declined=["A-03"])
    assert settled(convened)[-1].body.people == ("A-01", "A-02", "B-03", "B-04")
    assert settled(convened)[-1].body.declined == ("A-03",)
    again = convened.get("convenor", path(convened)).content.decode()
    assert re.search(r"Zeno Northwood A-03.*?has declined", told(again.split('id="out"')[1]))
    assert re.search(r"Every panel that was settled \(2\).*?Joins: Zelda Northbank. Leaves: Zeno Northwood", told(again))


def test_nobody_else_knows_that_there_is_such_a_page(convened: House) -> None:
    for role in ("participant A", "participant B", "evaluator", "interpreter", "logistics", "operator", "anonymous"):
        for name in ("panel", "rooms"):
            assert convened.get(role, f"/i/{convened.tag}/{name}").status_code in (303, 404), role
            assert convened.post(role, f"/i/{convened.tag}/{name}", STANDING).status_code in (303, 404), role


def test_who_looks_as_somebody_else_sees_neither_page(convened: House) -> None:
    convened.post("convenor", f"/i/{convened.tag}/view", {"view": "participant:north"})
    assert [convened.get("convenor", f"/i/{convened.tag}/{name}").status_code for name in ("panel", "rooms")] == [404, 404]


def test_the_page_speaks_the_language_of_its_reader(convened: House) -> None:
    for language, words in (("fr", "refusé par The south"), ("ar", "يرفضه The south")):
        convened.browsers["convenor"].cookies["__Host-language"] = language
        assert words in told(convened.get("convenor", path(convened)).content.decode())


def test_the_server_starts_without_loading_what_solves() -> None:
    program = (
        "import sys, tests.web.configured, django; django.setup(); import tracktwo.web.urls; print(sorted({'ortools', 'scipy'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stdout.strip().splitlines()[-1:] == ["[]"], ran.stderr
