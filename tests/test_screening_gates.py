"""Screening in full size: listed people among innocents, labelled pairs by script, and a long roster against long lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import screening as protocol
from tracktwo.methods.screening import compare, screen
from tracktwo.methods.screening.coefficients import POSSIBLE

pytestmark = pytest.mark.gate
Figure = Callable[[str], None]
BY_SCRIPT = {"arabic": 0.95, "persian": 0.95, "hangul": 0.95, "han": 0.90, "cyrillic": 0.99}


def test_listed_people_are_found_among_innocents(test_data: Path, figure: Figure) -> None:
    tested, free, whole = protocol.pairs(test_data), protocol.innocents(test_data), protocol.lists(test_data)
    listed, snapshots = protocol.in_lists(whole, tested), protocol.hidden(whole, tested)
    drawn = [protocol.draw(listed, free, seed) for seed in range(protocol.DRAWS)]
    people = {person.id: person for some, others in drawn for person in (*(pair.sought for pair in some), *others)}
    found = dict(zip(people, screen(list(people.values()), snapshots), strict=True))
    hits = {sought: {protocol.list_id(hit.list_key, hit.entry_id): hit.score for hit in its} for sought, its in found.items()}
    answer = protocol.Answer("ours", [], hits, 0.0, 0)
    told = [protocol.used(answer, some, others, POSSIBLE) for some, others in drawn]
    recall, flagged = (sum(getattr(one, name) for one in told) / len(told) for name in ("recall", "flagged"))
    low, high = protocol.wilson(recall, protocol.LISTED)
    figure(
        f"{len(drawn)} draws of 100 and 400, in sample: recall {recall:.3f} (95 % {low:.2f} to {high:.2f}), {flagged:.2%} of the innocents flagged"
    )
    assert recall >= 0.90
    assert flagged <= 0.0125


def test_pairs_are_told_apart_in_every_script(test_data: Path, figure: Figure) -> None:
    tested = protocol.pairs(test_data)
    hits = [compare(pair.sought, pair.entry) for pair in tested]
    scores, same = [hit.score if hit else 0.0 for hit in hits], [pair.same for pair in tested]
    areas = {}
    for script in BY_SCRIPT:
        some = [number for number, pair in enumerate(tested) if pair.script == script]
        areas[script] = protocol.area([scores[number] for number in some], [same[number] for number in some])
    acronyms = [score >= POSSIBLE for score, pair in zip(scores, tested, strict=True) if "acronym" in pair.tags]
    area, recall = protocol.area(scores, same), protocol.recall_at(scores, same, 0.95)
    shown = ", ".join(f"{script} {value:.3f}" for script, value in areas.items())
    figure(f"AUC {area:.3f}, recall at precision .95 {recall:.3f}; AUC {shown}; acronyms {sum(acronyms)} of {len(acronyms)}; in sample")
    assert area >= 0.93
    assert recall >= 0.80
    assert sum(acronyms) >= 0.6 * len(acronyms)
    assert {script: value for script, value in areas.items() if value < BY_SCRIPT[script]} == {}


@pytest.mark.alone
def test_five_hundred_names_meet_a_hundred_thousand_entries(test_data: Path, figure: Figure, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("TRACKTWO_TEST_DATA", str(test_data))
    monkeypatch.setenv("PYTHONPATH", f"{root / 'src'}:{root}")
    took = protocol.in_a_process()
    figure(str(took))
    assert took.cpu <= 10.0
    assert took.peak <= 500 * 2**20
