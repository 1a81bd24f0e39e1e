"""Strategy, continued: the links of the theory of change, the weakest first (row C3)."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg
from tracktwo.methods.change import Circular, LinkState, weakest_first
from tracktwo.model.finding import Finding


def links(q: Inquiry) -> Iterator[Finding]:
    """C3: the links of the theory of change, the weakest first."""
    change = q.initiative.change
    if change is None or not change.links:
        yield q.unknown("theory.none", "C3", [q.convenor(), q.team("evaluator")], "strategy", title=q.initiative.opening.title, sides=q.side_names())
        return
    try:
        states = weakest_first(change.links)
    except Circular as error:
        yield q.conflicting("theory.circular", "C3", q.said(*change.links), severity="warning", circle=str(error))
        return
    untested = [item for item in states if item.state == "untested"]
    if untested:
        yield q.assumed(
            "theory.untested",
            "C3 F1",
            q.said(*(item.link for item in untested)),
            severity="warning",
            count=len(untested),
            total=len(states),
            if_=untested[0].link.if_,
            then=untested[0].link.then,
            carries=untested[0].carries,
            next_step=msg("theory.test", indicator=untested[0].link.indicator) if untested[0].link.indicator else msg("theory.find-indicator"),
            ask=q.team("evaluator"),
            decision="strategy",
        )
    else:
        yield q.assumed(
            "theory.all-tested", "C3", q.said(*change.links), total=len(states), against=sum(bool(i.link.evidence_against) for i in states)
        )
    for item in states:
        yield from _link(q, item)


def _link(q: Inquiry, item: LinkState) -> Iterator[Finding]:
    link = item.link
    if item.state in ("contradicted", "mixed"):
        against = listing(record.what for record in link.evidence_against)
        yield q.conflicting(
            "theory.contradicted",
            "C3",
            q.said(link),
            severity="warning",
            if_=link.if_,
            then=link.then,
            against=against,
            support=len(link.evidence_for),
            carries=item.carries,
        )
    if link.indicator is None:
        yield q.unknown("theory.no-indicator", "C3 F1", q.team("evaluator"), "evaluation", evidence=q.said(link), if_=link.if_, then=link.then)
    if link.assumes and item.state == "untested":
        yield q.assumed("theory.assumes", "C3", q.said(link), assumption=link.assumes, then=link.then)
