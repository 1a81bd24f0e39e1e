"""The legal tables: acts with parties; with names each person's acts; and every rule that was read, whole (row B3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.considerations.bars import SILENT, deciding, order, told
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.law import PARTY, Legal, Line, who
from tracktwo.methods.law.answer import MatchedRule
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Message, Param
from tracktwo.model.law import Outcome, Rule

_NO_COUNTRY = frozenset({"list", "class", "conduct", "currency"})
"""Kinds of facts whose key is no country."""


@dataclass(frozen=True)
class Grounds:
    """What one answer rests on: its outcome, the rules that decide it, those that are lifted, and the facts that bring the first in."""

    effect: Outcome
    rules: tuple[str, ...]
    lifted: tuple[str, ...]
    links: tuple[str, ...]
    aims: tuple[str, ...]


def exhibits(q: Inquiry, legal: Legal) -> Iterator[AnyExhibit]:
    """The three tables; none where no rule was asked."""
    if legal.lines:
        yield from _with_parties(q, legal)
        yield from _of_people(legal)
        yield from _rules(legal)


def _with_parties(q: Inquiry, legal: Legal) -> Iterator[AnyExhibit]:
    cells: list[tuple[Param, ...]] = []
    used: list[MatchedRule] = []
    for number, party in enumerate(q.initiative.parties, 1):
        for one in told(legal.of_party(f"{PARTY}{number}"), by_rule=True):
            used += one.rules
            cells.append((
                party.name, term("effect", one.effect), listing(term("law-act", act) for act in one.acts),
                msg("law.so-many", count=len(one.whom), of=len(one.of)), _or_nothing(one.names),
            ))  # fmt: skip
    if cells:
        yield Table(
            row="B3",
            title=msg("table.law", on=legal.day),
            evidence=tuple(legal.evidence(used)) or (legal.law.provenance.evidence(),),
            header=tuple(msg(f"column.{name}") for name in ("party", "says", "acts", "for-so-many", "rules")),
            cells=tuple(cells),
        )


def _of_people(legal: Legal) -> Iterator[AnyExhibit]:
    """Who is concerned by which rules and why; what reads alike of several acts and counterparts stands in one line, the strictest first."""
    strict = [line for line in legal.lines if line.found.effect not in SILENT]
    if not strict:
        return
    by_act: dict[tuple[str, str, Grounds], dict[str, None]] = {}
    for line in sorted(strict, key=lambda line: order(line.found.effect)):
        by_act.setdefault((line.by, line.act, _grounds(line)), {})[line.with_] = None
    of_acts: dict[tuple[str, tuple[str, ...], Grounds], list[str]] = {}
    for (by, act, grounds), others in by_act.items():
        of_acts.setdefault((by, tuple(others), grounds), []).append(act)
    alike: dict[tuple[tuple[str, ...], tuple[str, ...], Grounds], list[str]] = {}
    for (by, others_of, grounds), acts in of_acts.items():
        alike.setdefault((tuple(acts), tuple(other for other in others_of if other != by), grounds), []).append(by)
    nothing = term("list", "nothing")
    cells: list[tuple[Param, ...]] = []
    for (acts_of, others_of, grounds), doers in alike.items():
        counterparts = listing(who(legal, other) for other in others_of)
        cells.append((
            listing(who(legal, by) for by in doers), term("effect", grounds.effect), listing(term("law-act", act) for act in acts_of),
            counterparts if others_of else nothing, _or_nothing(grounds.rules), _or_nothing(grounds.lifted), _because(legal, grounds),
        ))  # fmt: skip
    names = "who-acts says acts counterpart rules lifted because".split()
    if all(line[5] == nothing for line in cells):
        names.remove("lifted")
        cells = [(*line[:5], line[6]) for line in cells]
    yield Table(
        row="B3",
        title=msg("table.law-people", on=legal.day),
        personal=True,
        evidence=tuple(legal.evidence([found for line in strict for found in line.rules])),
        header=tuple(msg(f"column.{name}") for name in names),
        cells=tuple(cells),
    )


def _grounds(line: Line) -> Grounds:
    rules = deciding(line)
    return Grounds(
        line.found.effect,
        tuple(dict.fromkeys(found.rule.id for found in rules)),
        tuple(dict.fromkeys(found.rule.id for found in line.rules if found.lifted_by)),
        tuple(dict.fromkeys(link for found in rules for link in found.links)),
        tuple(dict.fromkeys(aim for found in rules for aim in found.aims)),
    )


def _because(legal: Legal, grounds: Grounds) -> Message:
    links, aims = (listing(_fact(legal, head, said) for said in facts) for head, facts in (("law-link", grounds.links), ("law-aim", grounds.aims)))
    return msg("law.because", links=links, aims=aims)


def _fact(legal: Legal, head: str, said: str) -> Message:
    """What brings a rule in, such as `nationality:US`, in words."""
    kind, _, code = said.partition(":")
    if not code or kind == "any":
        return msg("law.fact-alone", what=term(head, kind))
    country = next((one for one in legal.q.basis.shelf.countries if one.alpha2 == code), None) if kind not in _NO_COUNTRY else None
    return msg("law.fact", what=term(head, kind), which=CountryRef(country=country.alpha3) if country else code)


def _rules(legal: Legal) -> Iterator[AnyExhibit]:
    """Every rule that matched, line by line: what it says, where it stands, how old it is, what of it nobody verified, the way out it names; and
    what the base does not cover at all."""
    once: dict[str, MatchedRule] = {found.rule.id: found for line in legal.lines for found in line.rules}
    whole = term("law", "whole-base")
    yield Table(
        row="B3",
        title=msg("table.rules"),
        evidence=(legal.law.provenance.evidence(),),
        header=tuple(msg(f"column.{name}") for name in ("rule", "about", "in-words")),
        cells=(
            *((name, msg(f"column.{about}"), words) for name, found in sorted(once.items()) for about, words in _of_rule(legal, found)),
            *((whole, msg("column.not-covered"), words) for words in legal.law.not_covered),
        ),
    )


def _of_rule(legal: Legal, found: MatchedRule) -> Iterator[tuple[str, Param]]:
    rule: Rule = found.rule
    yield "title", rule.title
    yield "says", rule.explanation
    yield "stands-in", msg("law.stands-in", citation=rule.citation, on=rule.as_of)
    if found.unchecked_since is not None:
        yield "not-checked", msg("law.checked-until", until=found.unchecked_since, on=legal.day)
    yield from (("not-verified", words) for words in rule.unverified)
    yield from (("conditions", words) for words in rule.conditions)
    for one in rule.exemptions:
        yield "way-out", _way_out(one.what, one.authority, one.who_applies, one.lead_time_working_days)


def _way_out(what: str, authority: str, who_applies: str, days: int | None) -> Message:
    params: dict[str, Param] = dict(what=what, authority=authority, who=who_applies)
    return msg("law.way-out-days", days=days, **params) if days is not None else msg("law.way-out", **params)


def _or_nothing(names: Sequence[str]) -> Param:
    return listing(names) if names else term("list", "nothing")
