"""Assessment, continued: the grievances behind the issues, and whose voice is missing (rows A10 and A11)."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.assessment_exhibits import holder
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.model import brief as b
from tracktwo.model.finding import Finding


def grievances(q: Inquiry) -> Iterator[Finding]:
    """A10: which grievances stand behind the issues, of which kind, held by whom, documented or disputed."""
    held = [(issue, grievance) for issue in q.initiative.issues for grievance in issue.grievances]
    if not held:
        yield q.unknown(q.fitting("grievances.none"), "A10", q.each_side(), "agenda", severity="note", sides=q.side_names())
        return
    for side in q.initiative.table if not q.of_friends else ():  # friends need not hold one of every kind against each other
        own = [grievance for _, grievance in held if grievance.side == side.id]
        missing = [kind for kind in ("social", "economic", "political", "legal") if kind not in {grievance.kind for grievance in own}]
        if not own:
            yield q.unknown("grievances.side-none", "A10 A6", q.of_side(side), "agenda", severity="note", side=side.name, total=len(held))
        elif missing:
            kinds = listing(term("grievance", kind) for kind in missing)
            yield q.unknown(
                "grievances.kinds-missing", "A10", q.of_side(side), "agenda", evidence=q.said(*own), side=side.name, kinds=kinds, count=len(own)
            )
    for issue, grievance in held:
        if grievance.standing == "disputed":
            yield q.conflicting(
                "grievances.disputed",
                "A10",
                q.said(grievance),
                severity="note",
                what=grievance.what,
                issue=issue.name,
                kind=term("grievance", grievance.kind),
                by=listing(grievance.perceived_by) if grievance.perceived_by else holder(q, grievance),
                next_step=msg("grievances.joint-fact-finding", what=grievance.what),
            )
    perceived = [grievance for _, grievance in held if grievance.standing == "perceived"]
    if perceived:
        yield q.assumed("grievances.perceived", "A10", q.said(*perceived), count=len(perceived), total=len(held), first=perceived[0].what)
    documented = [grievance for _, grievance in held if grievance.standing == "documented"]
    unsourced = [grievance for grievance in documented if grievance.source is None]
    if unsourced:
        yield q.assumed("grievances.documented-where", "A10", q.said(*unsourced), count=len(unsourced), first=unsourced[0].what)
    elif documented:
        yield q.assumed("grievances.documented", "A10", q.said(*documented), count=len(documented), total=len(held))


def missing_voices(q: Inquiry) -> Iterator[Finding]:
    """A11: whose voice is missing, and how it will be heard."""
    people = [person for person in q.initiative.invited if person.kind == "person"]
    undecided = [voice for voice in q.initiative.voices if voice.how == "undecided"]
    if undecided:
        who = listing(voice.who for voice in undecided)
        yield q.unknown("voices.undecided", "A11", q.each_side(), "panel", evidence=q.said(*undecided), who=who)
    for voice in q.initiative.voices:
        if voice.how == "undecided":
            continue
        if voice.how != "invited":
            yield q.assumed("voices.heard-otherwise", "A11", q.said(voice), who=voice.who, how=term("voice", voice.how))
        elif not any(voice.who.casefold() in (group.casefold() for group in person.groups) for person in people):
            yield q.conflicting(
                "voices.invited-but-nobody", "A11", q.said(voice), severity="warning", who=voice.who, next_step=msg("voices.invite", who=voice.who)
            )
    if not people:
        yield q.unknown("voices.nobody-invited", "A11", q.each_side(), "panel", sides=q.side_names(), places=q.place_names())
        return
    yield from _voices_at_the_table(q, people)


def _voices_at_the_table(q: Inquiry, people: list[b.Person]) -> Iterator[Finding]:
    women = [person for person in people if person.gender == "woman"]
    known_gender = [person for person in people if person.gender]
    if known_gender:
        few = len(women) * 3 < len(known_gender)
        yield q.known(
            "voices.women",
            "A11 D2",
            q.said(*known_gender),
            severity="warning" if few else "info",
            women=len(women),
            count=len(known_gender),
            next_step=msg("voices.invite-women") if few else None,
        )
    else:
        yield q.unknown("voices.gender-unknown", "A11 D2", q.each_side(), "panel", count=len(people), title=q.initiative.opening.title)
    for group, members in (("youth", [p for p in people if p.youth]), ("displaced", [p for p in people if _in_group(p, "displaced")])):
        if not members and (group == "youth" or q.of_violence):
            yield q.unknown(f"voices.no-{group}", "A11", q.each_side(), "panel", count=len(people), title=q.initiative.opening.title)
    sideless = [person for person in people if len(person.sides) != 1]
    if sideless:
        yield q.known("voices.no-single-side", "A11", q.said(*sideless), people=q.people(sideless), count=len(sideless))


def _in_group(person: b.Person, word: str) -> bool:
    return any(word in group.casefold() for group in person.groups)
