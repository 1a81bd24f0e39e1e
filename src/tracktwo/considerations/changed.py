"""Assessment, continued: what changed since an earlier dossier, row by row (row A9). Compared is what left then with what leaves now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from tracktwo.considerations.inquiry import Earlier, listing, msg
from tracktwo.model.exhibit import Section, Table
from tracktwo.model.finding import Evidence, Finding, Message, Param
from tracktwo.model.rows import ALL_ROWS
from tracktwo.record.gate import Released

Sentence = tuple[str, str]
"""The code of a finding and its words."""
_OF_THE_DOSSIER = ("changed.", "reassess.first")
"""What a dossier says of itself: that it is the first, or what it found changed. The next one says otherwise, and nothing has changed by that."""


def since(earlier: Earlier, released: Released, say: Callable[[Message], str]) -> Released:
    """Return the released view with one finding and one table on what changed since `earlier`.

    Compared are the sentences of each row, so the earlier dossier must be in the language of `say`. A sentence that went and one of the same
    kind that came stand in one line: before and now.
    """
    then = {
        row: {(code, text) for key, text in statements.items() for code in (earlier.codes.get(key, ""),) if not code.startswith(_OF_THE_DOSSIER)}
        for row, statements in earlier.statements.items()
    }
    now: dict[str, set[Sentence]] = {}
    for section in released.sections:
        for finding in section.findings:
            if finding.code.startswith(_OF_THE_DOSSIER):
                continue
            now.setdefault(finding.rows[0], set()).add((finding.code, say(finding.message)))
    lines = [line for row in ALL_ROWS for line in _of_row(row, then.get(row, set()), now.get(row, set()))]
    evidence = (Evidence(publisher="tracktwo", dataset="earlier dossier", version="dossier/1", as_of=earlier.as_of),)
    finding = Finding(
        message=_summary(earlier, released, lines),
        rows=("A9",),
        kind="known",
        severity="note" if lines else "info",
        evidence=evidence,
        as_of=released.as_of,
    )
    exhibits = (_table(lines, earlier, evidence),) if lines else ()
    return released.model_copy(update={"sections": tuple(_add(section, finding, exhibits) for section in released.sections)})


def _of_row(row: str, then: set[Sentence], now: set[Sentence]) -> Iterator[tuple[Param, ...]]:
    gone, come = sorted(then - now), sorted(now - then)
    nothing = msg("changed.nothing-there")
    for code, before in gone:
        kin = [sentence for sentence in come if sentence[0] == code]
        if kin:
            nearest = max(kin, key=lambda sentence: SequenceMatcher(None, before, sentence[1], autojunk=False).ratio())
            come.remove(nearest)
            yield row, msg("changed.other"), before, nearest[1]
        else:
            yield row, msg("changed.gone"), before, nothing
    for _, text in come:
        yield row, msg("changed.new"), nothing, text


def _summary(earlier: Earlier, released: Released, lines: list[tuple[Param, ...]]) -> Message:
    if not lines:
        return msg("changed.nothing", on=earlier.as_of, title=released.title)
    return msg(
        "changed.rows", on=earlier.as_of, count=len({line[0] for line in lines}), rows=listing(line[0] for line in lines), title=released.title
    )


def _table(lines: list[tuple[Param, ...]], earlier: Earlier, evidence: tuple[Evidence, ...]) -> Table:
    header = tuple(msg(f"column.{name}") for name in ("row", "change", "before", "now"))
    return Table(row="A9", title=msg("table.changed", on=earlier.as_of), evidence=evidence, header=header, cells=tuple(lines))


def _add(section: Section, finding: Finding, exhibits: tuple[Table, ...]) -> Section:
    if section.consideration != "assessment":
        return section
    return section.model_copy(update={"findings": (*section.findings, finding), "exhibits": (*section.exhibits, *exhibits)})
