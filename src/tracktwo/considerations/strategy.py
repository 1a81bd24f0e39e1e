"""Strategy: what change, at which level, through which links, and how it reaches officials and the public (rows C1 … C10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracktwo.considerations import strategy_exhibits, theory
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.model import brief as b
from tracktwo.model.exhibit import Section
from tracktwo.model.finding import CountryRef, Finding, Param
from tracktwo.record.initiative import Initiative

_TRIGGERS = ("violence", "arrests", "unrest", "leak", "change of government")


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer C1 … C10 for the initiative."""
    q = Inquiry(initiative, basis)
    return Section(
        consideration="strategy",
        findings=(
            *change_statement(q),  # C1
            *level(q),  # C2
            *theory.links(q),  # C3
            *stage(q),  # C4
            *transfer(q, arc),  # C5
            *official_track(q),  # C6
            *success_and_exit(q),  # C7
            *deconfliction(q),  # C8
            *public_route(q),  # C9
            *pause_triggers(q),  # C10
            *ethics(q),  # C10
        ),
        exhibits=tuple(strategy_exhibits.exhibits(q, arc)),
    )


def change_statement(q: Inquiry) -> Iterator[Finding]:
    """C1: what specific change, and which gap does it close?"""
    change, issues = q.initiative.change, q.initiative.issues
    if change is None:
        about = listing(issue.name for issue in issues) if issues else q.place_names()
        yield q.unknown(
            "change.none", "C1", [q.convenor(), *q.each_side()], "strategy", severity="warning", about=about, title=q.initiative.opening.title
        )
        return
    touched = [issue for issue in issues if issue.name.casefold() in change.statement.casefold()]
    if change.closes_gap:
        yield q.assumed("change.closes-gap", "C1", q.said(change), statement=change.statement, gap=change.closes_gap)
    else:
        yield q.unknown("change.no-gap", "C1 A5", q.convenor(), "strategy", evidence=q.said(change), statement=change.statement)
    if issues and not touched:
        yield q.assumed(
            "change.touches-no-issue",
            "C1",
            q.said(change, *issues),
            severity="note",
            issues=listing(issue.name for issue in issues),
            ask=q.each_side(),
            decision="strategy",
        )


def level(q: Inquiry) -> Iterator[Finding]:
    """C2: persons, relations or society; and how does the change of a few spread?"""
    change = q.initiative.change
    people = len([person for person in q.initiative.invited if person.kind == "person"])
    if change is None or change.level is None:
        yield q.unknown("level.none", "C2", q.convenor(), "strategy", sides=q.side_names())
        return
    if change.spreads_by:
        yield q.assumed("level.spreads", "C2", q.said(change), level=term("change-level", change.level), spreads=change.spreads_by, people=people)
    elif change.level == "society":
        yield q.assumed(
            "level.society-no-spread",
            "C2",
            q.said(change),
            severity="warning",
            people=people,
            ask=q.each_side(),
            decision="strategy",
            sides=q.side_names(),
        )
    else:
        yield q.unknown(
            "level.no-spread",
            "C2",
            q.each_side(),
            "strategy",
            evidence=q.said(change),
            level=term("change-level", change.level),
            people=people,
            sides=q.side_names(),
        )


def stage(q: Inquiry) -> Iterator[Finding]:
    """C4: socialising, filtering ideas home, or policy adjustment?"""
    declared = q.initiative.opening.stage
    tried = [attempt for attempt in q.initiative.attempts if attempt.track in ("1.5", "2", "3")]
    if declared is None:
        yield q.unknown(q.fitting("stage.none"), "C4", q.convenor(), "strategy", earlier=len(tried), sides=q.side_names())
        return
    officials = [contact for contact in q.initiative.officials if contact.held_by]
    if declared == "policy adjustment" and not officials:
        yield q.conflicting(
            "stage.no-officials",
            "C4",
            q.said(what="field stage"),
            severity="warning",
            stage=term("stage", declared),
            title=q.initiative.opening.title,
        )
    else:
        yield q.assumed(
            "stage.declared",
            "C4",
            q.said(what="field stage"),
            stage=term("stage", declared),
            earlier=len(tried),
            lines=len(officials),
            places=q.place_names(),
        )


def transfer(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """C5: who carries ideas to officials, and when."""
    officials = q.initiative.officials
    silent: list[b.Side] = []
    for side in q.initiative.table:
        own = [contact for contact in officials if contact.side == side.id]
        carriers = [contact for contact in own if contact.held_by]
        if carriers:
            yield q.assumed(
                "transfer.carrier",
                "C5",
                q.said(*carriers),
                side=side.name,
                who=listing(c.held_by or "" for c in carriers),
                to=listing(c.office or c.process for c in carriers),
            )
        else:
            silent.append(side)
    if silent:
        yield q.unknown(
            "transfer.no-carrier",
            "C5",
            [q.of_side(side) for side in silent],
            "official-line",
            severity="note",
            sides=q.side_names(silent),
            title=q.initiative.opening.title,
        )
    if arc:
        yield q.assumed(
            q.fitting("transfer.slots"),
            "C5 D12",
            count=len(arc),
            first=arc[0].briefing_by,
            last=arc[-1].briefing_by,
            title=q.initiative.opening.title,
            ask=q.official_contact(),
            decision="official-line",
        )
    routes = Counter(step.route for likeness in q.basis.similar for step in likeness.case.transfer if step.route != "none-known")
    if routes:
        route, count = min(routes.items(), key=lambda item: (-item[1], item[0]))
        cases = [likeness.case for likeness in q.basis.similar if any(step.route == route for step in likeness.case.transfer)]
        yield q.known(
            "transfer.precedents",
            "C5",
            [evidence_of(case) for case in cases],
            count=count,
            route=term("route", route),
            cases=listing(case.name for case in cases),
        )


def official_track(q: Inquiry) -> Iterator[Finding]:
    """C6: how officials see us, and what harm we could do to their track."""
    officials = q.initiative.officials
    if not officials:
        yield q.unknown(
            q.fitting("officials.none"),
            "C6",
            [q.convenor(), *q.each_side()],
            "official-line",
            severity="note" if q.of_friends else "warning",
            places=q.place_names(),
            sides=q.side_names(),
        )
    for contact in officials:
        if contact.sees_us_as is None:
            yield q.unknown(
                "officials.view-unknown", "C6", contact.held_by or q.convenor(), "official-line", evidence=q.said(contact), process=contact.process
            )
        if contact.could_harm:
            yield q.assumed("officials.harm", "C6", q.said(contact), severity="warning", process=contact.process, harm=contact.could_harm)
        if contact.agreed_line is None:
            yield q.unknown(
                "officials.no-line", "C6", contact.held_by or q.convenor(), "official-line", evidence=q.said(contact), process=contact.process
            )
        if contact.sees_us_as and contact.agreed_line:
            yield q.assumed("officials.line", "C6", q.said(contact), process=contact.process, view=contact.sees_us_as, line=contact.agreed_line)
    told = {contact.side for contact in officials}
    uneven = [side for side in q.initiative.table if side.id not in told]
    if officials and uneven and any(told):
        yield q.assumed(
            "officials.uneven",
            "C6",
            q.said(*officials),
            severity="warning",
            sides=q.side_names(uneven),
            ask=[q.of_side(side) for side in uneven],
            decision="official-line",
        )


def success_and_exit(q: Inquiry) -> Iterator[Finding]:
    """C7: what counts as success, and when do we stop?"""
    change = q.initiative.change
    title = q.initiative.opening.title
    if change is None or not change.success:
        yield q.unknown("success.none", "C7", [q.convenor(), *q.each_side()], "evaluation", title=title, sides=q.side_names())
    else:
        vague = [item for item in change.success if not any(character.isdigit() for character in item)]
        if vague:
            yield q.assumed(
                "success.undated",
                "C7",
                q.said(change),
                severity="note",
                count=len(vague),
                total=len(change.success),
                first=vague[0],
                decision="evaluation",
            )
        else:
            yield q.assumed("success.stated", "C7", q.said(change), count=len(change.success), first=change.success[0])
    if change is None or not change.exit:
        yield q.unknown("exit.none", "C7", q.convenor(), "evaluation", severity="note", title=title, rounds=q.initiative.wish.rounds)
    else:
        yield q.assumed("exit.stated", "C7", q.said(change), count=len(change.exit), first=change.exit[0], owner=q.convenor())


def deconfliction(q: Inquiry) -> Iterator[Finding]:
    """C8: who else convenes, and who needs to know of us?"""
    work = q.initiative.activities
    untold = [activity for activity in work if not activity.told and activity.track != "3"]
    if untold:
        yield q.assumed(
            "deconflict.untold",
            "C8",
            q.said(*untold),
            severity="note",
            who=listing(activity.who for activity in untold),
            count=len(untold),
            total=len(work),
            ask=q.convenor(),
            decision="strategy",
        )
    same = [(issue, [a for a in work if a.issue == issue.name]) for issue in q.initiative.issues]
    for issue, members in same:
        if len({activity.who for activity in members}) > 1:
            yield q.assumed("deconflict.same-issue", "C8", q.said(*members), issue=issue.name, who=listing(activity.who for activity in members))
    if not work:
        yield q.unknown(
            "deconflict.nobody-entered", "C8", [q.convenor(), *q.each_side()], "strategy", places=q.place_names(), title=q.initiative.opening.title
        )
    elif not untold and not any(len(members) > 1 for _, members in same):
        yield q.assumed("deconflict.all-told", "C8", q.said(*work), count=len(work), who=listing(activity.who for activity in work))


def public_route(q: Inquiry) -> Iterator[Finding]:
    """C9: what reaches the public, said by whom and when; what stays closed?"""
    messages = q.initiative.public
    spoken = [message for message in messages if not message.closed]
    for message in spoken:
        if message.said_by is None or message.when is None:
            yield q.unknown("public.no-speaker", "C9 E9", q.each_side(), "public-line", evidence=q.said(message), what=message.what)
        if message.indicator is None:
            yield q.unknown("public.no-indicator", "C9", q.team("evaluator"), "evaluation", evidence=q.said(message), what=message.what)
    closed = [message for message in messages if message.closed]
    if messages and not closed:
        yield q.unknown("public.nothing-closed", "C9", q.each_side(), "public-line", severity="note", evidence=q.said(*messages), count=len(messages))
    if closed:
        yield q.assumed("public.closed", "C9", q.said(*closed), what=listing(message.what for message in closed), count=len(closed))
    if not messages:
        yield q.unknown(q.fitting("public.none"), "C9", q.each_side(), "public-line", sides=q.side_names(), title=q.initiative.opening.title)


def pause_triggers(q: Inquiry) -> Iterator[Finding]:
    """C10: what makes us pause, and who watches it?"""
    triggers = q.initiative.pause_triggers
    orphans = [trigger for trigger in triggers if trigger.owner is None]
    if orphans:
        yield q.unknown(
            "pause.no-owner",
            "C10",
            q.convenor(),
            "pause",
            severity="warning",
            evidence=q.said(*orphans),
            count=len(orphans),
            triggers=listing(trigger.what for trigger in orphans),
        )
    missing = [kind for kind in _TRIGGERS if kind not in {trigger.kind for trigger in triggers}]
    if q.of_friends:  # of arrests and a change of government no friendship need think first
        missing = []
    if q.of_friends and not triggers:
        yield q.unknown("pause.none-friends", "C10", [q.convenor(), *q.each_side()], "pause", title=q.initiative.opening.title)
    if missing:
        kinds = listing(term("trigger", kind) for kind in missing)
        yield q.unknown(
            "pause.missing", "C10", [q.convenor(), *q.each_side()], "pause", severity="note", kinds=kinds, title=q.initiative.opening.title
        )
    if triggers and not (orphans or missing):
        yield q.assumed("pause.watched", "C10", q.said(*triggers), count=len(triggers), owners=listing(trigger.owner or "" for trigger in triggers))
    yield from _violence_mark(q)


def _violence_mark(q: Inquiry) -> Iterator[Finding]:
    """A number at which to look again: of the last year that is counted, since against a war behind us every new month looks quiet."""
    conflicts = None if q.of_friends else q.basis.shelf.conflicts
    for country in q.initiative.countries if conflicts else ():
        assert conflicts is not None
        years = conflicts.deaths(country)[-5:]
        if not any(year.total >= 25 for year in years):
            continue
        worst = max(years, key=lambda year: (year.total, year.year))
        yield q.known(
            "pause.mark",
            "C10",
            [conflicts.death_source.evidence(f"{country}, {years[0].year}–{years[-1].year}")],
            country=CountryRef(country=country),
            since=str(years[0].year),
            until=str(years[-1].year),
            worst=str(worst.year),
            most=worst.total,
            deaths=years[-1].total,
            monthly=-(-years[-1].total // 12),
            next_step=msg("pause.watch", owner=_owner(q)),
            decision="pause",
        )


def _owner(q: Inquiry) -> Param:
    watching = [trigger.owner for trigger in q.initiative.pause_triggers if trigger.kind == "violence" and trigger.owner]
    return watching[0] if watching else q.convenor()


def ethics(q: Inquiry) -> Iterator[Finding]:
    """C10, F9: the reflective questions, and what was left open with a reason."""
    for item in q.initiative.ethics:
        if item.answer is None:
            reason = {"reason": item.open_because} if item.open_because else {}
            code = "ethics.open-because" if item.open_because else "ethics.open"
            yield q.unknown(code, "F9", [q.convenor(), *q.each_side()], "go-no-go", evidence=q.said(item), question=item.question, **reason)
    if not q.initiative.ethics:
        parties = {} if q.of_friends else {"parties": listing(party.name for party in q.initiative.parties)}
        yield q.unknown(q.fitting("ethics.none"), "F9", q.convenor(), "go-no-go", severity="note", sides=q.side_names(), **parties)
