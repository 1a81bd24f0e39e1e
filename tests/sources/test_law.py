"""The rules that ship hold together, a country is led to its code in them, and no damaged file leads to anything but a sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tracktwo.model.law import EFFECTS
from tracktwo.sources.law import law_country, load_law, read_plans, read_rules
from tracktwo.sources.table import SHIPPED, UnreadableSource

LAW = load_law()
EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "law-plan.json"
RULES = "\n".join((SHIPPED / "law" / "rules.jsonl").read_text(encoding="utf-8").splitlines()[32:38])
"""Six rules, permissions among them."""


def test_the_base_holds_what_its_notice_says() -> None:
    assert len(LAW.rules) == 96
    assert len({rule.jurisdiction for rule in LAW.rules}) == 24
    assert (len(LAW.vocabulary.acts), len(LAW.vocabulary.lists)) == (34, 145)
    assert sum(rule.confidence == "memory" for rule in LAW.rules) == 8
    assert sum(bool(rule.unverified) for rule in LAW.rules) == 69
    assert {said.effect for rule in LAW.rules for said in rule.acts} <= set(EFFECTS)
    assert len(LAW.not_covered) == 18


def test_what_holds_by_itself_or_is_a_defence_in_court_cannot_be_applied_for() -> None:
    ways = [(rule.id, way) for rule in LAW.rules for way in rule.exemptions]
    assert len(ways) == 49
    assert sorted(way.who_applies for _, way in ways if not way.is_applied_for) == [
        "nobody",
        "nobody",
        "nobody",
        "nobody: no prior clearance exists",
        "nobody: self-executing",
        "self-executing within its terms",
        "the accused",
    ]


def test_a_way_out_for_a_trip_serves_no_other_act() -> None:
    ways = [(rule.id, way) for rule in LAW.rules for way in rule.exemptions]
    assert {name for name, way in ways if way.what.startswith(("entry", "single trip")) and not way.serves("provide-lodging")} > {"EU-AUTONOMOUS"}


@pytest.mark.parametrize(("alpha3", "alpha2"), [("CAF", "CF"), ("GBR", "GB"), ("XKX", "XK"), ("ZZZ", "XX")])
def test_a_country_is_led_to_the_code_of_the_rules(alpha3: str, alpha2: str) -> None:
    assert law_country(alpha3) == alpha2


def damaged(text: str, luck: random.Random) -> str:
    """The text with a few pieces cut out, doubled, exchanged or overwritten."""
    for _ in range(luck.randint(1, 4)):
        at, width = luck.randrange(len(text)), luck.randint(1, 12)
        piece = luck.choice(("", text[at : at + width] * 2, luck.choice('{}[],:"\\0 nulltrue'), "\x00", "﷐", '"GB"', "[]", "{}", "-1e999", "null"))
        text = text[:at] + piece + text[at + width :]
    return text


def fuzzed(folder: Path, rounds: int) -> tuple[int, int]:
    """Damage both kinds of file so often; returns how many were read and how many refused."""
    luck, read = random.Random(7), 0
    sentences: list[str] = []
    path = folder / "damaged.json"
    plans = EXAMPLE.read_text(encoding="utf-8")
    for number in range(rounds):
        path.write_text(damaged(plans if number % 2 else RULES, luck), encoding="utf-8")
        try:
            if number % 2:
                read_plans(path, LAW.vocabulary, LAW.rules)
            else:
                read_rules(path, LAW.vocabulary)
            read += 1
        except UnreadableSource as error:
            sentences.append(str(error))
    assert [said for said in sentences if "damaged.json" not in said or "\n" in said] == []
    return read, len(sentences)


def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    _, refused = fuzzed(tmp_path, 200)
    assert refused > 100


@pytest.mark.gate
def test_ten_thousand_damaged_files_of_law_are_read_or_refused_in_a_sentence(tmp_path: Path, figure: Callable[[str], None]) -> None:
    read, refused = fuzzed(tmp_path, 10_000)
    figure(f"10,000 damaged files of rules and plans: {refused:,} refused in a sentence, {read:,} read, none led to another exception")
