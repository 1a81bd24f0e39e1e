"""The verb `observances`: days with doubt and authority, hours with their rule, unknown where nothing is known, one sentence for bad input."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from tests.test_cli import here, run  # noqa: F401 (the fixture is used by name)
from tracktwo.sources.traditions import TRADITIONS

pytestmark = pytest.mark.usefixtures("here")
OSLO = ("--at", "59.91,10.75", "--zone", "Europe/Oslo")


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert run(monkeypatch, "observances", *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_every_hour_tells_the_rule_by_which_it_was_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--tradition", "islam-sunni", "--place", "Oslo, NO", "--from", "2026-06-19", "--rule", "seventh of the night")
    answer = told(monkeypatch, capsys, *words)
    assert answer["format"] == "observances/1"
    assert (answer["place"]["zone"], answer["place"]["country"]) == ("Europe/Oslo", "NOR")
    (kept,) = answer["traditions"]
    assert kept["method"] == "Muslim World League"
    rules = {hour["name"]: hour["rule"] for hour in kept["hours"]}
    assert (rules["fajr"], rules["Friday prayer"]) == ("seventh of the night", "sun")


def test_another_method_gives_other_hours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--tradition", "islam-sunni", "--at", "35.7,51.4", "--zone", "Asia/Tehran", "--from", "2026-06-15")
    starts = []
    for method in ("Tehran", "Karachi"):
        hours = told(monkeypatch, capsys, *words, "--method", method)["traditions"][0]["hours"]
        starts.append(next(datetime.fromisoformat(hour["starts"]) for hour in hours if hour["term"] == "prayer.maghrib"))
    assert 15 * 60 < (starts[0] - starts[1]).total_seconds() < 25 * 60


def test_days_tell_doubt_and_who_decides(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    days = told(monkeypatch, capsys, "--tradition", "islam-sunni", *OSLO, "--from", "2026-02-20")["traditions"][0]["days"]
    ramadan = next(day for day in days if day["term"] == "observance.ramadan")
    assert (ramadan["doubt_days"], ramadan["authority"], ramadan["asks"]) == (1, "moon-sighting", "fast")


@pytest.mark.parametrize(("place", "start"), [("Kyiv, UA", "2026-08-20"), ("Colombo, LK", "2027-05-01")], ids=["UKR", "LKA"])
def test_an_empty_calendar_of_public_holidays_is_unknown_and_not_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str, start: str
) -> None:
    words = ("--tradition", "secular", "--place", place, "--from", start, "--to", start[:8] + "28")
    assert told(monkeypatch, capsys, *words)["public_holidays"] == {"known": False, "days": []}
    assert run(monkeypatch, "observances", *words) == 0
    assert "unknown for these days, which does not mean none" in capsys.readouterr().out


def test_what_nobody_can_compute_names_whom_to_ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "observances", "--tradition", "sikh", *OSLO, "--from", "2026-06-19") == 0
    assert "Not computed: gurpurabs other than that of Guru Nanak. Ask the gurdwara committee." in capsys.readouterr().out


def test_days_beyond_a_calendar_are_unknown_and_the_hours_are_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    kept = told(monkeypatch, capsys, "--tradition", "islam-sunni", *OSLO, "--from", "2090-03-01")["traditions"][0]
    assert kept["days"] == []
    assert kept["beyond"].startswith("the Umm al-Qura calendar is known here from")
    assert "prayer.maghrib" in {hour["term"] for hour in kept["hours"]}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_tradition_can_be_told_in_every_language(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str) -> None:
    named = [word for tradition in TRADITIONS for word in ("--tradition", tradition)]
    answer = told(monkeypatch, capsys, *named, *OSLO, "--from", "2026-11-20", "--to", "2026-11-22", "--language", language)
    assert [kept["tradition"] for kept in answer["traditions"]] == list(TRADITIONS)
    for kept in answer["traditions"]:
        assert all(one["name"] for one in (*kept["days"], *kept["hours"], *kept["not_computed"]))
        assert all(date.fromisoformat(day["first"]) <= date(2026, 11, 22) for day in kept["days"])


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        (["--tradition", "jedi", *OSLO, "--from", "2026-06-19"], "--tradition should be one of islam,"),
        (["--tradition", "sikh", *OSLO, "--from", "soon"], "--from should be a day of the calendar"),
        (["--tradition", "sikh", *OSLO, "--from", "2026-06-19", "--to", "2026-06-18"], "before --from"),
        (["--tradition", "sikh", *OSLO, "--from", "2026-01-01", "--to", "2030-01-01"], "more than 400 days"),
        (["--tradition", "sikh", "--from", "2026-06-19"], "name the place once"),
        (["--tradition", "sikh", "--place", "Oslo", "--from", "2026-06-19"], "should be a town and its country"),
        (["--tradition", "sikh", "--place", "Atlantis, NO", "--from", "2026-06-19"], "no town 'Atlantis' of Norway"),
        (["--tradition", "sikh", "--at", "59.9,10.7", "--from", "2026-06-19"], "--at needs --zone"),
        (["--tradition", "sikh", "--at", "north", "--zone", "UTC", "--from", "2026-06-19"], "--at should be latitude and longitude"),
        (["--tradition", "sikh", "--at", "99,10", "--zone", "UTC", "--from", "2026-06-19"], "a latitude from -90 to 90"),
        (["--tradition", "sikh", "--at", "59,10", "--zone", "Mars/Olympus", "--from", "2026-06-19"], "'Mars/Olympus' is no time zone"),
        (["--tradition", "islam", *OSLO, "--from", "2026-06-19", "--method", "Atlantis"], "'Atlantis' is no method"),
        (["--tradition", "islam", *OSLO, "--from", "2026-06-19", "--rule", "mine"], "--rule should be one of"),
        (["--tradition", "islam", *OSLO, "--from", "2026-06-19", "--language", "xx"], "--language should be one of"),
        (["--tradition", "islam", *OSLO, "--from", "0001-01-01"], "for the years 1600 to 2400"),
        (["--tradition", "islam", *OSLO, "--from", "9999-12-31"], "for the years 1600 to 2400"),
    ],
    ids=lambda value: value if isinstance(value, str) else "words",
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], telling: str
) -> None:
    assert run(monkeypatch, "observances", *words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert telling in printed.err
    assert printed.err.count("\n") == 1
