"""What of an initiative is compared with past cases: the question that the library is asked once for all considerations."""

from __future__ import annotations

from tracktwo.methods.retrieval import Query
from tracktwo.record.initiative import Initiative
from tracktwo.sources.shelf import Shelf

_GROUPS = {"women": "women", "youth": "youth", "elder": "elders", "indigenous": "indigenous", "religious": "religious"}
"""Words in what people chose to be counted as → participant types of the library."""


def query_of(initiative: Initiative, shelf: Shelf) -> Query:
    """Return what the initiative is about, as the library understands it."""
    opening, convenor = initiative.opening, initiative.convenor
    kinds = frozenset(party.kind for party in initiative.parties)
    regions = {country.subregion for code in initiative.countries if (country := shelf.countries.get(code))}
    armed = "armed group" in kinds or (opening.challenge == "armed conflict" and not kinds - {"other", "government"})
    return Query(
        year=(initiative.wish.starts or opening.written).year,
        countries=frozenset(initiative.countries),
        regions=frozenset(regions),
        challenge=opening.challenge,
        party_kinds=kinds,
        has_armed_party=armed,
        issue_words=" ".join(_words(initiative)),
        tracks=frozenset({"2"} if opening.challenge != "community dispute" else {"3"}),
        participant_types=frozenset(_participants(initiative)),
        convenor_kind=convenor.kind if convenor else None,
        convenor_is_insider=bool(convenor and convenor.side),
    )


def _words(initiative: Initiative) -> list[str]:
    opening = initiative.opening
    words = [opening.title, opening.purpose or "", opening.summary or ""]
    words += [issue.name for issue in initiative.issues]
    words += [grievance.what for issue in initiative.issues for grievance in issue.grievances]
    words += [initiative.change.statement] if initiative.change else []
    return words


def _participants(initiative: Initiative) -> set[str]:
    found = {kind for person in initiative.invited for group in person.groups for word, kind in _GROUPS.items() if word in group.casefold()}
    if any(person.gender == "woman" for person in initiative.invited):
        found.add("women")
    if any(person.youth for person in initiative.invited):
        found.add("youth")
    return found
