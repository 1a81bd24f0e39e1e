"""A hub: a roster that people speak for themselves on, a request against the clock, and the next best at once when somebody declines."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.web.house import House, Placed, browser
from tracktwo.considerations.staffing import hours_since, requests_of, roster_of, seats_of
from tracktwo.record.care import Decision, DecisionSigned
from tracktwo.record.entries import InitiativeOpened, Opening
from tracktwo.record.hub import Request, RequestReceived
from tracktwo.record.slots import holder_of_card
from tracktwo.web import clock, desk
from tracktwo.web.serving import serving
from tracktwo.web.who import Membership, Visit

PEOPLE: list[dict[str, Any]] = [
    {"name": "Zora ONE", "roles": ["facilitator"], "languages": "ar:C1; fr:C1", "competences": "water", "nationalities": "Tunisia", "consent": "on"},
    {"name": "Zeno TWO", "roles": ["facilitator"], "languages": "ar:C1", "nationalities": "Jordan", "consent": "on"},
    {"name": "Zita THREE", "roles": ["interpreter"], "languages": "fr:native; ar:C2; en:C1", "nationalities": "France", "consent": "on"},
    {"name": "Zeki FOUR", "roles": ["interpreter", "facilitator"], "languages": "en:C2", "interests": "advises one of the parties", "consent": "on"},
    {"name": "Zelie FIVE", "roles": ["expert"], "languages": "fr:native", "consent": "on"},
    {"name": "Zaid SIX", "roles": ["facilitator"], "languages": "ar:native; fr:native; en:native", "competences": "water"},
]
REQUEST = {
    "title": "Urgent ZEBRA talks", "sides": "2", "country": "Senegal", "start": "2027-03-01", "days": "5", "languages": "ar; fr; en", "people": "4",
    "needs": "somebody who knows Water law",
}  # fmt: skip


@pytest.fixture
def hub(home: House) -> House:
    for person in PEOPLE:
        assert home.post("hub coordinator", f"/i/{home.hub}/hub/person", person).status_code == 303
    return home


def live(home: House) -> Any:
    return desk.open_desk(home.people["hub coordinator"].membership).settled


def received(home: House) -> str:
    answer = home.post("hub coordinator", f"/i/{home.hub}/hub", REQUEST)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def teams(body: str) -> list[list[str]]:
    cards = body.split('<ol class="cards">')[1].split("</ol>")[0].split("<h3>")[1:]
    return [re.findall(r"<bdi dir=\"auto\">(\w+ \w+)</bdi> <span", card.split("</ul>")[0]) for card in cards]


def press(home: House, path: str, what: str, *people: str) -> None:
    assert home.browsers["hub coordinator"].post(path, {"do": what, "person": list(people)}).status_code == 303


def test_a_request_gets_ranked_teams_with_their_reasons_and_why_the_second_is_not_the_first(hub: House) -> None:
    path = received(hub)
    body = hub.get("hub coordinator", path).content.decode()
    assert teams(body)[0] == ["Zora ONE", "Zeno TWO", "Zita THREE", "Zelie FIVE"]
    assert "papers take time" in body
    second = body.split("Team 2")[1].split("Team 3")[0]
    assert "After the first team because of this" in second
    assert "Zeki FOUR" in second
    assert "has an interest in the matter" in second
    assert "Zaid SIX" in body.split("In no team, and why")[1]  # the best of all, who did not agree to be asked
    assert "did not agree to be asked" in body
    assert "0 hours of 72" in body


def test_when_one_declines_the_next_best_stands_beside_those_who_accepted(hub: House) -> None:
    path = received(hub)
    press(hub, path, "invite", "R-01", "R-02", "R-03", "R-05")
    press(hub, path, "yes", "R-01")
    press(hub, path, "yes", "R-03")
    press(hub, path, "no", "R-02")
    body = hub.get("hub coordinator", path).content.decode()
    assert teams(body) == [["Zora ONE", "Zita THREE", "Zeki FOUR", "Zelie FIVE"]]
    assert "said no" in body.split("In no team, and why")[1]
    press(hub, path, "invite", "R-04")
    press(hub, path, "yes", "R-04")
    press(hub, path, "yes", "R-05")
    assert "The team is complete" in hub.get("hub coordinator", path).content.decode()
    (asked,) = requests_of(live(hub))
    assert asked.accepted == {"R-01", "R-03", "R-04", "R-05"}


def test_an_answer_of_somebody_who_was_not_asked_counts_for_nothing(hub: House) -> None:
    path = received(hub)
    press(hub, path, "yes", "R-01")
    press(hub, path, "invite", "R-99")
    (asked,) = requests_of(live(hub))
    assert (asked.invited, asked.accepted) == (frozenset(), frozenset())


def test_the_clock_stops_when_the_dossier_of_that_title_is_signed(hub: House) -> None:
    now = clock.now().replace(microsecond=0)
    coordinator = hub.people["hub coordinator"]
    wanted = Request(title="Urgent ZEBRA talks", sides=2, days=5, languages=("ar",), country="SEN")
    (entry,) = coordinator.record.append([RequestReceived(on=clock.today(), at=now - timedelta(hours=50), lamport=0, body=wanted)])
    path = f"/i/{hub.hub}/hub/request/{entry}"
    assert "50 hours of 72 have passed" in hub.get("hub coordinator", path).content.decode()
    opening = InitiativeOpened(on=clock.today(), lamport=0, body=Opening(title=wanted.title, challenge="political dispute", written=clock.today()))
    decision = Decision(decision="go", reason="ready", signed_by=("Z",), as_of=clock.today(), software="x", findings="0" * 64)
    coordinator.record.append([opening, DecisionSigned(on=clock.today(), at=now - timedelta(hours=3), lamport=0, body=decision)])
    assert "The dossier was signed after 47 hours" in hub.get("hub coordinator", path).content.decode()
    (asked,) = requests_of(live(hub))
    assert hours_since(asked, now - timedelta(minutes=1)) == 49


def test_somebody_on_the_roster_speaks_for_himself_by_a_card(hub: House) -> None:
    listed = roster_of(live(hub))
    answer = hub.post("hub coordinator", f"/i/{hub.hub}/hub/person/{listed[0].entry}/card", {"once": "ab" * 16})
    shown = hub.get("hub coordinator", answer.headers["Location"]).content.decode()
    found = re.search(r"\b(?:[a-z]{5}-){6}[a-z]{5}\b", shown)
    assert found is not None
    holder = holder_of_card(desk.store(), serving().home.secret.read(), found.group())
    assert holder is not None
    membership = Membership.of(holder.initiative, holder.identity)
    zora = Placed(browser(Visit(step="card", membership=membership)), membership)
    path = f"/i/{hub.hub}/hub/mine"
    assert path in zora.browser.get(f"/p/{hub.hub}").content.decode()
    wrong = zora.browser.post(path, {"start": "2027-03-09", "end": "2027-03-01", "willing": "on"})
    assert 'role="alert"' in wrong.content.decode()
    told = zora.browser.post(path, {"start": "2027-03-03", "end": "2027-12-01", "willing": "on", "consent_to_be_asked": "on"})
    assert "Received" in told.content.decode()
    body = hub.get("hub coordinator", received(hub)).content.decode()
    assert "Zora ONE" in body.split("In no team, and why")[1]
    assert "is away on one of the days" in body
    again = hub.post("hub coordinator", f"/i/{hub.hub}/hub/person/{listed[0].entry}/card")
    assert again.status_code == 404  # one card a person
    assert zora.browser.get(f"/i/{hub.hub}/hub").status_code == 404


def test_a_change_of_what_is_known_keeps_the_code_and_the_day_of_consent(hub: House) -> None:
    before = roster_of(live(hub))[0]
    hub.post("hub coordinator", f"/i/{hub.hub}/hub/person/{before.entry}", PEOPLE[0] | {"languages": "ar:B1"})
    after = roster_of(live(hub))[0]
    assert (after.expert.person, after.expert.consented_to_be_listed) == ("R-01", before.expert.consented_to_be_listed)
    assert [skill.level for skill in after.expert.languages] == ["B1"]
    assert len(roster_of(live(hub))) == len(PEOPLE)


def test_a_hub_is_opened_by_anybody_with_an_account_and_seen_by_nobody_else(home: House) -> None:
    answer = home.post("facilitator", "/hubs", {"name": "QUAGGA hub"})
    where = answer.headers["Location"]
    assert "QUAGGA hub" in home.get("facilitator", where).content.decode()
    assert "QUAGGA hub" in home.get("facilitator", "/hubs").content.decode()
    assert "QUAGGA" not in home.get("convenor", "/hubs").content.decode()
    for role in ("convenor", "hub coordinator", "operator", "participant A", "anonymous"):
        assert home.get(role, where).status_code in (303, 404)
    assert home.get("convenor", f"/i/{home.tag}/hub").status_code == 404  # an initiative is no hub


@pytest.mark.parametrize(
    ("people", "languages", "seats"),
    [(1, 2, {"facilitator": 1}), (3, 2, {"facilitator": 2, "interpreter": 1}), (4, 1, {"facilitator": 3, "expert": 1})],
)
def test_the_seats_of_a_team_follow_from_its_size_and_its_languages(people: int, languages: int, seats: dict[str, int]) -> None:
    request = Request(title="T", sides=2, days=1, languages=("ar", "fr")[:languages], country="SEN", people=people)
    assert seats_of(request) == seats
