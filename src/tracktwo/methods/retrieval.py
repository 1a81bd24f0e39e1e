"""Past initiatives most like a new one: what is alike, what is not, and which methods they used.

Likeness is a sum of named reasons with weights chosen by judgement, not fitted: cases in a library are chosen for being known, so nothing here
is a rate of success. Every reason is shown; a reader may disagree with a weight, not be surprised by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracktwo.methods.words import rarity, shared, words
from tracktwo.model.brief import Challenge, PartyKind
from tracktwo.model.case import Case
from tracktwo.model.finding import CountryRef, Listing, Param, Term

SAME_COUNTRY = 4.0
SAME_SUBREGION = 1.0
ARMED_PARTY = 1.0
SHARED_RESOURCE = 3.0
NO_ARMED_CONFLICT = 1.0
WORDS = 4.0
TRACKS = 0.5
AT_THE_TABLE = 1.0
CONVENOR = 0.5
INSIDER = 1.0
UNVERIFIED_COUNTS = 0.7
"""An unverified case keeps this part of its likeness."""
DECADES = 20
"""Years between the start of a case and today from which it is told to be of another time."""
VARIED = 5
SAME_CONFLICT = 2
"""Of the first VARIED cases at most SAME_CONFLICT are of one conflict."""
SHOWN_WORDS = 4

_ARMED_WORDS = frozenset("war rebel rebellion insurgency insurgent militia guerrilla armed army".split())
_UNREST_WORDS = frozenset("violence tension crisis apartheid".split())
_STATE_WORDS = frozenset("relation border security arm dispute division".split())
_RESOURCE_WORDS = frozenset("water river lake sea fishery fish pasture grazing land forest climate environment environmental".split())
_AT_TABLE: Mapping[PartyKind, str] = {
    "armed group": "insurgents",
    "government": "officials",
    "religious body": "religious",
    "political movement": "politicians",
    "organisation": "civil-society",
}
"""Kind of party → the participant type by which the library codes its people."""


@dataclass(frozen=True)
class Query:
    """What a new initiative is about. Countries are alpha-3, regions UN M49 sub-regions in English, `year` the year in which it is planned."""

    year: int
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    challenge: Challenge = "armed conflict"
    party_kinds: frozenset[PartyKind] = frozenset()
    has_armed_party: bool = False
    issue_words: str = ""
    """Title, issues and needs in plain words; English finds most, since the cases are written in English."""
    tracks: frozenset[str] = frozenset()
    participant_types: frozenset[str] = frozenset()
    convenor_kind: str | None = None
    convenor_is_insider: bool = False

    @property
    def is_armed(self) -> bool:
        return self.has_armed_party or self.challenge == "armed conflict"


@dataclass(frozen=True)
class Reason:
    """Why a case is like or unlike: a code of the catalogues with its parameters."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()


@dataclass(frozen=True)
class Likeness:
    """A case, how like it is (a sum of weights, comparable within one answer only), and why."""

    case: Case
    score: float
    like: tuple[Reason, ...]
    unlike: tuple[Reason, ...]


def rank_cases(query: Query, cases: Sequence[Case], *, limit: int = 5, methods: Mapping[str, str] | None = None) -> tuple[Likeness, ...]:
    """Return up to `limit` cases most like the query, the most like first; stubs never, and none that shares nothing.

    `methods` gives the meaning of each method, whose words then count as words of the cases that used it. The order of `cases` does not
    matter; ties go by id. O(n · length of text). Raises ValueError for a negative limit.
    """
    if limit < 0:
        raise ValueError("limit should be 0 or more")
    known = sorted((case for case in cases if not case.is_stub), key=lambda case: case.id)
    texts = {case.id: _words_of(case, methods or {}) for case in known}
    rare = rarity(texts.values())
    asked = Counter(words(query.issue_words))
    ranked = [_likeness(query, case, shared(asked, texts[case.id], rare)) for case in known]
    ranked = sorted((likeness for likeness in ranked if likeness.score > 0), key=lambda likeness: (-likeness.score, likeness.case.id))
    return tuple(_varied(ranked)[:limit])


def methods_used(likenesses: Sequence[Likeness]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each method with the ids of the cases that used it, the most used first, then by the likeness of its best case."""
    found: dict[str, list[str]] = {}
    for likeness in likenesses:
        for method in likeness.case.methods:
            found.setdefault(method, []).append(likeness.case.id)
    first = {likeness.case.id: place for place, likeness in reversed(list(enumerate(likenesses)))}
    order = sorted(found, key=lambda method: (-len(found[method]), first[found[method][0]], method))
    return tuple((method, tuple(found[method])) for method in order)


def _likeness(query: Query, case: Case, by_words: tuple[float, tuple[str, ...]]) -> Likeness:
    weighed = list(_like(query, case, by_words))
    score = sum(weight for weight, _reason in weighed)
    if not case.verified:
        score *= UNVERIFIED_COUNTS
    like = tuple(reason for _weight, reason in sorted(weighed, key=lambda pair: (-pair[0], pair[1].code)))
    return Likeness(case, round(score, 9), like, tuple(_unlike(query, case)))


def _like(query: Query, case: Case, by_words: tuple[float, tuple[str, ...]]) -> Iterator[tuple[float, Reason]]:
    countries = sorted(query.countries.intersection(case.countries))
    if countries:
        share = len(countries) / len(query.countries)
        closeness = (1 + len(countries) / len(case.countries)) / 2
        yield SAME_COUNTRY * share * closeness, _reason("like.same-country", countries=_countries(countries))
    regions = sorted(query.regions.intersection(case.regions))
    if regions:
        yield SAME_SUBREGION, _reason("like.same-subregion", regions=Listing(items=tuple(regions)))
    if query.has_armed_party and _is_armed(case):
        yield ARMED_PARTY, _reason("like.armed-party")
    if query.challenge == "shared resource" and _is_about_a_resource(case):
        yield SHARED_RESOURCE, _reason("like.shared-resource")
    if not query.is_armed and _is_peaceful(case):
        yield NO_ARMED_CONFLICT, _reason("like.no-armed-conflict")
    share, found = by_words
    if found:
        yield WORDS * share, _reason("like.words", words=Listing(items=found[:SHOWN_WORDS]))
    yield from _like_in_form(query, case)


def _like_in_form(query: Query, case: Case) -> Iterator[tuple[float, Reason]]:
    """How the initiative is built, whatever it is about."""
    tracks = sorted(query.tracks.intersection(case.tracks))
    if tracks:
        yield (
            TRACKS * len(tracks) / len(query.tracks.union(case.tracks)),
            _reason("like.tracks", tracks=Listing(items=tuple(Term(term=f"track.{track}") for track in tracks))),
        )
    wanted = query.participant_types.union(_AT_TABLE[kind] for kind in query.party_kinds if kind in _AT_TABLE)
    types = sorted(wanted.intersection(case.participant_types))
    if types:
        yield (
            AT_THE_TABLE * len(types) / len(wanted.union(case.participant_types)),
            _reason("like.participants", types=Listing(items=tuple(Term(term=f"participant.{kind}") for kind in types))),
        )
    if query.convenor_is_insider and case.third_party_type == "insider":
        yield INSIDER, _reason("like.insider")
    elif query.convenor_kind is not None and query.convenor_kind == case.third_party_type:
        yield CONVENOR, _reason("like.convenor", kind=Term(term=f"convenor.{query.convenor_kind}"))


def _unlike(query: Query, case: Case) -> Iterator[Reason]:
    if query.regions and not query.regions.intersection(case.regions):
        yield _reason("unlike.other-region", regions=Listing(items=case.regions))
    if query.year - case.start_year >= DECADES:
        yield _reason("unlike.decades-ago", year=str(case.start_year), years=query.year - case.start_year)
    if len(query.countries) == 1 and _is_between_states(case):
        yield _reason("unlike.state-parties", countries=_countries(case.countries))
    if query.has_armed_party and not _is_armed(case):
        yield _reason("unlike.no-armed-party")
    if not query.is_armed and _is_armed(case):
        yield _reason("unlike.armed-conflict")
    if not case.verified:
        yield _reason("unlike.unverified")


def _varied(ranked: list[Likeness]) -> list[Likeness]:
    """Put a third case of a conflict behind the first five, which are fewer where no other conflict is left; the order stays otherwise."""
    first: list[Likeness] = []
    behind: list[Likeness] = []
    conflicts: Counter[str] = Counter()
    for likeness in ranked:
        conflict = likeness.case.conflict.casefold()
        if len(first) < VARIED and conflicts[conflict] < SAME_CONFLICT:
            conflicts[conflict] += 1
            first.append(likeness)
        else:
            behind.append(likeness)
    return first + behind if len(first) == VARIED else first


def _words_of(case: Case, methods: Mapping[str, str]) -> list[str]:
    parts = [
        case.name, case.conflict, *case.parties, *case.phases, *case.lessons, *case.cultural_activities, *(output.what for output in case.outputs),
        *(venue.place for venue in case.venues), *(f"{method} {methods.get(method, '')}" for method in case.methods),
    ]  # fmt: skip
    return list(_words(" ".join(parts)))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text, worked out once for each case."""
    return tuple(words(text))


def _is_armed(case: Case) -> bool:
    """The case itself names an armed group or a war. Where it does not, that is no proof that there was none."""
    return "insurgents" in case.participant_types or bool(_ARMED_WORDS.intersection(words(_setting(case))))


def _is_peaceful(case: Case) -> bool:
    """The case is told of relations, security or co-operation, and of no conflict, war, violence or unrest."""
    told = words(_setting(case))
    return not _is_armed(case) and "conflict" not in case.conflict.casefold() and not _UNREST_WORDS.intersection(told)


def _setting(case: Case) -> str:
    return " ".join((case.conflict, *case.parties)).replace("post-war", "")


def _is_about_a_resource(case: Case) -> bool:
    return "environmental-cooperation" in case.methods or bool(_RESOURCE_WORDS.intersection(words(case.conflict)))


def _is_between_states(case: Case) -> bool:
    """Several countries, told of as a matter between states, and no armed group at the table."""
    return len(case.countries) > 1 and not _is_armed(case) and bool(_STATE_WORDS.intersection(words(case.conflict)))


def _countries(codes: Sequence[str]) -> Listing:
    return Listing(items=tuple(CountryRef(country=code) for code in codes))


def _reason(code: str, **params: Param) -> Reason:
    return Reason(code, tuple(params.items()))
