"""The files of a programme: calendars that tell nothing but times, a page without requests, a workbook without formulas."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.outputs import texts
from tracktwo.dossier.feeds import programme_feed
from tracktwo.dossier.grid import programme_page
from tracktwo.dossier.language import voice
from tracktwo.dossier.timetable_sheet import timetable_xlsx
from tracktwo.model.timetable import DayShown, Placed, Timetable

DAY = date(2027, 2, 1)
TODAY = date(2026, 11, 26)
SECRET = "Zebra and giraffe"


def placed(name: str, start: str, end: str, who: tuple[str, ...], **more: object) -> Placed:
    given = {"id": name, "title": SECRET, "kind": "plenary", "day": 1, "date": DAY, "start": start, "end": end, "zone": "Europe/Zurich", "who": who}
    return Placed.model_validate(given | more)


def plan(*items: Placed, **more: object) -> Timetable:
    day = DayShown(number=1, date=DAY, zone="Europe/Zurich", kind="work", opens="09:00", closes="18:00")
    given = {"title": "T", "calendar_key": "T", "status": "optimal", "reproducible": True, "days": [day], "items": items}
    return Timetable.model_validate(given | more)


ONE = placed("okapi", "09:00", "10:30", ("N-01", "S-02"), room="hall", sensitive=True, stage="needs-and-fears")
TWO = placed("two", "11:00", "12:00", ("S-02",), kind="meal", title="=1+1")


def events(content: bytes) -> list[tuple[str, ...]]:
    calendar = Calendar.from_ical(content)
    return [
        (str(event["summary"]), event.decoded("dtstart").isoformat(), str(event["sequence"]), str(event.get("status", "")))
        for event in calendar.walk("VEVENT")
    ]


def test_a_feed_tells_times_and_neutral_titles_and_nothing_else() -> None:
    content = programme_feed(plan(ONE, TWO), voice("en"), TODAY, "S-02")
    assert events(content) == [("Session", "2027-02-01T09:00:00+01:00", "0", ""), ("Meal", "2027-02-01T11:00:00+01:00", "0", "")]
    text = content.decode()
    for planted in (SECRET, "N-01", "S-02", "hall", "okapi", "needs"):
        assert planted not in text
    for wanted in ("METHOD:PUBLISH", "BEGIN:VTIMEZONE", "TZID:Europe/Zurich", "DTSTAMP:20261126T000000Z", "CLASS:PRIVATE", "UID:"):
        assert wanted in text
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_person_sees_what_they_are_at() -> None:
    assert len(events(programme_feed(plan(ONE, TWO), voice("en"), TODAY, "N-01"))) == 1
    assert len(events(programme_feed(plan(ONE, TWO), voice("en"), TODAY))) == 2


def test_a_moved_item_keeps_its_uid_and_what_is_gone_is_cancelled() -> None:
    before = plan(ONE, TWO)
    after = plan(ONE.model_copy(update={"start": "14:00", "end": "15:30", "sequence": 1}), title="Another title")
    first, second = (programme_feed(*asked) for asked in ((before, voice("en"), TODAY), (after, voice("en"), TODAY, None, before)))
    uids = [[str(event["uid"]) for event in Calendar.from_ical(content).walk("VEVENT")] for content in (first, second)]
    assert uids[0] == uids[1]
    assert events(second) == [("Session", "2027-02-01T14:00:00+01:00", "1", ""), ("Meal", "2027-02-01T11:00:00+01:00", "1", "CANCELLED")]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_the_page_is_self_contained_and_turns_with_its_language(tmp_path: Path, language: str, direction: str) -> None:
    page = programme_page(plan(ONE, TWO, title="<script>alert(1)</script>"), voice(language)).decode()
    assert f'lang="{language}" dir="{direction}"' in page
    assert "@page { size: A4" in page
    for asking in ("<script", "src=", "href=", "url(", "http"):
        assert asking not in page
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert any("09:00–10:30" in text for text in texts(tmp_path / "page.html"))


def test_what_is_sensitive_stands_under_a_neutral_word_where_somebody_watches() -> None:
    assert SECRET in programme_page(plan(ONE), voice("en")).decode()
    assert SECRET not in programme_page(plan(ONE, monitored=True), voice("en")).decode()


def test_the_workbook_has_values_and_no_formulas() -> None:
    book = load_workbook(io.BytesIO(timetable_xlsx(plan(ONE, TWO), voice("en"), TODAY)))
    assert book.sheetnames == ["Programme", "People", "At a price"]
    rows = [[cell.value for cell in row] for row in book["Programme"].iter_rows(min_row=4)]
    assert [(row[0], row[1].date(), row[2], row[8]) for row in rows] == [(1, DAY, "09:00", SECRET), (1, DAY, "11:00", "=1+1")]
    assert {cell.data_type for row in book["Programme"].iter_rows() for cell in row} <= {"s", "n", "d"}
    assert [row[0].value for row in book["People"].iter_rows(min_row=4)] == ["N-01", "S-02", "S-02"]


def test_the_same_programme_gives_the_same_bytes() -> None:
    for make in (timetable_xlsx, programme_feed):
        assert make(plan(ONE, TWO), voice("ar"), TODAY) == make(plan(ONE, TWO), voice("ar"), TODAY)
