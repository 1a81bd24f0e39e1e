"""Which shared heritage to propose to a set of sides: a ladder whose rungs say on what each proposal rests, and what is never proposed.

Rungs: a, a joint inscription that covers every side; b, practised on all sides; c, the same kind on each side, shown together; d, the culture
of the host country, with the third party as host; e, what is nobody's heritage. A side is matched to a state only where it is that state's side
alone; else only by evidence of what the side itself practises. What the countries at the table claim against each other is on no rung.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tracktwo.model.world import HeritageElement

Rung = Literal["a", "b", "c", "d", "e"]
RUNGS: tuple[Rung, ...] = ("a", "b", "c", "d", "e")
GRADES = ("experiment", "case", "practice", "heritage")
"""From a controlled study to a mere inscription. None of them promises an effect."""
MOST = 5
"""Proposals on one rung."""
_MOMENTS = ("evening", "meal", "break", "closing", "excursion")
"""The moments of a meeting, those first for which a programme needs something every day."""
_NEUTRAL = frozenset({"nature", "sport"})
"""Domains in which an activity may lie and still be nobody's heritage."""
_NOBODYS = frozenset({"silent-reflection"})
"""Activities that a domain marks as ritual and that ask nobody to share a rite."""
_SHORT = 3
_ASCII = re.compile(r"[\x00-\x7f]+")


@dataclass(frozen=True)
class SideAtTable:
    """A side with the countries of its parties (alpha-3) and the languages that it named (BCP 47)."""

    id: str
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Practice:
    """Evidence of the sides themselves: who practises something, by a source. Without `sourced` it is a question and no evidence."""

    number: int
    what: str
    element: str | None
    practised_by: frozenset[str]
    sourced: bool


@dataclass(frozen=True)
class Activity:
    """A kind of activity; see `library.culture.SharedActivity`."""

    slug: str
    moments: tuple[str, ...]
    group_size: tuple[int, int]
    minutes: tuple[int, int]
    hosted_by: str
    shared_language: int
    domains: tuple[str, ...]
    evidence: str


@dataclass(frozen=True)
class Claim:
    """A practice that camps of countries claim against each other, its elements, and the words that give it away."""

    slug: str
    camps: tuple[tuple[str, ...], ...]
    elements: tuple[str, ...]
    words: tuple[str, ...]

    def between(self, countries: Collection[str]) -> bool:
        """True where at least two camps are among these countries."""
        return sum(not set(camp).isdisjoint(countries) for camp in self.camps) >= 2

    def touches(self, element: HeritageElement) -> bool:
        """True for an element of the claim, by its number or by a word of its title."""
        return element.id in self.elements or any(names(self.words, title) for title in (element.title, element.title_fr) if title)


@dataclass(frozen=True)
class Proposal:
    """One proposal: its rung; what: an element, several as a pair, a practice of the brief, or an activity alone; and by which activity."""

    rung: Rung
    elements: tuple[HeritageElement, ...] = ()
    practice: Practice | None = None
    activity: Activity | None = None
    evidence: str = "heritage"
    by_evidence: tuple[str, ...] = ()
    """Sides that are matched by the brief's evidence and not by their state."""
    domain: str | None = None
    dish: bool = False
    """True where the sides claim dishes against each other and this is about food: then it is labelled by ingredients."""

    @property
    def host(self) -> str:
        """Who hosts: all sides together what is theirs, the third party what belongs to the host country or to nobody, nobody free time."""
        if self.rung in ("a", "b", "c"):
            return "both"
        return "none" if self.activity is not None and self.activity.hosted_by == "none" else "third-party"


@dataclass(frozen=True)
class Ladder:
    """What may be proposed, rung by rung; what is national and asked about; and what was left out."""

    proposals: tuple[Proposal, ...]
    national: tuple[tuple[HeritageElement, tuple[str, ...]], ...]
    """Elements of a state that several sides share, with those sides: never proposed, only asked about."""
    claims: tuple[Claim, ...]
    """Practices that the countries at the table claim against each other."""
    held: tuple[tuple[Activity, tuple[str, ...]], ...]
    """Activities that are too close to such a practice, with the slugs of the claims that hold them back."""
    grounded: bool
    """False where neither every side has a state of its own nor anybody named evidence of a side: then the ladder starts at its last rung."""

    def on(self, rung: Rung) -> tuple[Proposal, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.rung == rung)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a text without case, accents and marks, each with a space before it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold().replace("ı", "i")) if not unicodedata.combining(sign))
    return "".join(f" {word}" for word in re.findall(r"\w+", plain)) + " "


def names(words: Iterable[str], text: str) -> bool:
    """True where a text names one of the words: at the beginning of a word of it, so that endings do not hide it; of three letters only whole.

    Words of other scripts than Latin are found anywhere, since articles and particles are joined to them.
    """
    within = folded(text)
    for word in words:
        sought = folded(word).strip()
        if not _ASCII.fullmatch(sought):
            if sought in within:
                return True
        elif f" {sought} " in within or (len(sought) > _SHORT and f" {sought}" in within):
            return True
    return False


def own_states(sides: Sequence[SideAtTable]) -> dict[str, str]:
    """Side → the state whose side it alone is: its parties are of one country, and no party of another side is."""
    own = {}
    for side in sides:
        others = {country for other in sides if other.id != side.id for country in other.countries}
        if len(side.countries) == 1 and not side.countries & others:
            (own[side.id],) = side.countries
    return own


def ladder(
    sides: Sequence[SideAtTable],
    elements: Sequence[HeritageElement],
    activities: Sequence[Activity],
    claims: Sequence[Claim],
    holds_back: Mapping[str, Collection[str]],
    brings: Mapping[str, Sequence[str]],
    *,
    practices: Sequence[Practice] = (),
    host: str | None = None,
    also: Collection[str] = (),
    people: int = 12,
    dishes: Collection[str] = (),
    avoid: Collection[str] = (),
) -> Ladder:
    """Build the ladder for the sides.

    `host` is the country of the first venue, None where unknown or where it is a party's; what it contests with a side is left out too. `also` are
    further countries that the sides come from; they count for what is contested only. `holds_back` maps an activity to the claims that hold it
    back; `brings` maps a domain, the telling ones first, to the activities that bring it into the days; `dishes` are the claims about food; an
    element whose title names a word of `avoid` is left out for everybody.

    On each rung at most five stand, ordered by: moment fit (what has an activity first, then evenings, meals, breaks), fit to `people`, grade of
    evidence, fewer states, number. The order in which sides, elements, activities and claims are given does not matter.
    """
    sides = sorted(sides, key=lambda side: side.id)
    present = {country for side in sides for country in side.countries} | set(also)
    between = [claim for claim in claims if claim.between(present)]
    barred = {claim.slug for claim in between}
    held = tuple((activity, tuple(sorted(barred & set(holds_back.get(activity.slug, ()))))) for activity in activities)
    held = tuple(sorted(((activity, why) for activity, why in held if why), key=lambda pair: pair[0].slug))
    usable = [activity for activity in activities if activity.slug not in {activity.slug for activity, _ in held}]
    ask = _Asked(sides, usable, brings, people, bool(barred & set(dishes)))
    with_host = [claim for claim in claims if claim.between(present | {host} if host else present)]
    fitting = (element for element in elements if not names(avoid, element.title) and not any(claim.touches(element) for claim in with_host))
    open_to_all = sorted(fitting, key=lambda element: element.id)
    evidence = [item for item in practices if item.sourced and not _is_claimed(item, between)]
    grounded = len(sides) > 1 and (len(ask.own) == len(sides) or bool(evidence))
    proposals: list[Proposal] = []
    if grounded:
        proposals += ask.shared(open_to_all, evidence)
        proposals += ask.pairs([element for element in open_to_all if not element.joint])
        proposals += ask.of_host(open_to_all, host, present, proposals)
    proposals += ask.nobodys()
    taken = {element.id for proposal in proposals for element in proposal.elements}
    national = ask.national([element for element in open_to_all if element.id not in taken])
    return Ladder(tuple(proposals), national, tuple(sorted(between, key=lambda claim: claim.slug)), held, grounded)


def _is_claimed(practice: Practice, between: Iterable[Claim]) -> bool:
    return any(practice.element in claim.elements or names(claim.words, practice.what) for claim in between)


class _Asked:
    """The sides at one table, and what can be done with so many people."""

    def __init__(
        self, sides: Sequence[SideAtTable], activities: Sequence[Activity], brings: Mapping[str, Sequence[str]], people: int, dish: bool
    ) -> None:
        self.sides, self.brings, self.people, self.dish = sides, brings, people, dish
        self.activities = sorted(activities, key=self._fit)
        self.own = own_states(sides)
        self.common_language = bool(sides) and bool(frozenset.intersection(*(side.languages for side in sides)))

    def shared(self, elements: Sequence[HeritageElement], evidence: Sequence[Practice]) -> list[Proposal]:
        """Rungs a and b."""
        on_a, on_b = [], []
        known = {element.id for element in elements}
        for element in elements:
            said = {side for item in evidence if item.element == element.id for side in item.practised_by}
            by_said = tuple(side.id for side in self.sides if self.own.get(side.id) not in element.countries and side.id in said)
            inscribed = [side.id for side in self.sides if self.own.get(side.id) in element.countries]
            lived = [s.id for s in self.sides if s.id in self.own and self.own[s.id] in (*element.countries, *element.also_practised)]
            whose = {country for side in self.sides for country in side.countries} & set(element.countries)
            if element.joint and whose and len(inscribed) + len(by_said) == len(self.sides):
                on_a.append(self._of_element("a", element, by_said))
            elif len(set(lived) | said & {side.id for side in self.sides}) == len(self.sides):
                left = tuple(side.id for side in self.sides if side.id not in lived)
                on_b.append(self._of_element("b", element, left))
        for item in evidence:
            if item.element not in known and item.practised_by >= {side.id for side in self.sides}:
                on_b.append(Proposal("b", practice=item, by_evidence=tuple(side.id for side in self.sides)))
        return self._best(on_a) + self._best(on_b)

    def pairs(self, single: Sequence[HeritageElement]) -> list[Proposal]:
        """Rung c: for each domain one element of each side's own state, the first by number that has this domain first among its own."""
        if len(self.own) < len(self.sides):
            return []
        found = []
        for domain in sorted({domain for element in single for domain in element.domains}):
            of_domain = [element for element in single if domain in element.domains]
            pair = []
            for side in self.sides:
                of_side = [element for element in of_domain if self.own[side.id] in element.countries]
                pair += sorted(of_side, key=lambda element: (element.domains[0] != domain, element.id))[:1]
            carrier = self._carrier((domain,))
            if len(pair) == len(self.sides) and carrier is not None:
                pair.sort(key=lambda element: element.id)
                found.append(Proposal("c", tuple(pair), activity=carrier, domain=domain, dish=self.dish and _at_table(carrier)))
        return self._best(found)

    def of_host(self, elements: Sequence[HeritageElement], host: str | None, present: Collection[str], above: Sequence[Proposal]) -> list[Proposal]:
        """Rung d: of the host country alone, and of no country at the table."""
        taken = {element.id for proposal in above for element in proposal.elements}
        own = [e for e in elements if host in e.countries and not set(present) & {*e.countries, *e.also_practised} and e.id not in taken]
        return [] if host is None or host in present else self._best([self._of_element("d", element, ()) for element in own])

    def nobodys(self) -> list[Proposal]:
        """Rung e."""
        free = [a for a in self.activities if is_nobodys(a, self.common_language)]
        return [Proposal("e", activity=activity, evidence=activity.evidence) for activity in free[:MOST]]

    def national(self, elements: Sequence[HeritageElement]) -> tuple[tuple[HeritageElement, tuple[str, ...]], ...]:
        found = []
        for element in elements:
            whose = [side.id for side in self.sides if side.countries & set(element.countries)]
            shared = {country for country in element.countries if sum(country in side.countries for side in self.sides) > 1}
            if shared:
                found.append((element, tuple(whose)))
        found.sort(key=lambda item: (-len(item[1]), len(item[0].countries), item[0].id))
        return tuple(found[:MOST])

    def _of_element(self, rung: Rung, element: HeritageElement, by_evidence: tuple[str, ...]) -> Proposal:
        carrier = self._carrier(element.domains)
        return Proposal(rung, (element,), activity=carrier, by_evidence=by_evidence, dish=self.dish and _at_table(carrier))

    def _carrier(self, domains: Collection[str]) -> Activity | None:
        """The activity by which something of these domains comes into the days: the first that is not held back, of the most telling domain."""
        usable = {activity.slug: activity for activity in self.activities}
        slugs = [slug for domain, slugs in self.brings.items() if domain in domains for slug in slugs]
        return next((usable[slug] for slug in slugs if slug in usable), None)

    def _best(self, found: Sequence[Proposal]) -> list[Proposal]:
        return sorted(found, key=self._order)[:MOST]

    def _order(self, proposal: Proposal) -> tuple[bool, tuple[int, int, int, str], int, tuple[str, ...]]:
        activity = proposal.activity
        states = sum(len(element.countries) for element in proposal.elements)
        fit = self._fit(activity)[:3] if activity else (0, 0, 0)
        return activity is None, (*fit, ""), states, tuple(element.id for element in proposal.elements)

    def _fit(self, activity: Activity) -> tuple[int, int, int, str]:
        """Moment, size of the group, grade of evidence, and the slug so that no order is left to chance."""
        moment = min(_MOMENTS.index(moment) for moment in activity.moments)
        least, most = activity.group_size
        return moment, max(least - self.people, self.people - most, 0), GRADES.index(activity.evidence), activity.slug


def _at_table(activity: Activity | None) -> bool:
    return activity is not None and activity.domains[:1] == ("food",)


def is_nobodys(activity: Activity, common_language: bool) -> bool:
    """True for an activity without heritage: hosted by nobody or the third party, little language needed, at most nature or sport in mixed teams."""
    if activity.hosted_by not in ("none", "third-party") or activity.evidence == "heritage":
        return False
    if activity.shared_language > (2 if common_language else 1):
        return False
    return set(activity.domains) <= _NEUTRAL or activity.slug in _NOBODYS
