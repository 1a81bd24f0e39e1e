"""Assessment, continued: the parties, the actors around them, and who can carry a message to whom (row A1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.actors import HOSTILE, brokers, message_graph, path_to
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Edge, Graph, Node
from tracktwo.model.finding import CountryRef, Finding, Param
from tracktwo.model.world import DyadYear

RECENT_YEARS = 5
_SAME_NAME = 88
"""Similarity (token set ratio, 0–100) from which two spellings of an organisation read as one; below it we say that we do not know."""


def parties(q: Inquiry) -> Iterator[Finding]:
    """A1: who the parties and actors are, and whom the brief leaves out."""
    initiative = q.initiative
    sideless = [party for party in initiative.parties if party.side is None]
    if not initiative.sides_declared and len(initiative.table) > 1:
        yield q.assumed("parties.sides-derived", "A1", q.said(*initiative.parties), sides=q.side_names(), ask=q.convenor(), decision="parties")
    elif len(initiative.table) < 2:
        yield q.unknown("parties.one-side", "A1", q.convenor(), "parties", severity="warning", sides=q.side_names(), title=initiative.opening.title)
    if initiative.sides_declared and sideless:
        yield q.unknown("parties.no-side", "A1", q.convenor(), "parties", evidence=q.said(*sideless), parties=listing(p.name for p in sideless))
    away = [party for party in initiative.parties if not party.at_the_table]
    if away:
        yield q.assumed(
            "parties.not-at-table",
            "A1",
            q.said(*away),
            parties=listing(party.name for party in away),
            count=len(away),
            next_step=msg("parties.how-heard"),
        )
    yield from _recorded_by_ucdp(q)
    yield from _carriers(q)
    yield from _distance_to_decision(q)
    if not initiative.actors:
        yield q.unknown("actors.none", "A1", q.each_side(), "parties", parties=listing(party.name for party in initiative.parties))


def _recorded_by_ucdp(q: Inquiry) -> Iterator[Finding]:
    conflicts = q.basis.shelf.conflicts
    if conflicts is None:
        yield from q.source_trouble("dyads", "A1", "parties")
        return
    since = conflicts.last_year - RECENT_YEARS + 1
    for country in q.initiative.countries:
        dyads = [dyad for dyad in conflicts.dyads_of_country(country) if dyad.year >= since]
        last = {side: max(d.year for d in dyads if d.side_b == side) for side in {d.side_b for d in dyads} if side}
        missing = sorted(side for side in last if not any(same_name(name, side) or acronym(name) == side.casefold() for name in _names(q)))
        if missing:
            yield q.known(
                "parties.recorded-not-named",
                "A1",
                [conflicts.dyad_source.evidence(f"dyads of {country}, {since}–{conflicts.last_year}")],
                severity="warning" if q.of_violence else "note",
                actors=listing(msg("parties.last-active", actor=actor, year=str(last[actor])) for actor in missing),
                count=len(missing),
                country=CountryRef(country=country),
                since=str(since),
                until=str(conflicts.last_year),
                next_step=msg("parties.place-or-explain" if q.of_violence else "parties.ask-whether-near"),
                decision="parties",
            )
    for party in q.initiative.parties:
        yield from _party_in_ucdp(q, party)


def _party_in_ucdp(q: Inquiry, party: b.Party) -> Iterator[Finding]:
    conflicts = q.basis.shelf.conflicts
    if conflicts is None or party.kind != "armed group":
        return
    dyads = [d for country in q.initiative.countries for d in conflicts.dyads_of_country(country) if _matches(party, d)]
    if dyads:
        last = max(dyads, key=lambda dyad: (dyad.year, dyad.side_b))
        yield q.known(
            "parties.in-ucdp",
            "A1",
            [conflicts.dyad_source.evidence(f"dyad {last.dyad_id}, year {last.year}")],
            party=party.name,
            recorded=last.side_b,
            years=len({dyad.year for dyad in dyads}),
            last=str(last.year),
        )
        return
    maybe = [d for country in q.initiative.countries for d in conflicts.dyads_of_country(country) if acronym(party.name) == d.side_b.casefold()]
    if maybe:
        last = max(maybe, key=lambda dyad: (dyad.year, dyad.side_b))
        yield q.assumed(
            "parties.maybe-in-ucdp",
            "A1",
            [conflicts.dyad_source.evidence(f"dyad {last.dyad_id}, year {last.year}")],
            party=party.name,
            recorded=last.side_b,
            last=str(last.year),
            ask=q.convenor(),
            decision="parties",
        )
    else:
        yield q.unknown(
            "parties.not-in-ucdp",
            "A1",
            q.convenor(),
            "parties",
            evidence=[conflicts.dyad_source.evidence()],
            party=party.name,
            until=str(conflicts.last_year),
        )


def _matches(party: b.Party, dyad: DyadYear) -> bool:
    return any(same_name(name, dyad.side_b) for name in (party.name, *party.known_as))


def _names(q: Inquiry) -> list[str]:
    """Every name in the brief under which an armed actor may be known."""
    named = [name for party in q.initiative.parties for name in (party.name, *party.known_as)]
    return named + [actor.name for actor in q.initiative.actors]


def same_name(one: str, other: str) -> bool:
    """True where two names read as one: equal as acronyms or whole names, or nearly equal as sets of words."""
    one, other = default_process(one), default_process(other)
    if min(len(one), len(other)) <= 5 or len(one.split()) == 1 or len(other.split()) == 1:
        return one == other or other in one.split() or one in other.split()
    return fuzz.token_sort_ratio(one, other) >= _SAME_NAME


_SMALL_WORDS = frozenset("of the and for de la le les du des et pour el los las y para da do dos der die das und l d".split())


def acronym(name: str) -> str:
    """The initials of the words that carry a name, in small letters: `fla` for Front de libération de l'Azawad. Empty for a single word."""
    words = [word for word in re.findall(r"[^\W\d_]+", name.casefold()) if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _carriers(q: Inquiry) -> Iterator[Finding]:
    initiative = q.initiative
    if not initiative.relations:
        yield q.unknown("actors.no-relations", "A1", q.each_side(), "official-line", sides=q.side_names())
        return
    graph = message_graph(initiative.relations)
    found = brokers(graph, _sides_of_names(q), [side.id for side in initiative.table])
    for broker in found:
        lines = [r for r in initiative.relations if broker.name in (r.from_, r.to)]
        one, other = (initiative.side(side).name for side in broker.between)
        yield q.assumed(
            "actors.carrier",
            "A1",
            q.said(*lines),
            actor=_shown(q, broker.name),
            one=one,
            other=other,
            reached_one=_shown(q, broker.through[0]),
            reached_other=_shown(q, broker.through[1]),
        )
    if not found and len(initiative.table) > 1:
        yield q.unknown("actors.no-carrier", "A1", q.each_side(), "official-line", evidence=q.said(*initiative.relations), sides=q.side_names())


def _distance_to_decision(q: Inquiry) -> Iterator[Finding]:
    initiative = q.initiative
    graph = message_graph(initiative.relations)
    sources = [person.name for person in (*initiative.invited, *initiative.team)]
    unreached = []
    for actor in initiative.actors:
        if not actor.decides:
            continue
        path = path_to(graph, sources, actor.name)
        if path is None:
            unreached.append(actor)
        else:
            yield q.assumed(
                "actors.path",
                "A1 C5",
                q.said(actor, *(r for r in initiative.relations if {r.from_, r.to} <= set(path.names))),
                decider=_shown(q, actor.name),
                count=path.steps,
                path=listing(_shown(q, name) for name in path.names),
            )
    if unreached:
        decider = listing(_shown(q, actor.name) for actor in unreached)
        yield q.unknown("actors.no-path", "A1 C5", q.each_side(), "official-line", severity="note", evidence=q.said(*unreached), decider=decider)


def _sides_of_names(q: Inquiry) -> dict[str, frozenset[str]]:
    initiative = q.initiative
    sides = {party.name: frozenset({party.side} if party.side else ()) for party in initiative.parties}
    sides |= {actor.name: frozenset(actor.sides) for actor in initiative.actors}
    sides |= {member.person.name: frozenset(member.person.sides) for member in initiative.members}
    return sides


def _shown(q: Inquiry, name: str) -> Param:
    """A person of the initiative as a reference, anybody else by the name in the brief."""
    for member in q.initiative.members:
        if member.person.name == name:
            return q.person(member.person)
    return name


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The actor map: parties, actors and everybody a relation names."""
    initiative = q.initiative
    if len(initiative.parties) + len(initiative.actors) < 2:
        return
    sides = _sides_of_names(q)
    shapes = {party.name: "party" for party in initiative.parties}
    shapes |= {actor.name: "decision" if actor.decides else "person" if actor.kind == "person" else "organisation" for actor in initiative.actors}
    for relation in initiative.relations:
        for name in (relation.from_, relation.to):
            shapes.setdefault(
                name, "person" if any(m.person.name == name and m.person.kind == "person" for m in initiative.members) else "organisation"
            )
    ids = {name: f"n{number}" for number, name in enumerate(shapes)}
    table = [side.id for side in initiative.sides]
    yield Graph(
        row="A1",
        title=msg("figure.actors"),
        evidence=q.said(*initiative.parties, *initiative.actors, *initiative.relations),
        nodes=tuple(
            Node.model_validate(
                dict(id=ids[name], label=_shown(q, name), shape=shape, group=next((s for s in table if sides.get(name) == frozenset({s})), None))
            )
            for name, shape in shapes.items()
        ),
        edges=tuple(
            Edge(source=ids[r.from_], target=ids[r.to], label=term("relation", r.kind), mutual=r.mutual, hostile=r.kind in HOSTILE)
            for r in initiative.relations
        ),
        groups=tuple((side.id, side.name) for side in initiative.sides),
    )
