"""A past initiative in the library, with what of it was read in a source."""

from __future__ import annotations

from typing import Literal

from tracktwo.model.base import Noun

Outcome = Literal[
    "contributed-to-agreement", "contributed-to-policy", "kept-channel-open", "relationship-change", "no-visible-effect", "collapsed", "ongoing"
]


class CaseVenue(Noun):
    """Where a case met."""

    place: str
    iso3: str | None = None
    year: int | None = None


class CaseOutput(Noun):
    """Something a case left behind."""

    what: str
    year: int | None = None
    kind: Literal["document", "agreement", "institution", "relationship"]


class CaseTransfer(Noun):
    """How a case reached officials or the public."""

    route: Literal["officials-took-part", "participants-became-officials", "briefing", "document-adopted", "public-opinion", "none-known"]
    detail: str = ""
    year: int | None = None


class CaseSource(Noun):
    """A source of a case; `copy` is true where it was seen at a re-host, and then it must not be linked."""

    title: str
    url: str | None = None
    publisher: str | None = None
    year: int | None = None
    copy_: bool = False


class Case(Noun):
    """A Track II, Track 1.5 or citizen-diplomacy initiative. Only the fields named in `verified_fields` were read in a source."""

    id: str
    name: str
    conflict: str
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    start_year: int
    end_year: int | None
    tracks: tuple[str, ...]
    convenors: tuple[str, ...]
    third_party_type: str
    parties: tuple[str, ...]
    participant_types: tuple[str, ...]
    participants_per_meeting: int | tuple[int, int] | None
    meetings: int | None
    venues: tuple[CaseVenue, ...]
    confidentiality: str
    methods: tuple[str, ...]
    phases: tuple[str, ...]
    cultural_activities: tuple[str, ...]
    funding: tuple[str, ...]
    outputs: tuple[CaseOutput, ...]
    outcome: Outcome
    transfer: tuple[CaseTransfer, ...]
    lessons: tuple[str, ...]
    sources: tuple[CaseSource, ...]
    verified: bool
    verified_fields: frozenset[str]

    @property
    def is_stub(self) -> bool:
        """True where no source was seen: shown as a stub, never used as evidence."""
        return not self.sources
