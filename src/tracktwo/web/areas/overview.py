"""The overview of an initiative: what stands out, how firmly the six considerations stand, what comes next and whom to ask."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse

from tracktwo.dossier.reading import Statement, Words
from tracktwo.model.rows import CONSIDERATIONS, ROWS
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page
from tracktwo.web.reading import Page, page_of

PROPOSED = 6
"""Next steps of findings that the overview shows; the others stand at their findings."""


@door(*STEWARDS, room="team")
def overview(asked: Asked, desk: Desk) -> HttpResponse:
    """Where the initiative stands, in words and open questions: no figure says how ready it is, since none could."""
    shown = page_of(asked, desk)
    return page(
        asked,
        "team/overview.html",
        desk=desk,
        **shown.context,
        loud=_loud(shown),
        waiting=_waiting(shown),
        actions=sorted((one for one in desk.initiative.follow_up if not one.done), key=lambda one: one.due or "9999"),
        proposed=_proposed(shown),
        to_ask=_to_ask(shown),
        visible_to=("convenors", "facilitators"),
    )


def _loud(shown: Page) -> dict[str, int]:
    """Consideration → how many of its findings are serious."""
    return {name: sum(one.finding.severity == "serious" for one in shown.statements if one.row in ROWS[name]) for name in CONSIDERATIONS}


def _waiting(shown: Page) -> list[tuple[Words, int]]:
    """Decision → how many questions are open that it needs answered; those with the most first."""
    counts = Counter(one.decision for one in shown.statements if one.finding.kind == "unknown" and one.decision)
    return [(decision, count) for decision, count in counts.most_common() if decision]


def _proposed(shown: Page) -> list[Statement]:
    """The next steps that the most serious findings propose, each once."""
    steps: dict[Words, Statement] = {}
    for one in shown.by_severity:
        if one.next_step and one.finding.severity != "info":
            steps.setdefault(one.next_step, one)
    return list(steps.values())[:PROPOSED]


def _to_ask(shown: Page) -> list[tuple[Words, list[Statement]]]:
    """Whom to ask, with the open questions for them; who has the most first."""
    asked: dict[Words, list[Statement]] = {}
    for one in shown.statements:
        if one.finding.kind == "unknown" and one.ask:
            asked.setdefault(one.ask, []).append(one)
    return sorted(asked.items(), key=lambda item: -len(item[1]))


PATHS = [at("i/<tag:tag>", overview, "overview")]
