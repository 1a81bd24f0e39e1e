"""The programme and the files to take along: what is planned, what clashes, and what a calendar on a telephone does not tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tests.making import ROOT, TODAY
from tests.web.house import House
from tests.web.test_work import stand_in
from tracktwo.constitute import constitute, let_out
from tracktwo.dossier.language import voice
from tracktwo.record.sessions import Session, SessionPlanned
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import open_shelf
from tracktwo.web import desk
from tracktwo.web.areas import downloads
from tracktwo.web.timetable import days_of, proposed
from tracktwo.web.work import Work

DAY = date(2027, 3, 1)
MEAL: dict[str, Any] = {
    "kind": "meal", "what": "ZEBRA lunch", "day": "2027-03-01", "start": "12:30", "end": "14:00", "zone": "Africa/Tunis", "place": "Villa OKAPI",
    "room": "plenary",
}  # fmt: skip


@pytest.fixture
def planned(home: House) -> House:
    body = Session(session="QUAGGA and fears", stage="needs and fears", day=DAY, start="09:00", end="10:30", zone="Africa/Tunis")
    home.write("convenor", SessionPlanned(on=DAY, lamport=0, body=body))
    return home


def test_an_item_stands_in_the_grid_and_can_be_changed_and_taken_out(planned: House) -> None:
    path = f"/i/{planned.tag}/programme"
    assert planned.post("convenor", f"{path}/new", MEAL).status_code == 303
    body = planned.get("facilitator", path).content.decode()
    assert body.index("QUAGGA") < body.index("ZEBRA lunch")
    number = body.split("/out")[0] if "/out" in body else body.split(f"{path}/")[1].split('"')[0]
    assert planned.post("convenor", f"{path}/{number}", MEAL | {"what": "ZEBRA dinner", "start": "19:00", "end": "20:00"}).status_code == 303
    changed = planned.get("facilitator", path).content.decode()
    assert "ZEBRA dinner" in changed
    assert "ZEBRA lunch" not in changed
    number = changed.split(f"{path}/")[1].split('"')[0]
    planned.post("convenor", f"{path}/{number}/out")
    assert "ZEBRA" not in planned.get("facilitator", path).content.decode()


def test_an_item_that_moves_to_another_room_is_no_longer_in_the_first(planned: House) -> None:
    path = f"/i/{planned.tag}/programme"
    planned.post("convenor", f"{path}/new", MEAL)
    number = planned.get("convenor", path).content.decode().split(f"{path}/")[1].split('"')[0]
    planned.post("convenor", f"{path}/{number}", MEAL | {"room": "caucus:north"})
    assert planned.get("convenor", path).content.decode().count("ZEBRA lunch</bdi>") == 2  # in the line, and in the words of its link
    days = planned.get("participant B", f"/p/{planned.tag}/days").content.decode()
    assert "ZEBRA" not in days


def test_what_overlaps_in_one_room_is_said_to_clash(planned: House) -> None:
    path = f"/i/{planned.tag}/programme"
    planned.post("convenor", f"{path}/new", MEAL | {"start": "10:00", "end": "11:00"})
    assert planned.get("convenor", path).content.decode().count("at the same time") == 2
    live = [entry for entry in planned.people["convenor"].record.read().entries if isinstance(entry, SessionPlanned)]
    assert [line.clash for day in days_of(live) for line in day.lines] == [False]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"zone": "Moon/Sea"}, "no such time zone"), ({"start": "15:00"}, "end"), ({"what": ""}, "required"), ({"end": "25:00"}, "valid")],
)
def test_an_item_that_cannot_be_is_refused_and_what_was_typed_stays(planned: House, wrong: dict[str, str], said: str) -> None:
    answer = planned.post("convenor", f"/i/{planned.tag}/programme/new", MEAL | wrong)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert said in body
    assert "Villa OKAPI" in body


def test_the_calendar_file_tells_times_and_nothing_else(planned: House) -> None:
    path = f"/i/{planned.tag}/programme"
    planned.post("convenor", f"{path}/new", MEAL)
    answer = planned.get("convenor", f"{path}/calendar.ics")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode()
    for word in ("ZEBRA", "QUAGGA", "OKAPI", "LOCATION", "ATTENDEE", "ORGANIZER", "tracktwo", planned.tag):
        assert word not in text
    events = list(Calendar.from_ical(text).walk("VEVENT"))
    assert [str(event["summary"]) for event in events] == ["Session", "Meal"]
    assert all("VTIMEZONE" in text and event["dtstart"].dt.tzinfo is not None for event in events)
    assert len({str(event["uid"]) for event in events}) == 2
    assert planned.get("anonymous", f"{path}/calendar.ics").status_code == 303
    assert planned.get("participant A", f"{path}/calendar.ics").status_code == 404


def test_the_proposed_programme_becomes_entries_with_their_stages() -> None:
    brief = read_brief(ROOT / "examples" / "friendship-of-two-cities.yaml", load_countries().resolve)
    released = let_out(constitute(brief, open_shelf(None, TODAY), as_of=TODAY), voice("fr"))
    made = proposed(released, voice("fr"), TODAY, "UTC")
    stages = [entry.body.stage for entry in made if isinstance(entry, SessionPlanned)]
    assert stages[0] == "needs and fears"
    assert stages[-1] == "follow-up"
    assert len(stages) > 5
    assert {entry.type for entry in made} == {"SessionPlanned", "ProgrammeEntered"}
    days = days_of(made)
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert not any(line.clash for day in days for line in day.lines)


def test_the_dossiers_files_are_there_for_whoever_asked_alone(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Work(stand_in)
    monkeypatch.setattr(downloads, "work", lambda: queue)
    path = f"/i/{home.tag}/files"
    where = home.post("convenor", path, {"what": "texts", "language": "en"}).headers["Location"]
    number = where.rpartition("/")[2]
    queue.wait(desk.open_desk(home.people["convenor"].membership).owner, number, 30)
    body = home.get("convenor", where).content.decode()
    assert "said.txt" in body
    answer = home.get("convenor", f"{where}/said-txt")
    assert answer.content == b"x" * 753
    assert answer.headers["Content-Disposition"] == 'attachment; filename="said.txt"'
    assert home.get("facilitator", where).headers["Location"] == path  # the key is the convenor's own
    assert home.get("facilitator", f"{where}/said-txt").status_code == 404
    slow = home.post("convenor", path, {"what": "files", "language": "ar"}).headers["Location"]
    assert "data-again" in home.get("convenor", slow).content.decode()
    assert home.post("convenor", slow).headers["Location"] == path
    queue.close()
