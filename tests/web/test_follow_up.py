"""After the meeting: actions that are late are seen to be, and somebody is in touch with everybody as was agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.house import House, house, opened
from tracktwo.record.care import Contact, Reentry
from tracktwo.record.living import ContactMade, ReentryAgreed
from tracktwo.web import clock


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests here."""
    with opened(tmp_path_factory.mktemp("house")):
        yield house()


def body(home: House, path: str = "", language: str = "en") -> str:
    answer = home.get("facilitator", f"/i/{home.tag}/follow-up{path}", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return str(answer.content.decode())


def row(home: House, word: str) -> str:
    return re.sub("</?bdi[^>]*>", "", next(one for one in body(home).split("<tr>") if word in one))


def test_an_action_is_late_from_the_day_after_and_done_when_somebody_says_so(home: House) -> None:
    path = f"/i/{home.tag}/follow-up"
    for word, due in (("DIKEWORD", clock.today() - timedelta(days=1)), ("SEEDWORD", clock.today())):
        assert home.post("facilitator", path, {"what": word, "owner": "Convenor", "due": due.isoformat()}).status_code == 303
    assert ">late<" in row(home, "DIKEWORD")
    assert ">open<" in row(home, "SEEDWORD")
    entry = row(home, "DIKEWORD").split("/action/")[1][:32]
    assert home.post("facilitator", f"{path}/action/{entry}", {"done": "yes"}).status_code == 303
    assert ">done<" in row(home, "DIKEWORD")


def test_an_action_without_words_or_with_a_day_that_is_none_stays_in_the_form(home: House) -> None:
    answer = home.post("facilitator", f"/i/{home.tag}/follow-up", {"what": "", "owner": "KEPTOWNER", "due": "soon"})
    text = answer.content.decode()
    assert "Enter a valid date" in text
    assert "KEPTOWNER" in text


def test_whoever_nobody_was_in_touch_with_in_time_stands_first(home: House) -> None:
    long_ago = clock.today() - timedelta(days=40)
    home.write(
        "convenor",
        ReentryAgreed(on=long_ago, lamport=0, about="B-01", body=Reentry(person="B-01", plan="Nothing is said at home", every_days=14)),
        ContactMade(on=long_ago, lamport=0, about="B-01", body=Contact(person="B-01", day=long_ago, by="Convenor", how="telephone")),
    )
    text = body(home)
    assert text.index("B-01") < text.index("A-01")
    assert "was due on" in row(home, "B-01")
    at = row(home, "B-01").split('href="')[1].split('"')[0]
    assert "B-01" not in at  # no code of a person stands in an address
    told = {"form": "contact", "day": clock.today().isoformat(), "by": "Facilitator", "how": "message", "worry": "WORRYATHOME"}
    assert home.post("facilitator", at, told).status_code == 303
    assert "was due on" not in row(home, "B-01")
    assert "WORRYATHOME" in home.get("facilitator", at).content.decode()


def test_what_was_agreed_for_the_time_at_home_is_changed_and_read_again(home: House) -> None:
    at = row(home, "A-01").split('href="')[1].split('"')[0]
    for plan in ("FIRSTPLAN", "SECONDPLAN"):
        assert home.post("facilitator", at, {"form": "plan", "plan": plan, "every_days": "30", "contact": "Convenor"}).status_code == 303
    text = home.get("facilitator", at).content.decode()
    assert "SECONDPLAN" in text
    assert "FIRSTPLAN" not in text
    assert "Ensure this value is" in home.post("facilitator", at, {"form": "plan", "plan": "x", "every_days": "0"}).content.decode()


@pytest.mark.parametrize("role", ["participant A", "evaluator", "logistics", "interpreter", "former", "other initiative"])
def test_nobody_but_the_team_sees_who_is_in_touch_with_whom(home: House, role: str) -> None:
    at = row(home, "A-01").split('href="')[1].split('"')[0]
    for path in (f"/i/{home.tag}/follow-up", at):
        answer = home.get(role, path)
        assert answer.status_code in (303, 404)
        assert b"Zelda" not in answer.content


def test_the_pages_are_whole_in_arabic(home: House) -> None:
    text = body(home, language="ar")
    assert 'dir="rtl"' in text
    assert "interface.web" not in text
