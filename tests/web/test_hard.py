"""Hard places: the neutral view, the button for when something happened, and looking as somebody else."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.house import PASSPHRASE, House
from tracktwo.record.care import Neutral, NeutralAgreed, NeutralItem, SomethingHappened
from tracktwo.web import clock
from tracktwo.web.models import Session


def _agree(home: House) -> None:
    item = NeutralItem(day=clock.today(), start="09:00", end="10:30", zone="Europe/Rome", what="session")
    home.write(
        "convenor", NeutralAgreed(on=clock.today(), lamport=0, body=Neutral(title="Seminar on rivers", items=(item,), agreed_with=("north", "south")))
    )


def test_the_neutral_view_shows_what_was_agreed_and_nothing_else_opens(home: House) -> None:
    _agree(home)
    assert home.post("convenor", "/neutral", {"tag": home.tag}).headers["Location"] == "/resting"
    body = home.get("convenor", "/resting").content.decode()
    assert "Seminar on rivers" in body
    assert "Two banks" not in body
    for path in ("/initiatives", f"/i/{home.tag}/people", "/code", "/enrol"):
        assert home.get("convenor", path).headers["Location"] == "/resting"


def test_the_button_shows_what_was_agreed_for_the_initiative_that_is_open_of_several(home: House) -> None:
    _agree(home)
    brief = b"title: A later one\ncountries: [MLI]\nparties:\n  - {name: One}\n  - {name: Another}\n"
    later = home.post("convenor", "/new", {"brief": SimpleUploadedFile("later.yaml", brief)}).headers["Location"]
    assert home.post("convenor", later).status_code == 303
    form = home.get("convenor", f"/i/{home.tag}/dialogue").content.decode().split('id="neutral"')[1].split("</form>")[0]
    home.post("convenor", "/neutral", dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))
    assert "Seminar on rivers" in home.get("convenor", "/resting").content.decode()


def test_while_the_screen_rests_no_key_is_in_the_visit(home: House) -> None:
    from tracktwo.web import sessions

    before = home.browsers["convenor"].cookies[sessions.COOKIE].value
    home.post("convenor", "/neutral")
    after = home.browsers["convenor"].cookies[sessions.COOKIE].value
    assert before != after
    import base64

    who = sessions._who(base64.urlsafe_b64decode(after + "="))
    assert who.visit is not None
    assert (who.visit.step, who.visit.root, who.visit.membership, who.memberships) == ("resting", "", None, ())


def test_only_the_passphrase_leads_back(home: House) -> None:
    home.post("convenor", "/neutral")
    assert home.post("convenor", "/resting", {"passphrase": "wrong " + PASSPHRASE}).status_code == 200
    assert home.get("convenor", "/initiatives").headers["Location"] == "/resting"
    assert home.post("convenor", "/resting", {"passphrase": PASSPHRASE}).headers["Location"] == "/initiatives"
    assert "Two banks" in home.get("convenor", "/initiatives").content.decode()


def test_nothing_is_invented_where_nothing_was_agreed(home: House) -> None:
    home.post("convenor", "/neutral")
    body = home.get("convenor", "/resting").content.decode()
    assert "Two banks" not in body
    assert '<h1><bdi dir="auto">Welcome</bdi></h1>' in body


def test_one_press_of_a_steward_ends_visits_and_changes_every_key(home: House) -> None:
    member = home.people["participant A"].membership.member
    epochs = {room.name: room.head.epoch.number for room in home.people["convenor"].record.keyring.rooms.values()}
    answer = home.post("facilitator", f"/i/{home.tag}/happened", {"kind": "detained", "member": member, "once": "aa" * 16})
    assert "It is done" in answer.content.decode()
    assert home.get("participant A", "/p").headers["Location"] == "/"
    after = {room.name: room.head.epoch.number for room in home.people["convenor"].record.keyring.rooms.values()}
    assert all(after[name] > number for name, number in epochs.items())


def test_a_participant_may_press_too_and_nobody_writes_before_a_steward_has_looked(home: House) -> None:
    answer = home.post(
        "participant B", f"/i/{home.tag}/happened", {"kind": "leak", "member": "", "note": "ZEBRA was in the newspaper", "once": "bb" * 16}
    )
    assert answer.status_code == 200
    waiting = home.post("participant A", f"/p/{home.tag}/propose", {"text": "Something new", "language": "en", "once": "cc" * 16})
    assert (waiting.status_code, 'role="alert"' in waiting.content.decode()) == (200, True)
    assert "Something new" in waiting.content.decode()  # nothing that was typed is lost
    seen = home.get("convenor", f"/i/{home.tag}/happened").content.decode()
    assert "ZEBRA" in seen
    assert "Nothing may leave" in seen
    again = home.post("participant A", f"/p/{home.tag}/propose", {"text": "Something new", "language": "en", "once": "dd" * 16})
    assert again.status_code == 303  # the convenor's look has changed the keys
    assert "ZEBRA" not in home.get("participant A", f"/i/{home.tag}/happened").content.decode()


def test_what_happened_is_not_settled_by_putting_its_message_away(home: House) -> None:
    home.post("participant B", f"/i/{home.tag}/happened", {"kind": "leak", "member": "", "once": "ab" * 16})
    (told,) = [entry for entry in home.people["convenor"].record.read().entries if isinstance(entry, SomethingHappened)]
    home.get("convenor", f"/i/{home.tag}/dialogue/inbox")  # to look gives the rooms new keys
    assert home.post("convenor", f"/i/{home.tag}/dialogue/inbox/{told.id}").status_code == 303
    assert told.id not in home.get("convenor", f"/i/{home.tag}/dialogue/inbox").content.decode()
    assert "Nothing may leave" in home.get("convenor", f"/i/{home.tag}/happened").content.decode()
    assert home.post("convenor", f"/i/{home.tag}/happened/settled", {"case": told.id}).status_code == 303
    assert "Nothing may leave" not in home.get("convenor", f"/i/{home.tag}/happened").content.decode()


def test_a_rehearsal_changes_nothing_and_is_written_down(home: House) -> None:
    member, visits = home.people["participant A"].membership.member, Session.objects.count()
    home.post("convenor", f"/i/{home.tag}/happened", {"kind": "leak", "member": member, "rehearsal": "on", "once": "ee" * 16})
    assert Session.objects.count() == visits
    body = home.get("convenor", f"/i/{home.tag}/happened").content.decode()
    assert "rehearsal" in body
    assert "Nothing may leave" not in body


def test_looking_as_a_participant_shows_that_sides_rooms_and_writes_nothing(home: House) -> None:
    assert home.post("convenor", f"/i/{home.tag}/view", {"view": "participant:north"}).headers["Location"] == f"/p/{home.tag}"
    assert home.get("convenor", f"/i/{home.tag}/people").status_code == 404
    refused = home.post("convenor", f"/p/{home.tag}/word", {"text": "Nothing of this is written", "once": "ff" * 16})
    assert "looking as somebody else" in refused.content.decode()
    home.post("convenor", f"/i/{home.tag}/view", {"view": ""})
    assert home.get("convenor", f"/i/{home.tag}/people").status_code == 200


def test_a_steward_chooses_as_whom_to_look_on_the_page_of_people(home: House) -> None:
    offered = re.findall(r'name="view" value="([^"]+)"', home.get("convenor", f"/i/{home.tag}/people").content.decode())
    assert sorted(offered) == ["evaluator", "interpreter", "logistics", "participant:north", "participant:south"]
    for view in offered:
        home.post("convenor", f"/i/{home.tag}/view", {"view": view})
        shown = home.get("convenor", f"/p/{home.tag}", follow=True)
        assert (shown.status_code, "You are looking at this as" in shown.content.decode()) == (200, True), view
        assert "Zelda" not in shown.content.decode()
        home.post("convenor", f"/i/{home.tag}/view", {"view": ""})


def test_a_participant_cannot_look_as_anybody_else(home: House) -> None:
    assert home.post("participant A", f"/i/{home.tag}/view", {"view": "participant:south"}).status_code == 404
