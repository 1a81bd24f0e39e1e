"""The briefs of examples/ and tests/briefs/: all can be read, and together they fill what a brief can hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracktwo.library import guide
from tracktwo.library.culture import contested
from tracktwo.model.brief import Brief
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries

ROOT = Path(__file__).resolve().parent.parent
BRIEFS = sorted([*(ROOT / "examples").glob("*.yaml"), *(ROOT / "tests" / "briefs").glob("*.yaml")])
EXAMPLE = ROOT / "examples" / "central-african-republic.yaml"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def read(path: Path) -> Brief:
    """Read a brief as the command line does."""
    return read_brief(path, load_countries().resolve)


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_that_ships_can_be_read(path: Path) -> None:
    assert read(path).title


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_every_person_in_a_brief_that_ships_is_invented(path: Path) -> None:
    brief = read(path)
    people = [*brief.team, *brief.invited]
    assert [person.name for person in people if not person.fictional] == []
    assert brief.fictional or not people


def test_the_examples_are_three_conflicts_and_a_friendship() -> None:
    assert [path.stem for path in EXAMPLES] == ["armenia-azerbaijan", "central-african-republic", "friendship-of-two-cities", "korean-peninsula"]
    assert [read(path).challenge for path in EXAMPLES] == ["armed conflict", "armed conflict", "friendship", "political dispute"]
    assert set(guide.examples()) == {path.stem for path in EXAMPLES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_an_example_calls_documented_has_a_source(path: Path) -> None:
    brief = read(path)
    grievances = [grievance for issue in brief.issues for grievance in issue.grievances]
    assert [g.what for g in grievances if g.standing == "documented" and g.source is None] == []
    assert [event.what for event in brief.history if event.source is None] == []
    assert [attempt.name for attempt in brief.attempts if attempt.source is None] == []
    assert [activity.what for activity in brief.activities if activity.source is None] == []
    assert len(brief.history) >= 6
    assert len(brief.attempts) >= 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_leaves_questions_open_as_real_briefs_do(path: Path) -> None:
    brief = read(path)
    assert any(person.agreed_to_come is None for person in brief.invited)
    assert any(person.leak_discussed is None for person in brief.invited)
    assert any(grievance.source is None for issue in brief.issues for grievance in issue.grievances)
    assert not brief.roster


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fills_what_a_rich_dossier_needs(path: Path) -> None:
    brief = read(path)
    assert all(person.nationalities and person.languages and person.gender for person in brief.invited)
    assert all(venue.place.country for venue in brief.venues)
    assert brief.budget is not None
    assert brief.budget.pledges
    assert brief.wish.starts
    assert brief.change is not None
    assert len(brief.change.links) >= 3
    for field in ("observances", "diets", "culture", "officials", "ground_rules", "connectors", "dividers", "channels", "acts", "consents"):
        assert getattr(brief, field), field


def test_no_dish_or_dance_that_two_sides_claim_is_wished_for_by_name() -> None:
    """What the brief wishes is 'to cook something together'; the table of contested practices is the trap."""
    brief = read(ROOT / "examples" / "armenia-azerbaijan.yaml")
    wished = " ".join(item.what for item in brief.culture).casefold()
    assert "cook something together" in wished
    claimed = {word for row in contested(brief.countries) for word in re.findall(r"[a-z]{4,}", row.slug)}
    assert {"lavash", "kochari", "dolma"} <= claimed
    assert not [word for word in claimed if word in wished]


def test_the_central_african_example_leaves_questions_open() -> None:
    brief = read(EXAMPLE)
    assert any(trigger.owner is None for trigger in brief.pause_triggers)
    assert any(person.agreed_to_come is None for person in brief.invited)
    assert any(person.leak_discussed is None for person in brief.invited)
    assert brief.decision is None


def test_the_example_has_somebody_of_no_side_and_somebody_of_two() -> None:
    sides = [len(person.sides) for person in read(EXAMPLE).invited]
    assert len(sides) == 12
    assert 0 in sides
    assert 2 in sides


def test_the_money_of_the_example_ends_before_its_last_round() -> None:
    budget = read(EXAMPLE).budget
    assert budget is not None
    rate = {budget.currency: 1, **{rate.currency: rate.rate for rate in budget.rates}}
    firm = sum(pledge.amount * rate[pledge.currency or budget.currency] for pledge in budget.pledges if pledge.status in ("received", "signed"))
    wish = read(EXAMPLE).wish
    times = {"round": wish.rounds, "month": wish.months, "once": 1}
    costs = sum(cost.amount * rate[cost.currency or budget.currency] * times[cost.every] for cost in budget.costs)
    assert firm < costs


def test_the_briefs_differ_in_what_they_fill() -> None:
    filled = {path.stem: frozenset(read(path).model_dump(exclude_defaults=True)) for path in BRIEFS}
    assert len(set(filled.values())) == len(filled)
    never = set(Brief.model_fields) - {"format", "line", "roster"} - frozenset().union(*filled.values())
    assert never == set()
