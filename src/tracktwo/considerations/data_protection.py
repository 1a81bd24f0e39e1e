"""Feasibility, continued: whose personal data is held and why, who was asked, who sees it, until when, and how to be removed (row B12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.arc import Round
from tracktwo.model import brief as b
from tracktwo.model.base import Stated
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Finding, Param, PersonRef
from tracktwo.model.precaution import HeldKind
from tracktwo.record.initiative import Member

DEFAULT_DAYS: Mapping[HeldKind, int] = {
    "travel papers": 30, "diets and observance": 30, "contact": 365, "screening": 1825, "roster": 365, "notes": 30, "surveys": 365,
}  # fmt: skip
"""Days after which each kind of data is deleted unless the initiative sets otherwise: papers and diets after each meeting, the rest after the
last one. Screening is kept longest, since whoever decided has to be able to show on what."""
_AFTER_EACH: frozenset[HeldKind] = frozenset({"travel papers", "diets and observance", "notes"})
_SEEN_BY: Mapping[HeldKind, str] = {
    "travel papers": "logistics", "diets and observance": "logistics", "contact": "team", "screening": "team", "roster": "team", "notes": "team",
    "surveys": "evaluators",
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """How long one kind of data is kept: days after what, whether the initiative set it, and the day on which it is due."""

    what: HeldKind
    days: int
    own: b.Retention | None
    due: date | None
    """None where no meeting is planned from which to count."""


def retention(q: Inquiry, arc: tuple[Round, ...]) -> tuple[Kept, ...]:
    """How long each kind of data is kept. What is kept from meeting to meeting is due after the last one that is over, else after the first."""
    own = {one.what: one for one in q.initiative.retention}
    found = []
    for what, default in DEFAULT_DAYS.items():
        days = own[what].days if what in own else default
        over = [item.ends for item in arc if item.ends <= q.basis.as_of]
        counted = (over[-1] if over else arc[0].ends) if arc and what in _AFTER_EACH else arc[-1].ends if arc else None
        found.append(Kept(what, days, own.get(what), counted + timedelta(days=days) if counted else None))
    return tuple(found)


def personal_data(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B12: whose personal data do we hold, were they asked, until when?"""
    people = [member.person for member in q.initiative.members if member.person.kind == "person"]
    if not people:
        yield q.known("data.nobody", "B12", q.said(what="fields team and invited"), title=q.initiative.opening.title)
        return
    kinds = [
        ("nationality", "nationalities"),
        ("residence", "residence"),
        ("papers", "documents"),
        ("birth", "birth_date"),
        ("gender", "gender"),
        ("diet", "diets"),
        ("observance", "observance"),
        ("groups", "groups"),
    ]
    held = listing(
        msg("data.kind", kind=term("data", kind), count=count) for kind, field in kinds if (count := sum(bool(getattr(p, field)) for p in people))
    )
    sensitive = [person for person in people if person.diets or person.observance or person.groups]
    unasked = [person for person in people if person.data_consent is None]
    yield q.known(
        "data.held",
        "B12",
        q.said(*people),
        severity="note" if sensitive else "info",
        count=len(people),
        held=held,
        sensitive=len(sensitive),
        next_step=msg("data.delete-after") if sensitive else None,
    )
    if unasked:
        yield q.unknown(
            "data.not-asked",
            "B12",
            q.each_of(unasked),
            "consent",
            severity="warning",
            people=q.people(unasked),
            count=len(unasked),
            total=len(people),
            next_step=msg("data.codes-until-asked"),
        )
    yield from _due(q, arc, people)


def _due(q: Inquiry, arc: tuple[Round, ...], people: list[b.Person]) -> Iterator[Finding]:
    """What is to be deleted by when; what is due already."""
    holds = {"travel papers": any(p.documents for p in people), "diets and observance": any(p.diets or p.observance for p in people)}
    for kept in retention(q, arc):
        if kept.own is None and not holds.get(kept.what):
            continue
        params: dict[str, Param] = dict(what=term("held", kept.what), days=kept.days)
        if kept.due is None:
            yield q.assumed("data.keep", "B12", q.said(*([kept.own] if kept.own else [])), decision="confidentiality", **params)
            continue
        late = kept.due < q.basis.as_of and any(item.ends <= q.basis.as_of for item in arc)
        yield q.assumed(
            "data.delete-now" if late else "data.delete-by", "B12", q.said(*([kept.own] if kept.own else [])),
            severity="warning" if late else "info", on=kept.due, decision="confidentiality", ask=q.team("logistics"), **params,
        )  # fmt: skip


def unlisted_names(q: Inquiry) -> Iterator[Finding]:
    """B12, F10: names in the brief for which the gate has no code, since they stand neither in the team nor among invited or actors."""
    initiative = q.initiative
    listed = {member.person.name.casefold() for member in initiative.members} | {actor.name.casefold() for actor in initiative.actors}
    listed |= {party.name.casefold() for party in initiative.parties} | {side.name.casefold() for side in initiative.sides}
    listed |= {initiative.convenor.name.casefold()} if initiative.convenor else set()
    named: list[tuple[Stated, str | None]] = [(contact, contact.held_by) for contact in initiative.officials]
    named += [(trigger, trigger.owner) for trigger in initiative.pause_triggers] + [(action, action.owner) for action in initiative.follow_up]
    named += [(message, message.said_by) for message in initiative.public] + [(person, person.reached_by) for person in initiative.invited]
    named += [(consent, consent.given_by) for consent in initiative.consents] + [(answer, answer.by) for answer in initiative.venue_answers]
    named += [(one, one.owner) for one in initiative.harms]
    decisions = [party.engagement.decision for party in initiative.parties if party.engagement and party.engagement.decision]
    named += [(decision, decision.by) for decision in decisions]
    named += [(relation, end) for relation in initiative.relations for end in (relation.from_, relation.to)]
    unlisted = [noun for noun, name in named if name and name.casefold() not in listed]
    if unlisted:
        yield q.unknown(
            "data.unlisted-names",
            "B12 F10",
            q.convenor(),
            "confidentiality",
            severity="warning",
            evidence=q.said(*unlisted),
            count=len(unlisted),
            title=initiative.opening.title,
            next_step=msg("data.list-them"),
        )


def exhibits(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """The sheet: for each kind of data why, who sees it and until when; for each person whether asked. The second with names only."""
    people = [member for member in q.initiative.members if member.person.kind == "person"]
    if not people:
        return
    never = term("list", "unknown")
    yield Table(
        row="B12",
        title=msg("table.retention"),
        evidence=q.said(*q.initiative.retention) if q.initiative.retention else (),
        header=tuple(msg(f"column.{name}") for name in ("kind-of-data", "why", "seen-by", "days-kept", "delete-by", "set-by")),
        cells=tuple(
            (
                term("held", kept.what), kept.own.why if kept.own and kept.own.why else term("held-why", kept.what),
                term("seen", _SEEN_BY[kept.what]), kept.days, kept.due or never, term("set", "initiative" if kept.own else "default"),
            )
            for kept in retention(q, arc)
        ),
    )  # fmt: skip
    yield Table(
        row="B12",
        title=msg("table.asked"),
        personal=True,
        evidence=q.said(*(member.person for member in people)),
        header=tuple(msg(f"column.{name}") for name in ("asked", "why", "people")),
        cells=tuple(
            (on or term("asked", "not-yet"), term("held-for", held_for), listing(PersonRef(person=member.code) for member in same))
            for (on, held_for), same in _asked(people).items()
        ),
    )  # fmt: skip


def _asked(people: Sequence[Member]) -> dict[tuple[date | None, str], list[Member]]:
    """Day of the consent, None where nobody asked, and what the data is for → those of whom that is true; the unasked first."""
    found: dict[tuple[date | None, str], list[Member]] = {}
    for member in sorted(people, key=lambda member: member.person.data_consent or date.min):
        found.setdefault((member.person.data_consent, "invited" if member.invited else "team"), []).append(member)
    return found
