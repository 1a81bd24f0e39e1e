"""People and rooms: cards, invitations, and what a voided card still opens."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.house import House, browser
from tracktwo.web.areas.joining import qr
from tracktwo.web.models import Session


def _words(body: str) -> list[str]:
    return re.findall(r'class="once" dir="ltr"><code>([^<]+)</code>', body)


def _cards(home: House, *codes: str) -> list[str]:
    home.post("convenor", f"/i/{home.tag}/people/cards", {"person": codes, "once": "ab" * 16})
    body = home.get("convenor", f"/i/{home.tag}/people/handing").content.decode()
    return _words(body)


def test_a_card_opens_the_rooms_of_its_holder_and_shows_nothing_of_the_initiative(home: House) -> None:
    home.post("convenor", f"/i/{home.tag}/people", {"name": "Zelda Newcomer", "side": "north", "once": "cd" * 16})
    body = home.get("convenor", f"/i/{home.tag}/people").content.decode()
    assert "Zelda Newcomer" in body
    (words,) = _cards(home, "A-02")
    card = home.get("convenor", f"/i/{home.tag}/people/handing").content.decode().split('class="paper-card"')[1].split("</section>")[0]
    printed = re.sub(r'<p class="screen-only.*?</p>', "", card, flags=re.DOTALL)
    for word in ("Two banks", "north", "Zelda", "A-02", "tracktwo", "dialogue"):
        assert word not in printed.replace('aria-label="A-02"', "")
    made = browser()
    assert made.post("/", {"words": words.replace("-", " ").upper()}).headers["Location"] == "/p"


def test_a_picture_for_a_telephone_takes_the_size_of_its_place_however_long_its_words_are() -> None:
    for words in ("https://walk.example", "otpauth://totp/Walk?secret=" + "A" * 90):
        drawn = str(qr(words))
        side = re.search(r'viewBox="0 0 (\d+) \1"', drawn)
        assert side is not None
        assert f"h{side[1]}v{side[1]}" in drawn  # its white ground is the whole of it
        assert " width=" not in drawn


def test_a_form_that_is_sent_twice_makes_one_card(home: House) -> None:
    first, second = _cards(home, "A-01"), _cards(home, "A-01")
    assert len(first) == 1
    assert first == second


def test_words_are_gone_once_they_were_handed_over(home: House) -> None:
    (words,) = _cards(home, "A-01")
    home.post("convenor", f"/i/{home.tag}/people/handing")
    assert words not in home.get("convenor", f"/i/{home.tag}/people/handing").content.decode()


def test_a_voided_card_opens_nothing_and_ends_the_visit_that_is_going_on(home: House) -> None:
    (words,) = _cards(home, "A-01")
    made = browser()
    made.post("/", {"words": words})
    member = home.people["participant A"].membership.member
    before = Session.objects.count()
    assert home.post("convenor", f"/i/{home.tag}/people/out", {"member": member}).status_code == 303
    assert Session.objects.count() == before - 1
    assert home.get("participant A", "/p").headers["Location"] == "/"
    assert made.get("/p").status_code == 200  # another card of the same person goes on


def test_an_evaluator_who_asks_for_names_is_refused_and_the_facilitators_learn_of_it(home: House) -> None:
    answer = home.get("evaluator", f"/i/{home.tag}/people")
    assert answer.status_code == 403
    assert "Zelda" not in answer.content.decode()
    told = [entry for entry in home.people["convenor"].record.read().entries if entry.type == "NamesRefused"]  # type: ignore[attr-defined]
    assert [entry.author for entry in told] == [home.people["evaluator"].membership.member]


def test_an_invitation_lets_a_colleague_in_once(home: House) -> None:
    home.post("convenor", f"/i/{home.tag}/people/invitation", {"name": "Zelda Third", "role": "facilitator", "once": "ef" * 16})
    (words,) = _words(home.get("convenor", f"/i/{home.tag}/people/handing").content.decode())
    made, late = browser(), browser()
    for one in (made, late):
        assert one.post("/join", {"words": words}).headers["Location"] == "/join"
    new = {"handle": "third", "passphrase": "copper lantern meadow sparrow", "again": "copper lantern meadow sparrow"}
    assert made.post("/join", new).headers["Location"] == "/enrol"
    refused = late.post("/join", {**new, "handle": "thief"})
    assert "used already" in refused.content.decode()
    assert made.get("/initiatives").headers["Location"] == "/enrol"


def _send(home: House, rows: str, once: str = "ef" * 16) -> str:
    file = SimpleUploadedFile("people.csv", rows.encode())
    answer = home.post("convenor", f"/i/{home.tag}/people", {"roster": file, "once": once})
    shown = answer if answer.status_code != 303 else home.get("convenor", f"/i/{home.tag}/people")
    return str(shown.content.decode())


def test_the_people_of_a_spreadsheet_are_invited_once_and_likenesses_are_offered_across_scripts(home: House) -> None:
    body = _send(home, "name,sides,gender\nZubair Qalandari,north,man\nزبير قلندري,south,man\nInvented Third,,woman\n")
    assert [name for name in ("Zubair Qalandari", "زبير قلندري", "Invented Third") if name not in body] == [], body
    assert re.search(r"<li>[^\n]*(زبير قلندري|Zubair Qalandari)[^\n]* · [^\n]*(زبير قلندري|Zubair Qalandari)", body)
    again = _send(home, "name\nInvented Third\nInvented Fourth\n", once="0e" * 16)
    assert again.count("<td>" + _spoken(again, "Invented Third")) == 1
    assert "Invented Fourth" in again


def _spoken(body: str, name: str) -> str:
    """How a name stands in a cell of the page."""
    found = re.search(rf"<td>([^<]*(?:<[^>]+>)?{name})", body)
    assert found is not None
    return found[1]


def test_a_spreadsheet_that_cannot_be_read_is_told_in_one_sentence_and_writes_nothing(home: House) -> None:
    before = home.get("convenor", f"/i/{home.tag}/people").content.decode()
    body = _send(home, "name,sides\nInvented Person,nowhere\n")
    assert "people.csv row 2: names the side" in body
    assert "Invented Person" not in home.get("convenor", f"/i/{home.tag}/people").content.decode()
    assert "people.csv" not in before
