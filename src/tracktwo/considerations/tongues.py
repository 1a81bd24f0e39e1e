"""Process design, continued: who understands whom, and who must be interpreted (row D8)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tracktwo.considerations.inquiry import Inquiry, listing, msg
from tracktwo.model import brief as b
from tracktwo.model.finding import Finding, LanguageRef

ENOUGH = frozenset({"B2", "C1", "C2", "native"})
"""Levels of the Common European Framework from which a person can follow and be followed in the room."""


def name(tag: str) -> LanguageRef:
    return LanguageRef(language=tag)


def spoken(person: b.Person) -> frozenset[str]:
    """Tags of the languages that a person can work in; a language without a level is not counted."""
    return frozenset(skill.tag for skill in person.languages if skill.level in ENOUGH)


def needed(q: Inquiry) -> tuple[str, ...]:
    """Languages into which texts must go so that everybody invited has one of their own: few, and the commonest first."""
    people = [p for p in q.initiative.invited if p.kind == "person" and p.languages]
    left, chosen = list(people), []
    while left:
        counts = {tag: sum(tag in spoken(p) for p in left) for p in left for tag in spoken(p)}
        if not counts:
            break
        best = max(sorted(counts), key=lambda tag: counts[tag])
        chosen.append(best)
        left = [p for p in left if best not in spoken(p)]
    return tuple(chosen) or q.initiative.tongues.languages


def languages(q: Inquiry) -> Iterator[Finding]:
    """D8: is there a language in which the sides understand each other, and who interprets?"""
    people = [p for p in q.initiative.invited if p.kind == "person"]
    unknown = [p for p in people if not p.languages]
    if not people or len(unknown) == len(people):
        yield q.unknown("tongues.unknown", "D8", q.each_side(), "languages", sides=q.side_names(), places=q.place_names())
        return
    if unknown:
        yield q.unknown("tongues.some-unknown", "D8", [q.person(p) for p in unknown], "languages", people=q.people(unknown), count=len(unknown))
    yield from _pairs(q, [p for p in people if p.languages])
    yield from _left_out(q, [p for p in people if p.languages])
    yield from _levels(q, people)


def _pairs(q: Inquiry, people: list[b.Person]) -> Iterator[Finding]:
    """How many pairs across the sides have a language in common, of all such pairs."""
    across = [(one, other) for one, other in combinations(people, 2) if one.sides and other.sides and not set(one.sides) & set(other.sides)]
    if not across:
        yield q.unknown("tongues.no-pairs", "D8", q.each_side(), "languages", evidence=q.said(*people), sides=q.side_names(), count=len(people))
        return
    deaf = [(one, other) for one, other in across if not spoken(one) & spoken(other)]
    interpreters = [p for p in q.initiative.team if p.role == "interpreter"]
    yield q.known(
        "tongues.pairs",
        "D8",
        q.said(*people),
        severity="warning" if deaf and not interpreters else "info",
        total=len(across),
        count=len(deaf),
        interpreters=len(interpreters),
        decision="languages",
    )
    for interpreter in interpreters:
        waiting = [side for side in q.initiative.table if side.id not in interpreter.accepted_by]
        if waiting and deaf:
            yield q.unknown(
                "tongues.interpreter-not-accepted",
                "D8",
                [q.of_side(side) for side in waiting],
                "languages",
                evidence=q.said(interpreter),
                person=q.person(interpreter),
                sides=q.side_names(waiting),
            )


def _left_out(q: Inquiry, people: list[b.Person]) -> Iterator[Finding]:
    working = q.initiative.tongues.languages
    out = [p for p in people if working and not spoken(p) & set(working)]
    if out:
        yield q.known(
            "tongues.left-out",
            "D8",
            q.said(*out),
            severity="warning",
            people=q.people(out),
            count=len(out),
            languages=listing(name(tag) for tag in working),
            next_step=msg("tongues.interpret-for", people=q.people(out)),
            decision="languages",
        )


def _levels(q: Inquiry, people: list[b.Person]) -> Iterator[Finding]:
    vague = [p for p in people if any(skill.level is None for skill in p.languages)]
    if vague:
        yield q.unknown("tongues.no-level", "D8", [q.person(p) for p in vague], "languages", people=q.people(vague), count=len(vague))
