"""How pages of findings set words: what is English whoever reads is marked as English, and a code or a day never breaks at its hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import Markup

from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.hands import Hands
from tracktwo.dossier.language import Span, Voice
from tracktwo.sources.law import load_law

_WHOLE = re.compile(r"\b(?:[A-Z]-\d{2,}|\d{4}-\d{2}-\d{2})\b")
"""The code of a person, or a day in digits."""


class FindingHands(Hands):
    """The hands of pages with findings, in which rules of law are quoted: they are kept in one language."""

    def __init__(self, voice: Voice, prefix: str) -> None:
        super().__init__(voice, prefix)
        self._foreign = voice.language != "en"

    def spans(self, spans: Iterable[Span]) -> Markup:
        """As everywhere, with what must not be read in the reader's language, or over two lines, in an element of its own."""
        return Markup("").join(map(self._set, spans))

    def _set(self, span: Span) -> Markup:
        if self._foreign and span.spoken and span.text in _quoted():
            return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(clean(span.text))
        escaped = str(super().spans([span]))
        return Markup(_WHOLE.sub(r'<span class="whole">\g<0></span>', escaped))  # noqa: S704 - escaped before


@cache
def _quoted() -> frozenset[str]:
    """Every text of the base of law that a finding or a table may quote."""
    return frozenset(_texts())


def _texts() -> Iterator[str]:
    law = load_law()
    yield from law.not_covered
    for rule in law.rules:
        yield from (rule.title, rule.explanation, rule.citation, *rule.unverified, *rule.conditions)
        for way in rule.exemptions:
            yield from (way.what, way.authority, way.who_applies)
