"""What stands beside a source, in the words of the catalogues: where in it a statement stands, and why it is old or absent."""

from __future__ import annotations

import re
from datetime import date

from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.reading import Words
from tracktwo.model.finding import Evidence, Message
from tracktwo.model.world import SourceState

_LINES = re.compile(r"lines? (\d+(?:, \d+)*)")
"""How the record names lines of the brief."""


def place_in(evidence: Evidence, voice: Voice) -> Words:
    """Row or address in the source, or nothing. Lines of the brief are told in words, other addresses as their publisher writes them."""
    lines = _LINES.fullmatch(evidence.locator or "") if evidence.dataset == "brief" else None
    if lines is None:
        return (Span(evidence.locator, spoken=True),) if evidence.locator else ()
    numbers = lines[1].split(", ")
    comma = voice.text("interface.mark.comma")
    return (*voice.spans(Message(code="interface.page.brief-lines", params={"count": len(numbers)})), Span(" " + comma.join(numbers), spoken=False))


def remark_on(source: SourceState, as_of: date, voice: Voice) -> Words:
    """Why a source is old or absent, or that the user brought it; empty where there is nothing to say. `as_of` is the day of the dossier."""
    origin = source.provenance
    if source.state == "absent":
        return tuple(voice.spans(Message(code="interface.page.source-own-table" if source.name == "heritage" else "interface.page.source-absent")))
    if source.state == "old" and origin is not None:
        days = (as_of - origin.as_of).days
        words = tuple(voice.spans(Message(code="interface.page.source-old", params={"date": origin.as_of, "count": days})))
        own = (source.reason or "").partition("; ")[2]
        return (*words, Span(" ", spoken=False), Span(own, spoken=True)) if own else words
    if source.reason:
        return (Span(source.reason, spoken=True),)
    if origin is not None and origin.own_download:
        return tuple(voice.spans(Message(code="interface.page.own-download")))
    return ()
