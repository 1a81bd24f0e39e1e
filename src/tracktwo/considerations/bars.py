"""Feasibility, continued: which acts with whom are barred, by what, whom to ask by when, and how far the rules can be trusted (row B3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.law import PARTY, USUAL, Legal, Line
from tracktwo.methods.law.answer import MatchedRule, strictest
from tracktwo.methods.law.deadlines import Task
from tracktwo.model.finding import Finding, Param, Severity
from tracktwo.model.law import EFFECTS, NO_RULE, Outcome

_SEVERITY: Mapping[Outcome, Severity] = {"prohibited": "serious", "licence-needed": "serious", "unclear": "warning", "duty": "warning"}
_MOST_TASKS, _MOST_TITLES = 5, 3
SILENT: frozenset[Outcome] = frozenset({"not-reached", NO_RULE})
"""Outcomes of which the reader needs the acts, and neither rules nor numbers."""


def bars(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """B3: what the rules say of each act with each party, the strictest first, whom to ask for what by when, and how far to trust it."""
    initiative = q.initiative
    if not legal.plan.plan:
        yield q.unknown("law.no-acts", "B3", q.convenor(), "go-no-go", parties=listing(party.name for party in initiative.parties))
    yield from _outcomes(q, legal)
    yield from _tasks(q, legal)
    yield from _counselled(q, legal)
    yield from _unread(q, legal)
    if legal.usual and legal.plan.plan:
        yield q.assumed("law.usual-acts", "B3", severity="note", acts=listing(term("law-act", act) for act in USUAL), ask=q.convenor())


def last_line(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """B3: the fixed line, and that the table of rules says what the base does not cover, wherever a rule was asked."""
    if legal.lines:
        yield q.unknown(
            "law.last-line", "B3", q.counsel(), "go-no-go", severity="note", evidence=[legal.law.provenance.evidence()],
            rules=len(legal.law.rules), on=legal.law.provenance.as_of, count=len(legal.law.not_covered),
        )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the rules say alike of some acts: their outcome, the acts, the rules that decide it, who would act, and whom of those it concerns."""

    effect: Outcome
    acts: tuple[str, ...]
    rules: tuple[MatchedRule, ...]
    whom: frozenset[str]
    of: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the rules, each once."""
        return tuple(dict.fromkeys(found.rule.id for found in self.rules))

    @property
    def alike(self) -> tuple[object, ...]:
        """Equal where one sentence says the same of several parties."""
        return (self.effect, self.acts) if self.effect in SILENT else (self.effect, self.acts, self.names, len(self.whom), len(self.of))


def told(lines: Sequence[Line], *, by_rule: bool = False) -> list[Told]:
    """The answers put together by outcome, and with `by_rule` by the rules too, the strictest first; of an act only the strictest answers."""
    by_act: dict[str, list[Line]] = {}
    for line in lines:
        by_act.setdefault(line.act, []).append(line)
    together: dict[tuple[object, ...], Told] = {}
    for act, answers in by_act.items():
        effect = strictest(line.found.effect for line in answers)
        strict = [line for line in answers if line.found.effect == effect]
        rules = tuple(found for line in strict for found in deciding(line))
        one = Told(effect, (act,), rules, frozenset(line.by for line in strict), frozenset(line.by for line in answers))
        key = (effect, one.names, len(one.whom), len(one.of)) if by_rule and effect not in SILENT else (effect,)
        had = together.get(key)
        together[key] = one if had is None else Told(effect, (*had.acts, act), (*had.rules, *rules), had.whom | one.whom, had.of | one.of)
    return sorted(together.values(), key=lambda one: order(one.effect))


def deciding(line: Line) -> tuple[MatchedRule, ...]:
    """The rules on which the outcome of an answer rests."""
    return tuple(found for found in line.rules if found.counts_as == line.found.effect and not found.lifted_by)


def _outcomes(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """One sentence for what is said alike of some acts with some parties, and of what guests do among themselves."""
    with_parties: dict[tuple[object, ...], tuple[Told, list[str]]] = {}
    for number, party in enumerate(q.initiative.parties, 1):
        for one in told(legal.of_party(f"{PARTY}{number}")):
            with_parties.setdefault(one.alike, (one, []))[1].append(party.name)
    found = [(one, f"law.party-{one.effect}", {"parties": listing(parties)}) for one, parties in with_parties.values()]
    found += [(one, f"law.guests-{one.effect}", {}) for one in told(legal.of_guests) if one.effect not in SILENT]
    for one, code, params in sorted(found, key=lambda item: order(item[0].effect)):
        acts = listing(term("law-act", act) for act in one.acts)
        if one.effect == NO_RULE:
            yield q.unknown("law.no-rule-found", "B3", q.counsel(), "go-no-go", severity="note", acts=acts, on=legal.day, **params)
        elif one.rules:
            more: dict[str, Param] = {} if one.effect in SILENT else {"who": len(one.whom), "of": len(one.of), "rules": _named(one)}
            yield q.known(
                code, "B3", legal.evidence(one.rules), severity=_SEVERITY.get(one.effect, "note"), acts=acts, on=legal.day, ask=q.counsel(),
                decision="go-no-go", **params, **more,
            )  # fmt: skip


def _named(one: Told) -> Param:
    """The rules by title and id; by id alone where they are many, for the table of rules holds the rest."""
    titles = {found.rule.id: found.rule.title for found in one.rules}
    if len(titles) > _MOST_TITLES:
        return listing(titles)
    return listing(msg("law.rule", title=title, rule=name) for name, title in titles.items())


def order(effect: Outcome) -> int:
    """Where an outcome stands, the strictest at 0."""
    return (*EFFECTS, NO_RULE).index(effect)


def _unread(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """What rules ask and nobody entered, and rules that nobody checked in time."""
    asked = dict.fromkeys(field for line in legal.lines for field in line.found.forward.unknown)
    fields: dict[str, int] = {}
    for field in asked:
        name = field.rpartition(".")[2]
        fields[name] = fields.get(name, 0) + 1
    if fields:
        named = listing(msg("law.field", field=term("law-field", name), count=count) for name, count in fields.items())
        yield q.unknown("law.not-said", "B3", q.convenor(), "go-no-go", severity="warning", fields=named)
    stale = {found.rule.id: found for line in legal.lines for found in line.rules if found.unchecked_since is not None}
    if stale:
        rules: list[Param] = [msg("law.stale-rule", rule=name, on=found.unchecked_since or legal.day) for name, found in stale.items()]
        if len(rules) > _MOST_TITLES:
            rules = [msg("law.see-rules")]
        yield q.known(
            "law.stale", "B3", legal.evidence(list(stale.values())), severity="warning", count=len(stale), on=legal.day, rules=listing(rules),
            ask=q.counsel(), decision="go-no-go",
        )  # fmt: skip


def tasks(legal: Legal) -> tuple[Task, ...]:
    """Every request for an exemption that a bar leaves open, the earliest last day first; those without a published lead time before all."""
    found = dict.fromkeys(task for line in legal.lines for side in (line.found.forward, line.found.mirrored) if side for task in side.tasks)
    return tuple(sorted(found, key=lambda task: (task.latest is not None, task.latest or date.max, task.rule)))


def _tasks(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """A dated task with its owner for each exemption that could be asked for; it is hardly ever the convenor who can ask."""
    rules = legal.base.rules
    for task in tasks(legal)[:_MOST_TASKS]:
        late = task.is_late(q.basis.as_of)
        evidence = [legal.law.provenance.evidence(task.rule).model_copy(update={"as_of": rules[task.rule].as_of})]
        code = "law.task-late" if late else "law.task" if task.latest else "law.task-undated"
        yield q.known(
            code, "B3", evidence, severity="warning" if late else "note", owner=task.owner, authority=task.authority, what=task.what,
            rule=msg("law.rule", title=rules[task.rule].title, rule=task.rule), **({"on": task.latest} if task.latest else {}), ask=q.counsel(),
            decision="go-no-go",
        )  # fmt: skip


def _counselled(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """What counsel answered, beside the rules; an answer whose day has passed says so."""
    for said in q.initiative.counsel:
        over = said.until is not None and said.until < legal.day
        yield q.known(
            "law.counsel-over" if over else "law.counsel" if said.effect else "law.counsel-heard",
            "B3",
            q.said(said),
            severity="warning" if over else "info",
            personal=said.person is not None,
            question=said.question,
            answer=said.answer,
            by=said.by,
            on=said.date,
            **({"until": said.until} if over and said.until else {}),
            **({"effect": term("effect", said.effect)} if said.effect and not over else {}),
            ask=said.by,
            decision="go-no-go",
        )
