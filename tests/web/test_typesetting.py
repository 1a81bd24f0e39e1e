"""How findings are set on pages: codes and days stay whole, words of people are escaped and isolated, and rules are read as English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.making import bare
from tracktwo.constitute import let_out
from tracktwo.dossier.language import Span
from tracktwo.dossier.reading import Statement, reading_of
from tracktwo.model.finding import Listing, Message
from tracktwo.sources.law import load_law
from tracktwo.web.reading import LONGEST, unrolled
from tracktwo.web.typesetting import FindingHands
from tracktwo.web.words import LANGUAGES, voice


def _set(language: str, *spans: Span) -> str:
    return str(FindingHands(voice(language), "interface.web").spans(spans))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_and_a_day_do_not_break_and_what_somebody_wrote_is_escaped_and_keeps_its_direction(language: str) -> None:
    said = _set(language, Span("B-02 (<b>) of UN-1737-SNAPBACK: ", spoken=False), Span("<i> 1970-08-14", spoken=True))
    assert said == (
        '<span class="whole">B-02</span> (&lt;b&gt;) of UN-1737-SNAPBACK: <bdi>&lt;i&gt; <span class="whole">1970-08-14</span></bdi>'
    )  # fmt: skip


def test_what_the_base_of_law_says_is_marked_as_english_where_the_page_is_not() -> None:
    rule = load_law().rules[0].explanation
    assert 'lang="en" dir="ltr"' in _set("ar", Span(rule, spoken=True))
    assert 'lang="en"' not in _set("en", Span(rule, spoken=True))
    assert 'lang="en"' not in _set("ar", Span(f"{rule} And more", spoken=True))


def _enumerating(language: str, count: int) -> Statement:
    """A statement that enumerates so many parties."""
    spoken = voice(language)
    found = next(one for row in reading_of(let_out(bare("CAF"), spoken), spoken).parts[1].rows for one in row.statements)
    parties = Listing(items=tuple(f"Council of the valley number {number}" for number in range(count)))
    said = Message(code="law.no-rule-found", params={"parties": parties, "acts": Listing(items=("a meal",)), "on": found.finding.as_of})
    return replace(found, finding=found.finding.model_copy(update={"message": said}), words=tuple(spoken.spans(said)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_enumeration_that_is_too_long_for_a_sentence_stands_below_it_whole(language: str) -> None:
    short, long = _enumerating(language, 3), _enumerating(language, 30)
    assert unrolled(short, voice(language)) == (short.words, ())
    words, lines = unrolled(long, voice(language))
    assert len("".join(span.text for span in words)) < LONGEST
    assert "(30)" in "".join(span.text for span in words)
    assert ["".join(span.text for span in line) for line in lines] == [f"Council of the valley number {number}" for number in range(30)]
