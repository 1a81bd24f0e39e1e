"""Assessment: who and what is this about, what was tried, and is our own view one-sided? (rows A1 … A11)"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from tracktwo.considerations import actors, assessment_exhibits, attempts, conflict, voices
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, months_between, msg, term
from tracktwo.library.cases import evidence_of
from tracktwo.model import brief as b
from tracktwo.model.exhibit import Section
from tracktwo.model.finding import CountryRef, Finding, LanguageRef, Month, Param, Quoted
from tracktwo.record.initiative import Initiative


def consider(initiative: Initiative, basis: Basis) -> Section:
    """Answer A1 … A11 for the initiative."""
    q = Inquiry(initiative, basis)
    return Section(
        consideration="assessment",
        findings=(
            *actors.parties(q),  # A1
            *conflict.dynamics(q),  # A2
            *issues(q),  # A2
            *conflict.origins(q),  # A3
            *narratives(q),  # A3
            *contested_names(q),  # A3
            *earlier_attempts(q),  # A4
            *attempts.recorded(q),  # A4
            *current_work(q),  # A5
            *one_sidedness(q),  # A6
            *connectors_and_dividers(q),  # A7
            *digital_channels(q),  # A8
            *reassessment(q),  # A9
            *voices.grievances(q),  # A10
            *voices.missing_voices(q),  # A11
        ),
        exhibits=(*actors.exhibits(q), *conflict.exhibits(q), *assessment_exhibits.exhibits(q), *attempts.exhibits(q)),
    )


def issues(q: Inquiry) -> Iterator[Finding]:
    """A2: what the issues are, and which of them move."""
    found = q.initiative.issues
    if not found:
        yield q.unknown("issues.none", "A2", q.each_side(), "agenda", severity="warning", sides=q.side_names())
        return
    by_status: dict[str, list[b.Issue]] = {}
    for issue in found:
        by_status.setdefault(issue.status, []).append(issue)
    for status, members in by_status.items():
        names = listing(issue.name for issue in members)
        if status == "unknown":
            yield q.unknown("issues.status-unknown", "A2", q.each_side(), "agenda", issues=names, count=len(members))
        elif status == "ripening":
            yield q.assumed(
                "issues.ripening", "A2", q.said(*members), issues=names, next_step=msg("issues.begin-with", issue=members[0].name), decision="agenda"
            )
        else:
            yield q.assumed("issues.moving", "A2", q.said(*members), issues=names, status=term("issue", status), count=len(members))


def narratives(q: Inquiry) -> Iterator[Finding]:
    """A3: whose history is being told."""
    events = q.initiative.history
    if not events:
        yield q.unknown("history.none", "A3", q.each_side(), "agenda", sides=q.side_names())
        return
    told = Counter(event.narrative_of for event in events)
    silent = [side for side in q.initiative.table if not told[side.id]]
    if silent:
        yield q.unknown(
            "history.side-silent",
            "A3 A6",
            [q.of_side(side) for side in silent],
            "agenda",
            severity="note",
            evidence=q.said(*events),
            sides=q.side_names(silent),
            count=len(events),
        )
    for one, other in _told_differently(events):
        yield q.conflicting(
            "history.told-differently",
            "A3",
            q.said(one, other),
            severity="note",
            when=_when(one.date, other.date),
            one=one.what,
            by_one=_teller(q, one),
            other=other.what,
            by_other=_teller(q, other),
            next_step=msg("history.side-by-side"),
            decision="agenda",
        )
    uncited = [event for event in events if event.source is None]
    if uncited:
        yield q.assumed("history.uncited", "A3", q.said(*uncited), count=len(uncited), total=len(events), first=uncited[0].what)
    elif not silent:
        yield q.assumed("history.told-by-all", "A3", q.said(*events), count=len(events), sides=q.side_names())


def _told_differently(events: tuple[b.PastEvent, ...]) -> Iterator[tuple[b.PastEvent, b.PastEvent]]:
    """Two sides' tellings of what reads as one thing: of one day or month, and with two words of substance in common."""
    own = [event for event in events if event.narrative_of not in ("shared", "outside")]
    for index, one in enumerate(own):
        for other in own[index + 1 :]:
            if one.narrative_of != other.narrative_of and _when(one.date, other.date) and len(_substance(one) & _substance(other)) >= 2:
                yield one, other


def _when(one: str, other: str) -> date | Month | None:
    """The day or month that two partial dates share; None where they differ or know only a year."""
    shared = min(len(one), len(other))
    if shared < 7 or one[:shared] != other[:shared]:
        return None
    return date.fromisoformat(one) if shared == 10 else Month(month=one[:7])


def _substance(event: b.PastEvent) -> set[str]:
    """The words of an event that can carry its matter: of four letters and more, in whatever language."""
    return set(re.findall(r"[^\W\d_]{4,}", event.what.casefold()))


def _teller(q: Inquiry, event: b.PastEvent) -> Param:
    return q.initiative.side(event.narrative_of).name


def contested_names(q: Inquiry) -> Iterator[Finding]:
    """A3: whose words are used for places, peoples and wars."""
    for name in q.initiative.contested_names:
        forms = listing(msg("names.form", form=Quoted(quoted=form.form), side=q.initiative.side(form.side).name) for form in name.forms)
        if name.agreed:
            yield q.known("names.agreed", "A3", q.said(name), about=name.about, forms=forms, agreed=name.agreed)
        else:
            ask = [q.of_side(q.initiative.side(form.side)) for form in name.forms]
            yield q.unknown("names.open", "A3", ask, "public-line", severity="warning", evidence=q.said(name), about=name.about, forms=forms)


def earlier_attempts(q: Inquiry) -> Iterator[Finding]:
    """A4: what was tried, by whom, and why it stalled."""
    attempts = q.initiative.attempts
    for attempt in attempts:
        if attempt.stalled_because is None and attempt.result is None:
            yield q.unknown(
                "attempts.end-unknown", "A4", listing(attempt.by).items or q.each_side(), "method", evidence=q.said(attempt), attempt=attempt.name
            )
    reasons = [attempt for attempt in attempts if attempt.stalled_because]
    if reasons:
        last = max(reasons, key=lambda attempt: attempt.start or "")
        yield q.assumed(
            "attempts.stalled",
            "A4",
            q.said(*reasons),
            count=len(reasons),
            total=len(attempts),
            last=last.name,
            reason=last.stalled_because or "",
            next_step=msg("attempts.answer-reason"),
            decision="strategy",
        )
    if attempts and all(attempt.track == "1" for attempt in attempts):
        yield q.unknown("attempts.all-official", "A4", q.each_side(), "method", count=len(attempts), places=q.place_names())
    yield from _attempts_in_library(q)
    if not attempts:
        yield q.unknown("attempts.none-entered", "A4", q.each_side(), "method", severity="note", places=q.place_names())


def _attempts_in_library(q: Inquiry) -> Iterator[Finding]:
    here = set(q.initiative.countries)
    cases = [case for case in q.basis.cases if here & set(case.countries) and not case.is_stub]
    for case in cases[:6]:
        yield q.known(
            "attempts.in-library" if case.verified else "attempts.in-library-unverified",
            "A4",
            [evidence_of(case)],
            case=case.name,
            countries=listing(CountryRef(country=country) for country in sorted(here & set(case.countries))),
            convenors=listing(case.convenors[:3]),
            since=str(case.start_year),
            outcome=term("outcome", case.outcome),
            outcome_read=term("read", "in-source" if "outcome" in case.verified_fields else "coder"),
            next_step=msg("attempts.ask-convenors", case=case.name),
        )
    if not cases:
        yield q.assumed("attempts.not-in-library", "A4", places=q.place_names(), count=len(q.basis.cases))


def current_work(q: Inquiry) -> Iterator[Finding]:
    """A5: who works now, at which level; and what nobody was entered for."""
    work = q.initiative.activities
    if not work:
        yield q.unknown("work.none-entered", "A5", [q.convenor(), *q.each_side()], "strategy", severity="note", places=q.place_names())
        return
    uncovered = [issue for issue in q.initiative.issues if not any(activity.issue == issue.name for activity in work)]
    if uncovered:
        yield q.assumed(
            "work.issue-without",
            "A5",
            q.said(*work),
            severity="note",
            issues=listing(issue.name for issue in uncovered),
            count=len(work),
            who=listing(activity.who for activity in work),
            next_step=msg("work.ask-before-gap", who=work[0].who),
            decision="strategy",
        )
    levels = {activity.level for activity in work if activity.level}
    missing = [level for level in ("top", "middle", "grassroots") if level not in levels and not q.of_friends]
    if levels and missing:
        yield q.assumed(
            "work.level-without",
            "A5",
            q.said(*work),
            count=len(work),
            levels=listing(term("level", level) for level in missing),
            places=q.place_names(),
        )
    one_sided = [activity for activity in work if len(activity.sides) == 1]
    for activity in one_sided:
        side = q.initiative.side(activity.sides[0]).name
        yield q.assumed("work.one-side-only", "A5", q.said(activity), who=activity.who, side=side, what=activity.what)
    code = "work.levels-unknown" if not levels else "work.more" if not (uncovered or missing or one_sided) else None
    if code:
        yield q.unknown(code, "A5", q.convenor(), "strategy", evidence=q.said(*work), count=len(work), who=listing(a.who for a in work))


def one_sidedness(q: Inquiry) -> Iterator[Finding]:
    """A6: from which side do our statements come?"""
    counts: Counter[str] = Counter()
    for issue in q.initiative.issues:
        counts.update(grievance.side for grievance in issue.grievances if grievance.side)
    counts.update(event.narrative_of for event in q.initiative.history if event.narrative_of not in ("shared", "outside"))
    table = q.initiative.table
    total = sum(counts[side.id] for side in table)
    if total and len(table) > 1:
        shares = listing(msg("balance.share", side=side.name, count=counts[side.id]) for side in table)
        fewest, most = min(table, key=lambda side: counts[side.id]), max(table, key=lambda side: counts[side.id])
        lopsided = counts[most.id] >= 2 * counts[fewest.id] and counts[most.id] - counts[fewest.id] >= 2
        if total < 2 * len(table) and not lopsided:
            yield q.unknown("balance.too-few", "A6", q.each_side(), "agenda", evidence=q.said(*q.initiative.issues), shares=shares, total=total)
        else:
            yield q.assumed(
                "balance.lopsided" if lopsided else "balance.even",
                "A6",
                q.said(*q.initiative.issues, *q.initiative.history),
                severity="warning" if lopsided else "info",
                total=total,
                shares=shares,
                next_step=msg("balance.hear", side=fewest.name) if lopsided else None,
                **({"fewest": fewest.name} if lopsided else {}),
                ask=q.of_side(fewest) if lopsided else (),
            )
    else:
        yield q.unknown("balance.nothing-to-weigh", "A6", q.each_side(), "agenda", sides=q.side_names(table))
    convenor = q.initiative.convenor
    if convenor and convenor.side:
        side_name = q.initiative.side(convenor.side).name
        others = [side for side in table if side.id != convenor.side]
        yield q.known(
            "balance.convenor-of-side",
            "A6 D3",
            q.said(convenor),
            severity="warning",
            convenor=convenor.name,
            side=side_name,
            others=q.side_names(others),
            next_step=msg("balance.co-convenor", others=q.side_names(others)),
            ask=[q.of_side(side) for side in others],
            decision="facilitators",
        )


def connectors_and_dividers(q: Inquiry) -> Iterator[Finding]:
    """A7: what connects, what divides, and where we could do harm."""
    initiative = q.initiative
    yield from _shared_languages(q)
    for tie in initiative.connectors:
        absent = [side for side in initiative.table if tie.sides and side.id not in tie.sides]
        if absent:
            yield q.assumed("ties.connector-misses", "A7", q.said(tie), what=tie.what, sides=q.side_names(absent))
    whole = [tie for tie in initiative.connectors if tie.sides and {side.id for side in initiative.table} <= set(tie.sides)]
    if whole:
        ties = listing(msg("ties.named", what=tie.what) for tie in whole)
        yield q.assumed("ties.connector-holds", "A7", q.said(*whole), ties=ties, sides=q.side_names())
    unplaced = [tie for tie in initiative.connectors if not tie.sides]
    if unplaced:
        ties = listing(tie.what for tie in unplaced)
        yield q.unknown("ties.connector-of-whom", "A7", q.each_side(), "programme", evidence=q.said(*unplaced), ties=ties)
    careless = [tie for tie in initiative.dividers if tie.harm is None]
    if careless:
        yield q.unknown(
            "ties.harm-unknown",
            "A7",
            q.each_side(),
            "programme",
            evidence=q.said(*careless),
            dividers=listing(tie.what for tie in careless),
            count=len(careless),
        )
    for tie in initiative.dividers:
        if tie.harm:
            yield q.assumed(
                "ties.harm", "A7", q.said(tie), severity="note", what=tie.what, harm=tie.harm, next_step=msg("ties.check-agenda", what=tie.what)
            )
    if not initiative.connectors and not initiative.dividers:
        yield q.unknown("ties.none", "A7", q.each_side(), "programme", sides=q.side_names())


def _shared_languages(q: Inquiry) -> Iterator[Finding]:
    countries = [country for code in q.initiative.countries if (country := q.basis.shelf.countries.get(code))]
    shared = set.intersection(*(set(country.languages) for country in countries)) if countries else set()
    if shared and len(countries) > 1:
        yield q.known(
            "ties.official-language",
            "A7 D8",
            [q.basis.shelf.countries.provenance.evidence()],
            languages=listing(LanguageRef(language=tag) for tag in sorted(shared)),
            countries=listing(CountryRef(country=country.alpha3) for country in countries),
        )
    elif len(countries) > 1:
        yield q.known(
            "ties.no-official-language",
            "A7 D8",
            [q.basis.shelf.countries.provenance.evidence()],
            severity="note",
            countries=listing(CountryRef(country=country.alpha3) for country in countries),
        )


def digital_channels(q: Inquiry) -> Iterator[Finding]:
    """A8: how digital and broadcast media shape power here."""
    channels = q.initiative.channels
    for channel in channels:
        if channel.risk:
            yield q.assumed(
                "channels.risk",
                "A8 F10",
                q.said(channel),
                severity="note",
                channel=channel.name,
                risk=channel.risk,
                next_step=msg("channels.plan"),
            )
    silent = [channel for channel in channels if channel.risk is None]
    if silent:
        yield q.unknown(
            "channels.risk-unknown", "A8", q.each_side(), "public-line", evidence=q.said(*silent), channels=listing(c.name for c in silent)
        )
    if not channels:
        yield q.unknown("channels.none", "A8", q.each_side(), "public-line", sides=q.side_names(), places=q.place_names())


def reassessment(q: Inquiry) -> Iterator[Finding]:
    """A9: what changed since last time, and when to look again."""
    shelf = q.basis.shelf
    if shelf.conflicts is not None and not q.of_friends and q.state("deaths").state == "ready":  # of an old edition A2 speaks already
        source = shelf.conflicts.death_source
        yield q.known(
            "reassess.data-age",
            "A9",
            [source.evidence()],
            places=q.place_names(),
            dataset=source.dataset,
            until=source.as_of,
            months=months_between(source.as_of, q.basis.as_of),
            next_step=msg("reassess.bring-newer", dataset=source.dataset),
        )
    if q.basis.earlier is None:
        first = q.initiative.wish.starts
        yield q.assumed(
            "reassess.first-undated" if first is None else "reassess.first" if first > q.basis.as_of else "reassess.first-passed",
            "A9",
            title=q.initiative.opening.title,
            on=q.basis.as_of,
            **({"before": first} if first else {}),
        )
