"""Search in the case library: plain words in, cases with the words that were found out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tracktwo.methods.words import rarity, words
from tracktwo.model.case import Case

K1 = 1.2
B = 0.75
"""The usual constants: how soon a repeated word counts no more, and how much a long text is held against it."""


class Hit(NamedTuple):
    """A case that holds at least one of the words."""

    case: Case
    score: float
    matched: tuple[str, ...]


def search(text: str, cases: Sequence[Case], limit: int = 10) -> tuple[Hit, ...]:
    """Return up to `limit` cases that hold words of `text`, best first, ties by id; case, accents and plural endings do not matter.

    Method: BM25 over all text fields (S. Robertson and H. Zaragoza, 2009), each distinct word of the question counted once.
    Stubs are found as well: they say of themselves that nothing of them was read in a source.
    """
    ordered = sorted(cases, key=lambda case: case.id)
    texts = [Counter(words(_text(case))) for case in ordered]
    lengths = [sum(counts.values()) for counts in texts]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    rare = rarity(texts)
    asked = sorted(set(words(text)))
    hits = []
    for case, counts, length in zip(ordered, texts, lengths, strict=True):
        found = {word: _weight(counts[word], length, mean) * rare[word] for word in asked if word in counts}
        if found:
            matched = tuple(sorted(found, key=lambda word: (-found[word], word)))
            hits.append(Hit(case, round(sum(found.values()), 9), matched))
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.case.id))[: max(limit, 0)])


def _weight(count: int, length: int, mean: float) -> float:
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))


def _text(case: Case) -> str:
    """All words of a case but the addresses of its sources."""
    plain = case.model_dump(mode="json", exclude={"sources", "verified_fields", "id"})
    return json.dumps(plain, ensure_ascii=False) + " " + " ".join(source.title for source in case.sources)
