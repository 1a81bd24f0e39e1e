"""Assessment, continued: what agreement and negotiation data and the Security Council tell of earlier attempts (rows A4, A5, C6 and D3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracktwo.considerations.actors import same_name
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term, year_of
from tracktwo.model.attempts import UNOFFICIAL, Negotiation, PeaceAgreement
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, Quoted
from tracktwo.model.world import Provenance, Resolution
from tracktwo.sources.peace_observatory import shown

LATEST = 3
NAMED = 6
LINES = 12
_QUOTED_LETTERS = 240
_GOVERNMENT = re.compile(r"government of ", re.IGNORECASE)


@dataclass(frozen=True)
class Recorded:
    """The negotiations that concern the initiative, and whether they were found by the names of its parties or by its countries only."""

    rows: tuple[Negotiation, ...]
    by_parties: bool
    in_countries: int
    source: Provenance

    def evidence(self, rows: Sequence[Negotiation] | None = None) -> list[Evidence]:
        """The source, with the numbers of the first and the last of these rows."""
        rows = self.rows if rows is None else rows
        numbers = f"negotiations {rows[0].id} to {rows[-1].id}" if len(rows) > 1 else f"negotiation {rows[0].id}"
        return [self.source.evidence(f"{numbers} ({len(rows)} rows)" if len(rows) > 1 else numbers)]


def recorded(q: Inquiry) -> Iterator[Finding]:
    """A4: what was agreed, what was negotiated, who helped, and what the Security Council decided; or that nobody added such data."""
    if q.initiative.opening.challenge == "friendship" or not q.initiative.countries:
        return
    yield from _not_added(q)
    yield from _agreements(q)
    yield from _local_agreements(q)
    found = negotiations(q)
    if found is not None and found.rows:
        yield from _negotiations(q, found)
        yield from _third_parties(q, found)
    yield from _resolutions(q)


def _not_added(q: Inquiry) -> Iterator[Finding]:
    absent = [name for name in ("agreements", "negotiations") if q.state(name).state == "absent"]
    for name in absent:
        for state in q.basis.shelf.states:
            if state.state == "unreadable" and state.name.startswith(f"{name}/"):
                title = q.initiative.opening.title
                reason = state.reason or ""
                yield q.unknown("source.unreadable", "A4", q.convenor(), "method", source=term("source", name), reason=reason, title=title)
    if absent:
        yield q.unknown(
            "attempts.data-absent",
            "A4",
            q.convenor(),
            "method",
            sources=listing(term("source", name) for name in absent),
            places=q.place_names(),
            next_step=msg("attempts.add-data"),
        )
    for name in ("agreements", "negotiations"):
        if name not in absent:
            yield from q.source_trouble(name, "A4", "method")


# -- agreements ---------------------------------------------------------------------------------------------------------


def _agreements(q: Inquiry) -> Iterator[Finding]:
    for table in q.basis.shelf.agreements[:1]:
        here = [one for one in table.of_countries(set(q.initiative.countries)) if one.signed]
        if not here:
            yield q.known("attempts.no-agreement", "A4", [table.source.evidence()], places=q.place_names(), dataset=table.source.dataset)
            continue
        named = [one for one in here if _is_ours(q, one)]
        numbers = f"agreements {here[0].id} to {here[-1].id} ({len(here)} rows)"
        yield q.known(
            "attempts.agreements" if named else "attempts.agreements-by-country",
            "A4",
            [table.source.evidence(numbers)],
            count=len(here),
            **({"named": len(named)} if named else {}),
            places=q.place_names(),
            dataset=table.source.dataset,
            processes=len({one.process for one in here}),
            since=str(_year(here[0])),
            until=str(_year(here[-1])),
            stages=_counted((one.stage for one in here), lambda stage: term("agreement-stage", stage), "attempts.stage-count"),
            helped=sum(bool(one.third_parties) for one in here),
            next_step=None if named else msg("attempts.enter-known-as"),
        )
        for one in reversed((named or here)[-LATEST:]):
            yield _agreement(q, table.source, one)


def _local_agreements(q: Inquiry) -> Iterator[Finding]:
    """What the subset of local agreements adds: whether a mediator took part, and where."""
    for table in q.basis.shelf.agreements:
        here = [one for one in table.of_countries(set(q.initiative.countries)) if one.mediated is not None]
        if here:
            yield q.known(
                "attempts.local-agreements",
                "A4",
                [table.source.evidence(f"{len(here)} local agreements")],
                count=len(here),
                places=q.place_names(),
                mediated=sum(bool(one.mediated) for one in here),
                localities=_counted((one.locale for one in here if one.locale), lambda name: name, "attempts.locality-count"),
            )


def _agreement(q: Inquiry, source: Provenance, one: PeaceAgreement) -> Finding:
    assert one.signed is not None
    evidence = source.evidence(f"AgtId {one.id}")
    evidence = evidence.model_copy(update={"url": one.url}) if one.url else evidence
    params: dict[str, Param] = dict(agreement=Quoted(quoted=one.title), on=one.signed, process=one.process, stage=term("agreement-stage", one.stage))
    if one.third_parties:
        return q.known("attempts.agreement-helped", "A4", [evidence], **params, third=Quoted(quoted=_shortened(one.third_parties)))
    return q.known("attempts.agreement", "A4", [evidence], **params)


def _is_ours(q: Inquiry, one: PeaceAgreement) -> bool:
    """True for an agreement that names a party of the brief, or that is between two of its countries."""
    if len(set(q.initiative.countries).intersection(one.countries)) > 1:
        return True
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one.parties, re.IGNORECASE) for name in _party_names(q) if len(name) > 2)


def _party_names(q: Inquiry) -> tuple[str, ...]:
    """The names of parties that tell one conflict from another: those of a government stand in every agreement of the country."""
    return tuple(name for party in q.initiative.parties if party.kind != "government" for name in (party.name, *party.known_as))


def _year(one: PeaceAgreement) -> int:
    assert one.signed is not None
    return one.signed.year


def _shortened(text: str) -> str:
    """The beginning of a long quotation, up to the end of a word."""
    return text if len(text) <= _QUOTED_LETTERS else text[:_QUOTED_LETTERS].rsplit(" ", 1)[0] + " …"


# -- negotiations -------------------------------------------------------------------------------------------------------


def negotiations(q: Inquiry) -> Recorded | None:
    """Return the negotiations about the conflict: between parties of the brief, or else all about conflicts in its countries.

    A government alone tells no conflict from another: the other side has to be named in the brief too, under `name` or `known_as`.
    None where no such data was added.
    """
    data = q.basis.shelf.negotiations
    if data is None:
        return None
    here = data.of_countries(set(q.initiative.countries))
    between = tuple(one for one in here if _between_parties(q, one))
    return Recorded(between or here, bool(between), len(here), data.source)


def _between_parties(q: Inquiry, one: Negotiation) -> bool:
    sides = (one.side_a, one.side_b)
    groups = [side for side in sides if not _GOVERNMENT.match(side)]
    if not groups:  # two governments: both have to be parties
        return all(q.basis.shelf.countries.find(_GOVERNMENT.sub("", side)) in q.initiative.countries for side in sides)
    return all(any(same_name(name, side) for name in _party_names(q)) for side in groups)


def _negotiations(q: Inquiry, found: Recorded) -> Iterator[Finding]:
    rows = found.rows
    years = [year_of(one.began) for one in rows if one.began]
    yield q.known(
        "attempts.negotiations" if found.by_parties else "attempts.negotiations-by-country",
        "A4",
        found.evidence(),
        count=len(rows),
        places=q.place_names(),
        **({"in_countries": found.in_countries} if found.by_parties else {}),
        since=str(min(years)) if years else "?",
        until=str(max(years)) if years else "?",
        mediated=sum(bool(one.mediated) for one in rows),
        agreed=sum(bool(one.agreement) for one in rows),
        next_step=None if found.by_parties else msg("attempts.enter-known-as"),
    )
    unofficial = [one for one in rows if one.unofficial]
    if unofficial:
        yield q.known(
            "attempts.unofficial",
            "A4 D3",
            found.evidence(unofficial),
            count=len(unofficial),
            total=len(rows),
            agreed=sum(bool(one.agreement) for one in unofficial),
            kinds=_counted(
                (kind for one in unofficial for kind in one.third_party_kinds if kind in UNOFFICIAL),
                lambda kind: term("third-party", kind),
                "attempts.kind-count",
            ),
        )
    quiet = [one for one in rows if one.secret or one.indirect or one.pre_negotiation]
    if quiet:
        yield q.known(
            "attempts.quiet",
            "A4",
            found.evidence(quiet),
            count=len(quiet),
            total=len(rows),
            secret=sum(bool(one.secret) for one in quiet),
            indirect=sum(bool(one.indirect) for one in quiet),
            before=sum(bool(one.pre_negotiation) for one in quiet),
        )
    topics = Counter(topic.name for one in rows for topic in one.topics)
    if topics:
        agreed = Counter(topic.name for one in rows for topic in one.topics if topic.agreed)
        yield q.known(
            "attempts.topics",
            "A4",
            found.evidence([one for one in rows if one.topics]),
            topics=listing(
                msg("attempts.topic-count", topic=term("topic", name), count=count, agreed=agreed[name]) for name, count in topics.most_common(NAMED)
            ),
        )


def _third_parties(q: Inquiry, found: Recorded) -> Iterator[Finding]:
    """A5, D3: who helped before. That a side accepted somebody once does not say that it would again."""
    helped = Counter(name for one in found.rows for name in one.third_parties if _is_name(name))
    if not helped:
        return
    names = [name for name, _count in helped.most_common(NAMED)]
    with_them = {name: [one for one in found.rows if name in one.third_parties] for name in names}
    yield q.known(
        "attempts.third-parties",
        "A5 D3",
        found.evidence([one for one in found.rows if one.third_parties]),
        third_parties=listing(
            msg(
                "attempts.third-party",
                name=shown(name),
                count=len(rows),
                agreed=sum(bool(one.agreement) for one in rows),
                last=max((one.began[:4] for one in rows if one.began), default="?"),
            )
            for name, rows in with_them.items()
        ),
        next_step=msg("attempts.ask-if-still-accepted", name=shown(names[0])),
        ask=q.each_side(),
        decision="facilitators",
    )


def _is_name(third_party: str) -> bool:
    """False for what the publisher writes where it names nobody: `local government`, `religious leaders`."""
    plain = third_party.replace("NGO", "")
    return plain != plain.casefold()


def _counted(items: Iterable[str], named: Callable[[str], Param], code: str) -> Param:
    return listing(msg(code, name=named(item), count=count) for item, count in Counter(items).most_common(NAMED))


# -- the Security Council -----------------------------------------------------------------------------------------------


def _resolutions(q: Inquiry) -> Iterator[Finding]:
    resolutions = q.basis.shelf.resolutions
    if resolutions is None:
        yield from q.source_trouble("resolutions", "A4", "official-line")
        return
    for country in q.initiative.countries:
        found = resolutions.of_countries({country})
        if found:
            last = found[-1]
            votes = {} if last.in_favour is None else dict(favour=last.in_favour, against=last.against or 0, abstaining=last.abstaining or 0)
            yield q.known(
                "attempts.resolutions" if votes else "attempts.resolutions-uncounted",
                "A4 C6",
                [resolutions.source.evidence(_symbols(found))],
                count=len(found),
                country=CountryRef(country=country),
                since=str(resolutions.all[0].adopted.year),
                symbol=last.symbol,
                on=last.adopted,
                item=Quoted(quoted=last.agenda_item),
                **votes,
            )


def _symbols(found: Sequence[Resolution]) -> str:
    return found[0].symbol if len(found) == 1 else f"{found[0].symbol} to {found[-1].symbol}"


# -- tables -------------------------------------------------------------------------------------------------------------


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The latest negotiations, one a line."""
    found = negotiations(q) if q.initiative.opening.challenge != "friendship" else None
    rows = [one for one in found.rows if one.began][-LINES:] if found else []
    if found and rows:
        yield Table(
            row="A4",
            title=msg("table.negotiations" if found.by_parties else "table.negotiations-by-country"),
            evidence=tuple(found.evidence(rows)),
            header=_header("date sides place third-party agreement"),
            cells=tuple(
                (
                    one.began or "",
                    msg("conflict.sides", one=shown(one.side_a), other=shown(one.side_b)),
                    _place(one),
                    listing(shown(name) for name in one.third_parties) if one.third_parties else "—",
                    term("list", "unknown") if one.agreement is None else one.agreement,
                )
                for one in reversed(rows)
            ),
        )


def _place(one: Negotiation) -> Param:
    where: list[Param] = [shown(one.town)] if one.town else []
    where += [CountryRef(country=country) for country in one.venue_countries]
    return listing(where) if where else term("list", "unknown")


def _header(words: str) -> tuple[Message, ...]:
    return tuple(msg(f"column.{word}") for word in words.split())
