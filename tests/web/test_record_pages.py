"""The record's pages: what they show, what may leave, what is destroyed, and that a laptop's work comes back."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.recording import RULE
from tests.web.house import House
from tracktwo.model.brief import Person
from tracktwo.record.bundle import bundle_from, bundle_of
from tracktwo.record.care import Happening, SomethingHappened
from tracktwo.record.dialogue import Note, NoteTaken, Part, PartHeld
from tracktwo.record.entries import PersonInvited
from tracktwo.record.record import Record
from tracktwo.record.store import Store
from tracktwo.web import clock, desk


def note(text: str, speaker: str, part: str = "Needs", room: str = "plenary") -> NoteTaken:
    body = Note(session="First session", part=part, text=text, language="en", speaker=speaker)
    return NoteTaken(on=clock.today(), lamport=0, room=room, rule=RULE, about=speaker, body=body)


def test_the_record_shows_its_rooms_with_words_to_compare_and_that_one_steward_is_too_few(home: House) -> None:
    body = home.get("convenor", f"/i/{home.tag}/record").content.decode()
    words = home.people["convenor"].record.head_words("team")
    assert words in body
    assert "Room of <bdi>The south</bdi>" in body
    other = home.get("other initiative", f"/i/{home.other}/record").content.decode()
    assert "Only one steward holds the key" in other


def place(page: str, words: str) -> str:
    """The number under which something can be chosen on a page."""
    return re.findall(rf'<option value="(\d+)"[^>]*>{words}</option>', page)[0]


def test_the_history_is_filtered_by_room_and_by_type(home: House) -> None:
    home.write("convenor", note("ZEBRA was said", "A-01"))
    path = f"/i/{home.tag}/record/history"
    assert "ZEBRA was said" in home.get("facilitator", path).content.decode()
    shown = home.get("facilitator", path).content.decode()
    assert "ZEBRA was said" in home.get("facilitator", f"{path}?room={place(shown, 'Plenary')}&kind={place(shown, 'NoteTaken')}").content.decode()
    assert "ZEBRA" not in home.get("facilitator", f"{path}?kind={place(shown, 'PersonInvited')}").content.decode()
    assert "caucus:" not in shown  # no side's name can come into an address that the browser remembers
    assert home.get("facilitator", f"{path}?from=999999999999").status_code == 200
    for role in ("participant A", "evaluator", "logistics", "other initiative"):
        assert home.get(role, path).status_code in (403, 404)


def test_a_whole_record_verifies_and_one_from_which_something_was_cut_does_not(home: House) -> None:
    path = f"/i/{home.tag}/record/verify"
    assert "Every chain is whole" in home.post("convenor", path).content.decode()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tracktwo_entries WHERE seq = 2")
    desk.forget_everything()
    assert "Every chain is whole" not in home.post("convenor", path).content.decode()


def test_what_a_laptop_wrote_comes_back_and_a_bundle_of_another_initiative_changes_nothing(home: House, tmp_path: Path) -> None:
    saved = home.post("convenor", f"/i/{home.tag}/record/bundle")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="initiative.t2"'
    assert b"Two banks" not in saved.content
    membership = home.people["convenor"].membership
    with Store.sqlite(tmp_path / "laptop.db") as laptop:
        bundle = bundle_from(saved.content)
        laptop.merge(bundle.initiative, bundle.entries, bundle.keys)
        away = Record(laptop, None, membership.identity(), membership.key, os.urandom(16))
        away.append([PersonInvited(on=clock.today(), lamport=0, about="A-09", body=Person(name="Zelda OKAPI", sides=("north",), fictional=True))])
        carried = bundle_of(laptop, None, membership.key).to_bytes()
    path = f"/i/{home.tag}/record/merge"
    assert "OKAPI" not in home.get("convenor", f"/i/{home.tag}/record/history").content.decode()
    answer = home.post("convenor", path, {"bundle": SimpleUploadedFile("laptop.t2", carried)}).content.decode()
    assert "One entry came in" in answer
    assert "OKAPI" in home.get("facilitator", f"/i/{home.tag}/record/history").content.decode()
    other = home.post("other initiative", f"/i/{home.other}/record/bundle").content
    assert "another initiative" in home.post("convenor", path, {"bundle": SimpleUploadedFile("x.t2", other)}).content.decode()
    broken = home.post("convenor", path, {"bundle": SimpleUploadedFile("x.t2", carried[:-7])}).content.decode()
    assert "x.t2" in broken
    assert "Choose the sealed record" in home.post("convenor", path).content.decode()


@pytest.fixture
def spoken(home: House) -> House:
    codes = [f"{letter}-{number}" for letter in "AB" for number in range(10, 16)]
    invited = [
        PersonInvited(on=clock.today(), lamport=0, about=code, body=Person(name=f"Zora {name}", sides=(side,), fictional=True))
        for code, name, side in zip(
            codes, "Abele Bodin Cadiz Dovan Elmar Fenix Gamal Hovik Ilhan Jalil Kadri Levan".split(), ["north"] * 6 + ["south"] * 6, strict=True
        )
    ]
    held = Part(session="First session", part="River", day=clock.today(), present=tuple(codes))
    home.write("convenor", *invited, PartHeld(room="plenary", on=clock.today(), lamport=0, rule=RULE, body=held))
    home.write("convenor", *(note(f"QUAGGA thought {number} about the river", code, "River") for number, code in enumerate(codes)))
    return home


def test_what_may_leave_is_read_first_and_written_down_when_it_is_saved(spoken: House) -> None:
    path, wanted = f"/i/{spoken.tag}/record/share", {"audience": "the donor", "smallest": "5", "form": "text", "rooms": ["plenary"]}
    shown = spoken.post("convenor", path, wanted)
    assert "QUAGGA thought 3" in shown.content.decode()
    assert "attachment" not in shown.headers.get("Content-Disposition", "")
    history = f"/i/{spoken.tag}/record/history"
    assert "ExportMade" not in spoken.get("convenor", history).content.decode()
    saved = spoken.post("convenor", path, {**wanted, "save": "yes"})
    assert saved.headers["Content-Disposition"] == 'attachment; filename="words.txt"'
    assert "QUAGGA thought 3" in saved.content.decode()
    assert not re.search(r"Zora|[AB]-1\d", saved.content.decode())
    assert "ExportMade" in spoken.get("convenor", history).content.decode()


def test_notes_of_the_teams_room_leave_where_that_is_chosen_and_stay_where_it_is_not(spoken: House) -> None:
    path = f"/i/{spoken.tag}/record/share"
    present = tuple(f"{letter}-{number}" for letter in "AB" for number in range(10, 16))
    held = Part(session="First session", part="Wells", day=clock.today(), present=present)
    spoken.write("convenor", PartHeld(room="team", on=clock.today(), lamport=0, rule=RULE, body=held))
    spoken.write("convenor", *(note(f"TEAMROOM thought {number}", code, "Wells", "team") for number, code in enumerate(held.present)))
    wanted = {"audience": "the donor", "smallest": "5", "form": "text"}
    assert 'name="rooms" value="team" checked' not in spoken.get("convenor", path).content.decode()
    assert "TEAMROOM" not in spoken.post("convenor", path, {**wanted, "rooms": ["plenary"]}).content.decode()
    shown = spoken.post("convenor", path, {**wanted, "rooms": ["plenary", "team"]}).content.decode()
    assert "TEAMROOM" in shown
    assert re.findall(r'type="hidden" name="rooms" value="(\w+)"', shown) == ["plenary", "team"]
    assert 'role="alert"' in spoken.post("convenor", path, wanted).content.decode()  # from somewhere it has to come


@pytest.mark.parametrize("what", ["share", "publish"])
def test_nothing_leaves_while_something_that_happened_is_not_settled(spoken: House, what: str) -> None:
    path = f"/i/{spoken.tag}/record/{what}"
    before = spoken.get("convenor", path).content.decode()
    assert "<textarea" in before or 'name="audience"' in before  # the control: it can be done at all
    spoken.write("convenor", SomethingHappened(on=clock.today(), lamport=0, body=Happening(kind="leak")))
    data = {"audience": "the donor", "smallest": "5", "form": "text", "rooms": ["plenary"], "save": "yes", "draft": "x"}
    answer = spoken.post("convenor", path, data)
    assert "nothing leaves for now" in answer.content.decode()
    assert "QUAGGA" not in answer.content.decode()


def test_a_case_that_nobody_reviewed_is_refused_and_stays_in_the_form(home: House) -> None:
    path = f"/i/{home.tag}/record/publish"
    draft = home.get("convenor", path).content.decode()
    assert "format: case-draft/1" in draft
    answer = home.post("convenor", path, {"draft": "format: case-draft/1\nfields: {}\n# ZEBRA kept\n"})
    body = answer.content.decode()
    assert 'role="alert"' in body
    assert "ZEBRA kept" in body


def test_a_person_who_is_erased_is_gone_from_every_page_and_who_mentions_him_is_listed(spoken: House) -> None:
    spoken.write("convenor", note("As Zora Dovan knows, the river is low", "A-01"))
    path = f"/i/{spoken.tag}/record/erase"
    assert "Zora Dovan" in spoken.get("convenor", f"/i/{spoken.tag}/record/history").content.decode()
    unsure = spoken.post("convenor", path, {"person": "A-13"})
    assert "Zora Dovan" in unsure.content.decode()
    answer = spoken.post("convenor", path, {"person": "A-13", "sure": "on"}).content.decode()
    assert "entries are destroyed" in answer
    assert "NoteTaken" in answer
    after = spoken.get("convenor", f"/i/{spoken.tag}/record/history").content.decode()
    assert "QUAGGA thought 3" not in after
    assert "PersonInvited" in after
    assert after.count("Zora Dovan") == 1  # in the other note, which a person takes back
    assert "KeysDestroyed" in after


def test_stewards_alone_do_any_of_it(home: House) -> None:
    for name in ("", "/history", "/verify", "/bundle", "/merge", "/share", "/publish", "/erase"):
        for role in ("participant A", "interpreter", "logistics", "other initiative", "operator"):
            for ask in (home.get, home.post):
                assert ask(role, f"/i/{home.tag}/record{name}").status_code in (403, 404, 405), (name, role)
