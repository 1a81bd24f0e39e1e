"""How findings are set on pages: codes and days stay whole, words of people are escaped and isolated, and rules are read as English."""

from __future__ import annotations

import pytest

from tracktwo.dossier.language import Span
from tracktwo.sources.law import load_law
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
