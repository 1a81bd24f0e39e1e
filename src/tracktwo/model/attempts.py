"""What outside data tell of earlier attempts at peace: agreements that were made, and negotiations whether they led to one or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

AgreementStage = Literal["pre-negotiation", "ceasefire", "partial", "comprehensive", "implementation", "renewal", "other"]
ThirdPartyKind = Literal[
    "local NGO", "international NGO", "regional organisation", "international organisation", "peace operation", "foreign government", "individual",
    "national committee", "language organisation", "local government", "government", "president", "political party", "government forces", "police",
    "armed group", "community leaders", "religious leaders", "religious body", "traditional leaders", "local committee", "company",
]  # fmt: skip
UNOFFICIAL: frozenset[ThirdPartyKind] = frozenset({"local NGO", "international NGO", "individual", "religious leaders", "religious body"})
"""Third parties that are no state, no union of states and nobody's government: the field of Track II."""


@dataclass(frozen=True)
class PeaceAgreement:
    """A document that parties to a peace process agreed on (PA-X)."""

    id: str
    title: str
    process: str
    conflict: str
    """The place as the publisher names it, for instance `Philippines/(Mindanao)`."""
    countries: tuple[str, ...]
    signed: date | None
    status: str
    kind: str
    """Inter, InterIntra, Intra or IntraLocal."""
    stage: AgreementStage
    parties: str
    third_parties: str
    """Both as the publisher quotes the document, in prose; empty where nobody is named."""
    url: str | None
    locale: str | None = None
    """The place of a local agreement."""
    mediated: bool | None = None
    """Whether a mediator took part, known for local agreements only."""


@dataclass(frozen=True)
class Topic:
    """What was negotiated about, and whether agreement was reached on it."""

    name: str
    agreed: bool


@dataclass(frozen=True)
class Negotiation:
    """A negotiation between two sides, or an attempt at one. A code that cannot be read is None: not known, and not no."""

    id: str
    conflict_id: str
    kind: Literal["between states", "government and group", "between groups"] | None
    countries: tuple[str, ...]
    """ISO alpha-3 of the countries in which the conflict lies."""
    side_a: str
    side_b: str
    description: str
    town: str | None
    venue_countries: tuple[str, ...]
    """ISO alpha-3 of the country or countries where the sides met."""
    venue_text: str
    """The country of the talks as the publisher writes it; empty where it is unknown."""
    began: str | None
    """YYYY, YYYY-MM or YYYY-MM-DD, as far as it is known."""
    ended: str | None
    mediated: bool | None
    third_parties: tuple[str, ...]
    third_party_kinds: tuple[ThirdPartyKind, ...]
    women: bool | None
    secret: bool | None
    indirect: bool | None
    one_sided: bool | None
    pre_negotiation: bool | None
    topics: tuple[Topic, ...]
    agreement: bool | None
    ceasefire: bool | None
    agreement_name: str | None

    @property
    def unofficial(self) -> bool:
        """True where a third party of the Track II field took part."""
        return not UNOFFICIAL.isdisjoint(self.third_party_kinds)
