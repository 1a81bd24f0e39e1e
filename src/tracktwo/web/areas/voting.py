"""Statements and their votes as the team has them: made, taken over from proposals, translated, put to the vote. No vote is shown or counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record import ballots
from tracktwo.record.ballots import Caster, Vote
from tracktwo.record.dialects import StoreError
from tracktwo.record.entries import GroundRuleSet
from tracktwo.record.living import StatementMade, StatementProposed, TranslationOffered, VotingClosed, VotingOpened
from tracktwo.record.mentions import Mention, mentions
from tracktwo.record.statements import LONGEST, Ballot, Put, Statement, Translation, statements_of
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.areas.dialogue import FACILITATORS, people_of, spoken_rooms
from tracktwo.web.areas.inbox import senders
from tracktwo.web.areas.participant import RULES
from tracktwo.web.areas.surveys import surveys_of
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save
from tracktwo.web.wording import TONGUES, shown, sides_of

LETTERS: dict[str, Vote] = {"a": "agree", "1": "agree", "d": "disagree", "2": "disagree", "p": "pass", "3": "pass"}
"""How a vote is typed from paper; the digits are there for keyboards without these letters."""
EMPTY = frozenset("-0.")
"""A statement that a paper left open."""
PAPERS = 200


def rooms_of_statements(desk: Desk) -> list[tuple[str, str]]:
    """The open rooms in which statements can stand, as choices."""
    return [(room, label) for room, label in spoken_rooms(desk) if room != "team"]


class StatementForm(forms.Form):
    text = forms.CharField(label=".dialogue.statement-text", max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    language = forms.ChoiceField(label=".dialogue.language", choices=TONGUES)
    room = forms.ChoiceField(label=".dialogue.room")
    anyway = forms.BooleanField(label=".dialogue.anyway", required=False)

    def __init__(self, desk: Desk, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["room"].choices = rooms_of_statements(desk)  # type: ignore[attr-defined]

    def entry(self, desk: Desk, on: date, proposal: str | None) -> StatementMade:
        """What was typed, under the next number of its room."""
        room = self.cleaned_data["room"]
        number = 1 + max((put.body.number for put in statements_of(desk.settled) if put.room == room), default=0)
        body = Statement(text=self.cleaned_data["text"], language=self.cleaned_data["language"], number=number, from_proposal=proposal)
        return StatementMade(room=room, on=on, lamport=0, body=body)


@door(*TEAM, methods=("GET", "POST"))
def voting(asked: Asked, desk: Desk) -> HttpResponse:
    """The statements with their translations and whether they can be voted on; proposals that wait; a new statement."""
    proposals = {entry.id: entry for entry in desk.settled if isinstance(entry, StatementProposed)}
    asked_for = proposals.get(str(asked.GET.get("proposal", "")))
    taken = {put.body.from_proposal for put in statements_of(desk.settled)}
    initial = asked_for.body.model_dump() if asked_for else {"language": asked.voice.language}
    form = StatementForm(desk, asked.POST or None, initial={"room": "plenary", **initial})
    meant: tuple[Mention, ...] = ()
    if asked.method == "POST" and form.is_valid():
        meant = mentions(form.cleaned_data["text"], desk.initiative, form.cleaned_data["language"])
        if meant and not form.cleaned_data["anyway"]:
            form.add_error("text", say(asked, ".dialogue.names-somebody"))
    if asked.method == "POST" and form.is_valid():
        proposal = asked_for.id if asked_for and asked_for.id not in taken else None
        if save(asked, desk, form, lambda: [form.entry(desk, asked.today, proposal)]):
            return see_other("voting", tag=desk.tag)
    return page(
        asked,
        "team/voting.html",
        desk=desk,
        form=form,
        statements=[shown(put, asked.voice.language) for put in statements_of(desk.settled)],
        proposals=[entry for entry in proposals.values() if entry.id not in taken],
        proposal=asked_for,
        meant=meant,
        names=dict(people_of(desk)),
        senders=senders(desk),
        sides=sides_of(desk),
        visible_to=FACILITATORS,
    )


@door(*TEAM, methods=("POST",))
def open_or_close(asked: Asked, desk: Desk) -> HttpResponse:
    """Put the chosen statements to the vote, or end the vote on them; then the ballots are written anew in a random order."""
    chosen = set(asked.POST.getlist("statement"))
    opens = asked.POST.get("do") == "open"
    by_room: dict[str, list[str]] = {}
    for put in statements_of(desk.settled):
        if put.id in chosen and (put.state == "open") != opens:
            by_room.setdefault(put.room, []).append(put.id)
    kind = VotingOpened if opens else VotingClosed
    entries = [kind(room=room, on=asked.today, lamport=0, body=Ballot(statements=tuple(ids))) for room, ids in by_room.items()]
    if entries:
        desk.write(asked, *entries)
        if not opens:
            with suppress(StoreError):  # they were written anew; another program only keeps the database from letting go of the old pages
                ballots.close(desk.store, desk.initiative_id)
    return see_other("voting", tag=desk.tag)


def statement_or_404(desk: Desk, entry: str) -> Put:
    """The statement of that id. Raises Http404."""
    found = next((put for put in statements_of(desk.settled) if put.id == entry), None)
    if found is None:
        raise Http404
    return found


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=".dialogue.translation-language", choices=TONGUES)
    text = forms.CharField(label=".dialogue.translation-text", max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    status = forms.ChoiceField(
        label=".dialogue.translation-status", choices=[(one, f".dialogue.translation-{one}") for one in ("pasted", "machine", "checked")]
    )
    side = forms.ChoiceField(label=".dialogue.checked-by", required=False)

    def __init__(self, desk: Desk, put: Put, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["side"].choices = [("", ".dialogue.checked-by-team"), *sides_of(desk).items()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [one for one in TONGUES if one[0] != put.body.language]  # type: ignore[attr-defined]

    def entry(self, put: Put, on: date) -> TranslationOffered:
        """What was typed."""
        told = self.cleaned_data
        side = (told["side"] or None) if told["status"] == "checked" else None
        body = Translation(statement=put.id, language=told["language"], text=told["text"], status=told["status"], checked_by_side=side)
        return TranslationOffered(room=put.room, on=on, lamport=0, body=body)


@door(*TEAM, methods=("GET", "POST"))
def translate(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """A statement in its languages, and one more. Nothing is sent to a translator."""
    put = statement_or_404(desk, entry)
    form = TranslationForm(desk, put, asked.POST or None)
    if asked.method == "POST" and form.is_valid() and save(asked, desk, form, lambda: [form.entry(put, asked.today)]):
        return see_other("translate", tag=desk.tag, entry=entry)
    return page(asked, "team/voting_translate.html", desk=desk, form=form, put=put, sides=sides_of(desk), visible_to=FACILITATORS)


# Paper


class PaperForm(forms.Form):
    room = forms.ChoiceField(label=".dialogue.room")
    side = forms.ChoiceField(label=".dialogue.paper-side", required=False)
    stack = forms.CharField(label=".dialogue.paper-stack", help_text=".dialogue.paper-stack-help", max_length=40)
    again = forms.BooleanField(label=".dialogue.paper-again", required=False)
    lines = forms.CharField(
        label=".dialogue.paper-lines",
        help_text=".dialogue.paper-lines-help",
        widget=forms.Textarea({"rows": 12, "class": "code", "dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, desk: Desk, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["room"].choices = rooms_of_statements(desk)  # type: ignore[attr-defined]
        self.fields["side"].choices = [("", ".dialogue.paper-no-side"), *sides_of(desk).items()]  # type: ignore[attr-defined]


class Misread(ValueError):
    """A line that says something else than votes: its number, and what is wrong with it."""

    def __init__(self, line: int, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.line, self.code, self.params = line, code, params


def votes_of(lines: str, statements: int) -> list[list[Vote | None]]:
    """One list of votes for each paper, by the order of the statements. Raises Misread for the first line that cannot be read."""
    papers: list[list[Vote | None]] = []
    for number, line in enumerate(lines.splitlines(), 1):
        marks = [_plain(mark) for mark in line if not mark.isspace() and mark not in ",;|"]
        if not marks:
            continue
        wrong = next((mark for mark in marks if mark not in LETTERS and mark not in EMPTY), None)
        if wrong is not None:
            raise Misread(number, ".dialogue.paper-wrong-letter", letter=wrong)
        if len(marks) != statements:
            raise Misread(number, ".dialogue.paper-wrong-length", there=len(marks), wanted=statements)
        papers.append([LETTERS.get(mark) for mark in marks])
    if len(papers) > PAPERS:
        raise Misread(PAPERS + 1, ".dialogue.paper-too-many", most=PAPERS)
    return papers


def _plain(mark: str) -> str:
    digit = unicodedata.digit(mark, None)
    return str(digit) if digit is not None else mark.lower()


@door(*TEAM, methods=("GET", "POST"))
def papers(asked: Asked, desk: Desk) -> HttpResponse:
    """Type in votes from paper, one line for each. They lead to no person; to type a stack again puts it right."""
    form = PaperForm(desk, asked.POST or None)
    puts = [put for put in statements_of(desk.settled) if put.state == "open"]
    if asked.method == "POST" and form.is_valid():
        _cast(asked, desk, form, [put for put in puts if put.room == form.cleaned_data["room"]])
        if not form.errors:
            return see_other("papers-done", tag=desk.tag)
    found = [shown(put, asked.voice.language) for put in puts]
    return page(asked, "team/voting_papers.html", desk=desk, form=form, statements=found, sides=sides_of(desk), done=False, visible_to=FACILITATORS)


def _cast(asked: Asked, desk: Desk, form: forms.Form, puts: Sequence[Put]) -> None:
    told = form.cleaned_data
    if not puts:
        form.add_error("room", say(asked, ".dialogue.paper-nothing-open"))
        return
    try:
        read = votes_of(told["lines"], len(puts))
    except Misread as error:
        form.add_error("lines", say(asked, error.code, line=error.line, **error.params))
        return
    caster = Caster.of(desk.record)
    named = [caster.for_paper(f"{told['room']} {told['side']} {told['stack'].casefold()} {number}", told["side"]) for number in range(len(read))]
    if named and named[0].own(desk.store) and not told["again"]:
        form.add_error("stack", say(asked, ".dialogue.paper-known-stack"))
        return
    with desk.store.transaction():
        for paper, marks in zip(named, read, strict=True):
            for put, vote in zip(puts, marks, strict=True):
                if vote is not None:
                    paper.cast(desk.store, put.id, put.room, vote)


@door(*TEAM)
def papers_done(asked: Asked, desk: Desk) -> HttpResponse:
    """Say that a stack was written down, and show the form for the next one."""
    found = [shown(put, asked.voice.language) for put in statements_of(desk.settled) if put.state == "open"]
    form = PaperForm(desk)
    return page(asked, "team/voting_papers.html", desk=desk, form=form, statements=found, sides=sides_of(desk), done=True, visible_to=FACILITATORS)


@door(*TEAM)
def paper(asked: Asked, desk: Desk) -> HttpResponse:
    """Everything on paper that a participant can do on a telephone. What is of a caucus is on sheets of its own, to be handed out there alone."""
    rooms = [room for room, _ in rooms_of_statements(desk)]
    puts = [put for put in statements_of(desk.settled) if put.state != "closed"]
    sheets = [(room, [shown(put, asked.voice.language) for put in puts if put.room == room]) for room in rooms]
    return page(
        asked,
        "team/voting_paper.html",
        desk=desk,
        sheets=[(room, statements) for room, statements in sheets if statements],
        rules=[entry for entry in desk.settled if isinstance(entry, GroundRuleSet) and entry.room == "plenary"],
        headings=RULES,
        surveys=surveys_of(desk),
        sides=sides_of(desk),
        visible_to=FACILITATORS,
    )


PATHS = [
    at("i/<tag:tag>/dialogue/statements", voting, "voting"),
    at("i/<tag:tag>/dialogue/vote", open_or_close, "open-or-close"),
    at("i/<tag:tag>/dialogue/statements/<entry:entry>", translate, "translate"),
    at("i/<tag:tag>/dialogue/papers", papers, "papers"),
    at("i/<tag:tag>/dialogue/papers/done", papers_done, "papers-done"),
    at("i/<tag:tag>/dialogue/paper", paper, "paper"),
]
