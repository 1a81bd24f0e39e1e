"""The page that plans the programme: what lies where and why, what a change moves, what cannot be, the files, and what is taken over."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.web.convened import people
from tests.web.house import House
from tracktwo.model.brief import Observance, Person, Place, Venue, Wish
from tracktwo.record.entries import ObservanceNoted, TeamMemberAdded, VenueProposed, WishStated
from tracktwo.record.sessions import Item, ProgrammeEntered, SessionPlanned
from tracktwo.web.desk import open_desk

FRIDAY = date(2027, 4, 9)
RAMADAN = date(2027, 3, 1)
STANDING = {"interpreting": "360", "facilitating": "540", "do": "try"}
"""The form as it begins; what it leaves out is as the initiative says."""
ZONE = "Africa/Tunis"


@pytest.fixture
def convened(home: House) -> House:
    """A meeting of two days from a Friday on, in a place where the sun is known; the north keeps the hours of prayer."""
    people(home)
    on = FRIDAY
    house = Venue(name="Villa OKAPI", place=Place(city="Tunis", country="TUN", latitude=36.8, longitude=10.18))
    home.write(
        "convenor",
        WishStated(on=on, lamport=0, body=Wish(starts=on, days=2)),
        VenueProposed(on=on, lamport=0, body=house),
        ObservanceNoted(on=on, lamport=0, body=Observance(tradition="islam-sunni", side="north")),
        TeamMemberAdded(on=on, lamport=0, about="T-02", body=Person(name="Zenobia Chair", role="facilitator", fictional=True)),
    )
    return home


def path(home: House) -> str:
    return f"/i/{home.tag}/programme/plan"


def typed(body: str) -> dict[str, str]:
    """The form as a page shows it, with what is chosen and ticked."""
    form = body.split('action="', 1)[1]
    found = dict(re.findall(r'<input type="(?:time|number|hidden)"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form))
    found |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = next(iter(re.findall(r'<option value="([^"]*)" selected', options)), "")
    return {name: html.unescape(value) for name, value in found.items() if name not in ("csrfmiddlewaretoken", "once", "language")}


def shown(home: House) -> str:
    return str(home.get("convenor", path(home)).content.decode())


def post(home: House, before: str = "", **changed: Any) -> Any:
    """Send the form of a page, or as it begins, with something changed."""
    return home.post(
        "convenor", path(home), (typed(before) if before else {}) | STANDING | {name.replace("__", "-"): value for name, value in changed.items()}
    )


def places(body: str) -> dict[str, str]:
    """Item → day and hours, as the form of the page says where everything lies."""
    return dict(word.split("=") for word in typed(body)["stood"].split())


def told(body: str) -> str:
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))
    return re.sub(r" ([:;.,”])", r"\1", words)


def answer(body: str) -> str:
    """What stands above the grid."""
    return told(body.split('<div id="answer">')[1].split("<form")[0])


def live(home: House) -> list[SessionPlanned | ProgrammeEntered]:
    settled = open_desk(home.people["convenor"].membership).settled
    return [entry for entry in settled if isinstance(entry, SessionPlanned | ProgrammeEntered)]


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def test_the_grid_keeps_the_order_of_stages_and_leaves_friday_noon_to_whoever_prays(convened: House) -> None:
    body = shown(convened)
    where = places(body)
    sessions = [where[f"session-{number}"] for number in range(1, 7)]
    assert sessions == sorted(sessions)
    assert "proven that no programme with sessions within a day of their turn does better" in answer(body)
    first = [hours.partition("@")[2] for hours in where.values() if hours.startswith("1@")]
    noon = [hours for hours in first if minutes(hours[:5]) < 13 * 60 + 30 and minutes(hours[6:]) > 13 * 60]
    assert noon == []  # the prayer of the congregation, for everybody's items have somebody of the north among them
    assert where["transfer-slot-2"].startswith("2@")
    assert re.search(r"Session 1 .{0,40}Interprets: Zacharie Voice", told(body))


def test_why_something_lies_where_it_lies_is_said_in_words(convened: House) -> None:
    body = post(convened, do="", why="lunch-1").content.decode()
    assert re.search(r"Why there: Lunch.*?On day 1 it lies between", answer(body))
    assert "It leaves free what The north keep from" in answer(body)
    session = answer(post(convened, do="", why="session-2").content.decode())
    assert "It comes after Session 1." in session
    assert "Zacharie Voice interprets; an interpreter works at most 360 minutes a day" in session


def test_a_pin_moves_as_little_as_can_be_and_is_written_nowhere(convened: House) -> None:
    before = shown(convened)
    body = post(convened, before, **{"at-dinner-1": "20:00"}).content.decode()
    old, new = places(before), places(body)
    assert new["dinner-1"] == "1@20:00-21:15"
    assert {name for name in old if old[name] != new[name]} <= {"dinner-1", "evening-together-1", "kept-2/1", "kept-3/1", "debrief-1"}
    assert re.search(r"Dinner Day 1, \d\d:\d\d–\d\d:\d\d Day 1, 20:00–21:15 You put it there", answer(body))
    assert 'name="at-dinner-1"' in body
    assert live(convened) == []
    assert places(post(convened, body).content.decode()) == new  # nothing moves without need


def test_in_a_fast_the_meal_waits_for_the_sun_of_the_place(convened: House) -> None:
    convened.write("convenor", WishStated(on=RAMADAN, lamport=0, body=Wish(starts=RAMADAN, days=1)))
    where = places(shown(convened))
    assert [name for name in where if name.startswith(("lunch", "dinner"))] == []
    assert "18:20" <= where["meal-at-sunset-1"].partition("@")[2][:5] <= "18:45"


def test_whoever_arrives_later_is_waited_for_by_sessions_alone(convened: House) -> None:
    body = post(convened, shown(convened), late0="A-02", late0_day="1", late0_at="10:00").content.decode()
    assert minutes(places(body)["session-1"].partition("@")[2][:5]) >= 600
    assert minutes(places(body)["opening-1"].partition("@")[2][:5]) < 600
    assert "Somebody who is needed has not arrived by then" in answer(body)


def test_an_impossible_day_names_what_stands_in_its_way_and_what_would_help_and_keeps_what_was_typed(convened: House) -> None:
    body = post(convened, **{"closes-1": "15:00"}).content.decode()
    assert "This cannot be. Take any one of these back" in answer(body)
    assert re.search(r"The house is open on day 1 from 08:00 to 15:00. What would help: be open from 08:00 to \d\d:\d\d", answer(body))
    assert typed(body)["closes-1"] == "15:00"
    assert "Lunch" in body  # the items are there still
    assert 'value="take"' not in body


def test_wishes_that_only_all_days_together_refute_are_named_with_how_many_sessions_less_would_do(convened: House) -> None:
    body = post(convened, late0="A-02", late0_day="2", late0_at="14:00").content.decode()
    assert "Zora Northhill arrives on day 2 at 14:00, and the sessions wait" in answer(body)


def test_in_the_monitored_variant_nothing_sensitive_lies_where_somebody_watches(convened: House) -> None:
    monitored = {"monitored": "on", "watched_day": "2", "watched_from": "09:00", "watched_until": "10:00"}
    body = post(convened, **monitored).content.decode()
    sensitive = [hours for name, hours in places(body).items() if name in ("session-1", "session-2", "session-3") and hours.startswith("2@")]
    assert all(minutes(hours[2:7]) >= 600 for hours in sensitive)
    paper = post(convened, body, do="paper", **monitored).content.decode()
    assert "Session 1" not in paper


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes-1": "07:00"}, "The end comes before the beginning"),
        ({"watched_from": "09:00"}, "Say from when and until when"),
        ({"interpreting": "5"}, "greater than or equal to 30"),
        ({"day-lunch-1": "9"}, "not one of the available choices"),
        ({"at-dinner-1": "23:30"}, "It would end after midnight"),
    ],
)
def test_what_cannot_be_typed_is_said_and_the_rest_stays(convened: House, wrong: dict[str, str], sentence: str) -> None:
    body = post(convened, **({"facilitating": "500"} | wrong)).content.decode()
    assert sentence in told(body)
    assert typed(body)["facilitating"] == "500"
    assert live(convened) == []


def test_a_programme_is_taken_over_once_and_then_only_what_changes_is_written(convened: House) -> None:
    before = shown(convened)
    for _ in range(2):
        assert post(convened, before, do="take", once="ab" * 16).status_code == 303
    entries = live(convened)
    assert len(entries) == len(places(before))
    assert {entry.room for entry in entries if "debrief" in str(entry.body).lower()} == {"team"}
    assert {entry.body.side for entry in entries if isinstance(entry.body, Item) and entry.body.kind == "prayer"} == {"north"}
    again = shown(convened)
    assert places(again) == places(before)
    assert "What moves" not in answer(again)
    post(convened, again, do="take", **{"at-dinner-1": "20:00", "out-parting-2": "on"})
    after = {entry.body.what: entry.body.start for entry in live(convened) if isinstance(entry.body, Item) and entry.body.day == FRIDAY}
    assert after["Dinner"] == "20:00"
    assert not any(isinstance(entry.body, Item) and entry.body.what.startswith("Parting") for entry in live(convened))


def test_what_was_entered_by_hand_stays_where_it_is(convened: House) -> None:
    tea = Item(kind="other", what="ZEBRA on the roof", day=FRIDAY, start="07:10", end="07:50", zone=ZONE)
    convened.write("convenor", ProgrammeEntered(on=FRIDAY, lamport=0, body=tea))
    body = shown(convened)
    assert places(body)["own-1"] == "1@07:10-07:50"
    post(convened, body, do="take")
    assert [entry.body for entry in live(convened) if isinstance(entry.body, Item) and entry.body.kind == "other" and "ZEBRA" in entry.body.what] == [
        tea
    ]


def test_the_files_are_saved_from_the_form_and_a_calendar_tells_nobodys_code(convened: House) -> None:
    body = shown(convened)
    whole, one = (post(convened, body, do="calendar", person=code) for code in ("", "T-01"))
    assert whole.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    events = [len(Calendar.from_ical(found.content).walk("VEVENT")) for found in (whole, one)]
    assert events[0] == len(places(body))
    assert 0 < events[1] < events[0]
    assert not re.search(r"[A-Z]-\d\d|Session 1|north|Zora", one.content.decode() + whole.content.decode())
    book = load_workbook(io.BytesIO(post(convened, body, do="sheet").content))
    assert [row[8].value for row in book["Programme"].iter_rows(min_row=4)].count("Lunch") == 2
    paper = post(convened, body, do="paper")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="programme.html"'
    assert "Session 1" in paper.content.decode()


def test_no_address_says_whom_it_is_about(convened: House) -> None:
    body = post(convened, late0="A-02", late0_day="1", late0_at="10:00", why="session-1").content.decode()
    assert [one for one in re.findall(r'(?:href|action)="([^"]*)"', body) if re.search(r"[A-Z]-\d\d|\?", one)] == []


@pytest.mark.parametrize("stood", ["session-1=1@09:00", "session-1=99@09:00-10:30", "x", "session-1=1@25:00-26:00 lunch-1=2@ab-cd"])
def test_a_place_that_cannot_be_read_is_no_place(convened: House, stood: str) -> None:
    assert post(convened, stood=stood).status_code == 200


def test_without_days_or_people_the_page_says_what_to_name_first(home: House) -> None:
    body = home.get("convenor", path(home)).content.decode()
    assert "Name the first day of the meeting and invite people" in body
    assert f"/i/{home.tag}/programme/plan" in home.get("convenor", f"/i/{home.tag}/programme").content.decode()


@pytest.mark.parametrize("role", ["participant A", "participant B", "evaluator", "interpreter", "logistics", "operator", "anonymous"])
def test_nobody_else_knows_that_there_is_such_a_page(convened: House, role: str) -> None:
    assert convened.get(role, path(convened)).status_code in (303, 404)
    assert convened.post(role, path(convened), {"do": "take"}).status_code in (303, 404)


@pytest.mark.parametrize(("language", "words"), [("fr", "Prière de midi"), ("ar", "صلاة الظهر")])
def test_the_page_speaks_the_language_of_its_reader(convened: House, language: str, words: str) -> None:
    convened.browsers["convenor"].cookies["__Host-language"] = language
    assert words in told(shown(convened))
