"""Assessment, continued: what changed since an earlier dossier, row by row (row A9). Compared is what left then with what leaves now."""

from __future__ import annotations

from collections.abc import Callable

from tracktwo.considerations.inquiry import Earlier, listing, msg
from tracktwo.model.exhibit import Section, Table
from tracktwo.model.finding import Evidence, Finding, Message, Param
from tracktwo.record.gate import Released


def since(earlier: Earlier, released: Released, say: Callable[[Message], str]) -> Released:
    """Return the released view with one finding and one table on what changed since `earlier`.

    Compared are the sentences of each row, so the earlier dossier must be in the language of `say`.
    """
    then = {row: set(statements.values()) for row, statements in earlier.statements.items()}
    now: dict[str, set[str]] = {}
    for section in released.sections:
        for finding in section.findings:
            now.setdefault(finding.rows[0], set()).add(say(finding.message))
    lines: list[tuple[Param, ...]] = []
    for row in sorted(then.keys() | now.keys(), key=lambda name: (name[0], int(name[1:]))):
        lines += [(row, msg("changed.gone"), text) for text in sorted(then.get(row, set()) - now.get(row, set()))]
        lines += [(row, msg("changed.new"), text) for text in sorted(now.get(row, set()) - then.get(row, set()))]
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


def _summary(earlier: Earlier, released: Released, lines: list[tuple[Param, ...]]) -> Message:
    if not lines:
        return msg("changed.nothing", on=earlier.as_of, title=released.title)
    return msg(
        "changed.rows", on=earlier.as_of, count=len({line[0] for line in lines}), rows=listing(line[0] for line in lines), title=released.title
    )


def _table(lines: list[tuple[Param, ...]], earlier: Earlier, evidence: tuple[Evidence, ...]) -> Table:
    header = (msg("column.row"), msg("column.change"), msg("column.statement"))
    return Table(row="A9", title=msg("table.changed", on=earlier.as_of), evidence=evidence, header=header, cells=tuple(lines))


def _add(section: Section, finding: Finding, exhibits: tuple[Table, ...]) -> Section:
    if section.consideration != "assessment":
        return section
    return section.model_copy(update={"findings": (*section.findings, finding), "exhibits": (*section.exhibits, *exhibits)})
