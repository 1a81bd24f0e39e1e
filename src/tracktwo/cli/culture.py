"""The verb that proposes culture for the programme: what the sides share, what is left out, whose turn it is, which menu serves all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Printed

from tracktwo import __version__
from tracktwo.cli.initiative import folders_of
from tracktwo.cli.inquiring import inquiry_of
from tracktwo.cli.shared import AsJson, AsOf, BriefFile, day_of, out, print_json, print_table
from tracktwo.considerations import culture as woven
from tracktwo.considerations import days, meals, menu_check
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.dossier.language import Voice, voice
from tracktwo.methods.culture import Ladder
from tracktwo.model.exhibit import Section, Table
from tracktwo.model.finding import Finding, Param, Term
from tracktwo.record.gate import Released, release
from tracktwo.sources.dishes import read_dishes

Language = Annotated[str | None, typer.Option("--language", help="en, fr or ar; the brief's own language if left out.", metavar="TAG")]
Menu = Annotated[
    Path | None,
    typer.Option(
        "--menu", help="A menu to check against everybody's diets: CSV or XLSX with the columns dish and ingredients (semicolons).", metavar="DISHES"
    ),
]
Word = Callable[[Param], str]


def culture(brief_file: BriefFile, as_of: AsOf = None, language: Language = None, menu: Menu = None, as_json: AsJson = False) -> None:
    """Propose culture for the programme: what the sides share by evidence, what they contest and is left out, turns of hosts, one menu.

    Heritage is matched to a side, not only to its state; what is nobody's is always proposed.
    """
    q = inquiry_of(brief_file, day_of(as_of))
    (spoken,) = folders_of(brief_file, [language] if language else None, q.initiative.opening.language)
    checked = tuple(menu_check.findings(q, read_dishes(menu))) if menu is not None else ()
    section = Section(consideration="process", findings=(*days.woven(q), *checked), exhibits=tuple(days.woven_exhibits(q)))
    released = release(q.initiative, [section], [], as_of=q.basis.as_of, software=__version__)
    speaker = voice(spoken).calling(released.names)
    if as_json:
        print_json(_json(q, released, woven.ladder_of(q), speaker))
        return
    _print(released, speaker)


def _table(released: Released, code: str) -> Table:
    found = (x for section in released.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == code)
    return next(found)


def _json(q: Inquiry, released: Released, steps: Ladder, speaker: Voice) -> dict[str, Any]:
    """Everything in one object; words in the language that was asked for, numbers and slugs for machines beside them."""
    say: Word = speaker.word
    lines = zip(steps.proposals, _table(released, "table.proposals").cells, strict=True)
    fixed = len(woven.RED)
    return {
        "format": "culture/1",
        "as_of": released.as_of.isoformat(),
        "starts_at": steps.proposals[0].rung,
        "proposals": [
            {
                "rung": proposal.rung,
                "what": say(line[0]),
                "elements": [element.id for element in proposal.elements],
                "pages": [element.address for element in proposal.elements if element.address],
                "activity": proposal.activity.slug if proposal.activity else None,
                "why": say(line[1]),
                "evidence": proposal.evidence,
                "cautions": [speaker.say(caution) for caution in woven.cautions(q, proposal)],
                "hosted_by": proposal.host,
                "moments": list(proposal.activity.moments) if proposal.activity else [],
                "group_size": list(proposal.activity.group_size) if proposal.activity else None,
                "minutes": list(proposal.activity.minutes) if proposal.activity else None,
                "moment": say(line[5]),
                "sources": say(line[4]),
            }
            for proposal, line in lines
        ],
        "ask": [{"element": element.id, "sides": list(sides)} for element, sides in steps.national],
        "left_out": [{"practice": say(what), "why": say(why)} for what, why in _table(released, "table.red-list").cells[fixed:]],
        "held_back": [{"activity": activity.slug, "close_to": list(slugs)} for activity, slugs in steps.held],
        "turns": [
            {"host": say(host), "evenings": evenings, "minutes": minutes, "languages": say(tongues), "over_all_rounds": over_all}
            for host, evenings, minutes, tongues, over_all in _table(released, "table.turns").cells
        ],
        "menu": {
            "without": list(meals.left_out(q)),
            "not_understood": len(meals.eating(q).unread),
            "checked": [_of_menu(finding, speaker) for finding in released_findings(released) if finding.code.startswith("menu.")],
        },
        "findings": [speaker.say(finding.message) for finding in released_findings(released)],
    }


def released_findings(released: Released) -> tuple[Finding, ...]:
    """Every finding that may leave, with codes in place of names."""
    return tuple(finding for section in released.sections for finding in section.findings)


def _part(part: Param, speaker: Voice) -> str | int:
    if isinstance(part, Term):
        return part.term.rpartition(".")[2]
    return part if isinstance(part, int) else speaker.word(part)


def _of_menu(finding: Finding, speaker: Voice) -> dict[str, Any]:
    """A finding of the menu: its code, its parts by the slugs of the tables where they have one, and its sentence."""
    parts = finding.message.params.items()
    told = {name: _part(part, speaker) for name, part in parts}
    return {"code": finding.code.removeprefix("menu."), **told, "says": speaker.say(finding.message)}


def _print(released: Released, speaker: Voice) -> None:
    proposals, red, turns = (_table(released, f"table.{name}") for name in ("proposals", "red-list", "turns"))
    for table, columns in ((proposals, (0, 1, 3, 5)), (red, (0, 1)), (turns, (0, 1, 2, 3, 4))):
        out.print(speaker.say(table.title), markup=False)
        printed = Printed(*(speaker.say(table.header[number]) for number in columns), box=None, pad_edge=False)
        for line in table.cells:
            printed.add_row(*(speaker.word(line[number]) for number in columns))
        print_table(printed)
        out.print()
    for section in released.sections:
        for finding in section.findings:
            if not finding.code.startswith("culture.proposal-"):
                out.print(f"- {speaker.say(finding.message)}", markup=False)
    sources = {f"{e.publisher}, {e.dataset} {e.version or ''} (as of {e.as_of})" for table in (proposals, red) for e in table.evidence}
    for source in sorted(source for source in sources if ", brief " not in source):
        out.print(f"Source: {source}", markup=False)
