"""What participants say of statements: agree, disagree, pass; and statements that they propose themselves. Nothing is counted here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracktwo.record.ballots import VOTES, Caster, Vote
from tracktwo.record.living import StatementProposed
from tracktwo.record.statements import LONGEST, Proposal, statements_of
from tracktwo.web import marks
from tracktwo.web.access import at, door, seat_door
from tracktwo.web.areas.participant import PEOPLE
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, Seat, open_desk, open_seat
from tracktwo.web.models import Board
from tracktwo.web.pages import page, see_other
from tracktwo.web.saving import save
from tracktwo.web.wording import TONGUES, shown, sides_of


class ProposalForm(forms.Form):
    text = forms.CharField(label=".participant.proposal-text", max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    language = forms.ChoiceField(label=".participant.proposal-language", choices=TONGUES)


@door(*PEOPLE)
def statements(asked: Asked, desk: Desk) -> HttpResponse:
    """The statements: with buttons where voting is open, without one's own vote where it is closed. With `X-Part: list` only the list."""
    version = _version(desk)  # asked for first: a change in between is then fetched again
    template = "participant/list.html" if asked.headers.get("X-Part") == "list" else "participant/statements.html"
    found = [shown(put, asked.voice.language) for put in statements_of(desk.settled)]
    mine = _own(asked, desk) if any(one.put.state == "open" for one in found) else {}
    return page(asked, template, desk=desk, statements=found, own=mine, votes=VOTES, version=version, sides=sides_of(desk))


def _version(desk: Desk) -> int:
    return Board.objects.filter(pk=marks.of_board(desk.initiative_id)).values_list("version", flat=True).first() or 0


def _own(asked: Asked, desk: Desk) -> Mapping[str, Vote]:
    """One's own votes; a steward who looks as somebody else has none."""
    membership = asked.who.membership(desk.tag)
    return open_seat(membership).own() if membership is not None and desk.role == desk.own_role == "participant" else {}


@seat_door(methods=("POST",))
def vote(asked: Asked, seat: Seat) -> HttpResponse:
    """Take a vote, as often as it is sent. A page without scripts goes back to the statements; a script gets 204, or 422 where voting has ended."""
    statement, value = str(asked.POST.get("statement", "")), asked.POST.get("vote")
    room = _open_rooms(seat).get(statement)
    taken = room is not None and value in VOTES
    if room is not None and taken:
        seat.cast(statement, room, cast(Vote, value))
    if asked.headers.get("X-Part") == "vote":
        return HttpResponse(status=204 if taken else 422)
    response = HttpResponseRedirect(reverse("statements", kwargs={"tag": seat.membership.tag}) + (f"#s{statement}" if taken else ""))
    response.status_code = 303
    return response


_papers: OrderedDict[int, tuple[Caster, Mapping[str, str]]] = OrderedDict()
_papers_lock = threading.Lock()
_PAPERS = 2000


def _open_rooms(seat: Seat) -> Mapping[str, str]:
    """Statement → room of those on which this participant can vote now. The seat has another caster as soon as anything changes."""
    with _papers_lock:
        kept = _papers.get(id(seat.caster))
    if kept is not None and kept[0] is seat.caster:
        return kept[1]
    found = _ballot_paper(open_desk(seat.membership))
    with _papers_lock:
        _papers[id(seat.caster)] = (seat.caster, found)
        while len(_papers) > _PAPERS:
            _papers.popitem(last=False)
    return found


def _ballot_paper(desk: Desk) -> Mapping[str, str]:
    """What somebody can vote on: who interprets or evaluates holds the key of the plenary too, and has no vote."""
    return {put.id: put.room for put in statements_of(desk.settled) if put.state == "open"} if desk.own_role == "participant" else {}


@door("participant", methods=("GET", "POST"))
def propose(asked: Asked, desk: Desk) -> HttpResponse:
    """Propose a statement. A facilitator reads it before anybody else does."""
    form = ProposalForm(asked.POST or None, initial={"language": asked.voice.language})
    if asked.method == "POST" and form.is_valid() and save(asked, desk, form, lambda: [_proposed(asked, form)]):
        return see_other("propose", tag=desk.tag)
    taken = {put.body.from_proposal: put.body.number for put in statements_of(desk.settled)}
    mine = [(entry, taken.get(entry.id)) for entry in desk.settled if isinstance(entry, StatementProposed) and entry.author == desk.me]
    return page(asked, "participant/propose.html", desk=desk, form=form, proposals=mine)


def _proposed(asked: Asked, form: forms.Form) -> StatementProposed:
    return StatementProposed(on=asked.today, lamport=0, body=Proposal(**form.cleaned_data))


PATHS = [
    at("p/<tag:tag>/statements", statements, "statements"),
    at("p/<tag:tag>/propose", propose, "propose"),
    at("p/vote", vote, "vote"),
]
