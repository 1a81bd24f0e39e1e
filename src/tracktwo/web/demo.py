"""A demonstration: the example initiatives with an account for every role, in a home of its own. All people in it are fictional."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from tracktwo.library import guide
from tracktwo.model.brief import Brief, LanguageSkill, NoContact, PanelQuota, PanelWish, Person
from tracktwo.record.beginning import opening_of, rooms_for
from tracktwo.record.care import LeakPlan, LeakPlanAgreed, Neutral, NeutralAgreed, NeutralItem
from tracktwo.record.convening import Panel, PanelSettled
from tracktwo.record.entries import Entry, entries_of
from tracktwo.record.hub import Expert, Hub, RosterEntered
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.keeping import Role
from tracktwo.record.membership import accept, found, invite, issue_card
from tracktwo.record.record import Record
from tracktwo.record.revision import stamped
from tracktwo.record.sessions import Item, ProgrammeEntered, Session, SessionPlanned
from tracktwo.record.slots import holder_of_invitation
from tracktwo.record.statements import Ballot, Statement, StatementMade, Translation, TranslationOffered, VotingOpened
from tracktwo.sources.brief import parse_brief
from tracktwo.sources.countries import load_countries
from tracktwo.vault.identity import new_identity
from tracktwo.vault.one_time import STEP, code_at, in_letters, new_one_time_secret
from tracktwo.web import accounts, clock
from tracktwo.web.desk import record_of, store
from tracktwo.web.models import Mark
from tracktwo.web.pages import Entrance
from tracktwo.web.serving import Serving, serving
from tracktwo.web.who import Held, Membership, Who

PASSPHRASE = "walnut lantern meadow harbour"  # noqa: S105 - everybody may know it: it opens examples
_LIVELY = "friendship-of-two-cities"
"""The initiative in which there is more than its brief."""
_ZONE = "Africa/Tunis"
_STATEMENTS = (
    {
        "en": "We should meet again within half a year, whoever pays for it.",
        "ar": "ينبغي أن نلتقي مرة أخرى خلال نصف سنة، أيًّا كان من يدفع.",
        "fr": "Nous devrions nous revoir d’ici six mois, qui que ce soit qui paie.",
    },
    {
        "en": "Each of us can name one thing that the others fear and that we did not know before.",
        "ar": "يستطيع كل منا أن يسمّي شيئًا يخشاه الآخرون ولم نكن نعرفه من قبل.",
        "fr": "Chacun de nous peut nommer une chose que les autres craignent et que nous ignorions.",
    },
    {
        "en": "What is said here may be used, but nobody may say who said it.",
        "ar": "ما يُقال هنا يجوز استعماله، ولا يجوز لأحد أن يقول من قاله.",
        "fr": "Ce qui se dit ici peut servir, mais personne ne peut dire qui l’a dit.",
    },
)
_LEAK_STEPS = (
    "Nobody answers questions alone.",
    "The facilitators call everybody within the hour.",
    "The spokesperson says the agreed line, and nothing else.",
)
_ROSTER = (
    ("Zora Demo", ("facilitator",), ("water",), (("en", "C2"), ("fr", "C1"), ("ar", "B2")), ("TUN",)),
    ("Zeno Demo", ("facilitator",), ("faith",), (("en", "C1"), ("ar", "native")), ("JOR",)),
    ("Zita Demo", ("interpreter",), (), (("fr", "native"), ("ar", "C2")), ("MAR",)),
    ("Zeki Demo", ("interpreter", "facilitator"), ("water",), (("en", "C2"), ("ar", "C1")), ("TUR",)),
    ("Zelie Demo", ("expert",), ("water", "law"), (("en", "C1"), ("fr", "native")), ("SEN",)),
    ("Zaid Demo", ("facilitator", "expert"), ("law",), (("ar", "native"), ("fr", "B2")), ("TUN",)),
)
_INFLUENCE = (4, 7, 2, 5, 6, 5, 3, 8)
"""Of those whom the example invites, in their order: it says nothing of it."""
_MORE_INVITED = (
    Person(name="Lale Demo", sides=("cologne",), gender="woman", youth=True, region="Kalk", influence=6, agreed_to_come=True, fictional=True),
    Person(name="Kurt Demo", sides=("cologne",), gender="man", region="Deutz", influence=9, refused_by=("tunis",), fictional=True),
    Person(name="Jutta Demo", sides=("cologne",), gender="woman", region="Nippes", influence=7, expertise=("school kitchens",), fictional=True),
    Person(name="Samia Demo", sides=("tunis",), gender="woman", influence=7, comes_with=("Mounira Tlatli",), fictional=True),
    Person(name="Naoufel Demo", sides=("tunis",), gender="man", region="Bab Souika", influence=6, agreed_to_come=False, fictional=True),
    Person(name="Leila Demo", sides=("tunis",), gender="woman", youth=True, region="La Marsa", influence=4, agreed_to_come=True, fictional=True),
)
_SPOKEN = {"cologne": (("de", "native"), ("fr", "B2")), "tunis": (("ar", "native"), ("fr", "C1"))}
_SETTLED = (
    "Hildegard Esser", "Piet Scholl", "Roswitha Kaulen", "Lale Demo", "Mounira Tlatli", "Habib Zouaghi", "Rim Oueslati", "Taoufik Ferchichi",
)  # fmt: skip
"""The panel that was settled before some of the others were named."""
_INTERPRETERS = (("Zita Demo", (("de", "C1"), ("fr", "C2"), ("ar", "C2"))), ("Zeki Demo", (("de", "C2"), ("fr", "C1"), ("ar", "C1"))))
_PANEL = PanelWish(
    size=8,
    reserves=3,
    quotas=(PanelQuota(gender="woman", min=4), PanelQuota(side="cologne", min=4, max=4), PanelQuota(youth=True, min=2)),
    apart=(NoContact(one="Murat Akbulut", other="Habib Zouaghi", why="They have not spoken since a feast in 2024."),),
    competences=("school kitchens",),
)


@dataclass(frozen=True)
class Furnished:
    """What the terminal says of a demonstration."""

    secret: bytes
    """Of the second factor of every account."""
    lines: tuple[str, ...]


def furnish(here: Serving) -> Furnished:
    """Fill an empty home. Django is set up for it."""
    secret = new_one_time_secret()
    on = clock.today()
    with transaction.atomic():
        Mark.objects.create(name="demo", value="1")
        Mark.objects.create(name="entrance", value=Entrance(name="Morning walk", icon="tree").model_dump_json())
        begun = {name: _initiative(text, name, on) for name, text in guide.examples().items()}
        first = begun[_LIVELY]
        cards = _people(first, on)
        helper = _colleague(first, on)
        _live(first, on)
        hub = _hub(on)
        _account("convenor", Held(memberships=tuple(_of(record) for record in begun.values())), secret)
        _account("facilitator", Held(memberships=(helper,)), secret)
        _account("coordinator", Held(memberships=(_of(hub),)), secret)
        _account("operator", Held(operator=True), secret)
    for record in (*begun.values(), hub):
        here.home.remember(record.initiative, store().heads(record.initiative))
    connection.close()
    return Furnished(secret, tuple(_lines(here, secret, cards)))


def code_now(secret: bytes) -> str:
    """The code that a telephone would show now."""
    return code_at(secret, time.time())


def _lines(here: Serving, secret: bytes, cards: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "A demonstration. Everything in it is fictional, and it is deleted when you end it."
    yield f"Team: {here.address}/team - handles convenor, facilitator, coordinator (of a hub) and operator; the passphrase of each is"
    yield f"    {PASSPHRASE}"
    yield f"Code of the second factor now: {code_now(secret)}; each works once an account, and Enter prints the next one."
    yield f"    for an app on a telephone: {in_letters(secret)}"
    yield f"Cards, to be typed in at {here.address}:"
    for who, words in cards:
        yield f"    {who:<24} {words}"


def _of(record: Record) -> Membership:
    return Membership.of(record.initiative, record.identity)


def _begin(rooms: Sequence[str], name: str, on: date, entries: Sequence[Entry]) -> Record:
    home, identity, initiative = serving().home, new_identity(), os.urandom(16)
    replica = home.replica(initiative, identity.member)
    record = found(store(), home.secret.read(), replica, rooms, name=name, on=on, identity=identity, initiative=initiative)
    record.append(entries)
    return record


def _initiative(text: str, name: str, on: date) -> Record:
    brief = parse_brief(text, f"{name}.yaml", load_countries().resolve)
    entries = stamped(entries_of(_convened(brief) if name == _LIVELY else brief, on))
    return _begin([*rooms_for(entries), "logistics"], brief.convenor.name if brief.convenor else "convenor", on, entries)


def _convened(brief: Brief) -> Brief:
    """The example with more people than seats, so that there is a panel to choose, and with somebody who interprets."""
    known = [person.model_copy(update={"influence": influence}) for person, influence in zip(brief.invited, _INFLUENCE, strict=True)]
    more = [person.model_copy(update={"languages": _skills(_SPOKEN[person.sides[0]])}) for person in _MORE_INVITED]
    helping = [
        Person(name=name, role="interpreter", languages=_skills(spoken), accepted_by=("cologne", "tunis"), fictional=True)
        for name, spoken in _INTERPRETERS
    ]
    return brief.model_copy(update={"invited": (*known, *more), "team": (*brief.team, *helping), "panel": _PANEL})


def _skills(languages: Sequence[tuple[str, str]]) -> tuple[LanguageSkill, ...]:
    return tuple(LanguageSkill.model_validate({"tag": tag, "level": level}) for tag, level in languages)


def _account(handle: str, held: Held, secret: bytes) -> None:
    made = accounts.make(handle, PASSPHRASE, held)
    earlier = clock.now().timestamp() - STEP  # so that the code of now is still good at the first login
    accounts.enrol(Who(b"", made, held), secret, code_at(secret, earlier))


def _people(record: Record, on: date) -> list[tuple[str, str]]:
    """Cards for one participant of each of the first two sides, and for everybody who helps."""
    initiative = replay(record.read().entries)
    wanted: list[tuple[str, Role, str | None]] = [(f"participant, {side.id}", "participant", side.id) for side in initiative.table[:2]]
    wanted += [(role, role, None) for role in ("evaluator", "interpreter", "logistics")]
    cards = []
    for shown, role, side in wanted:
        person = next((member for member in initiative.of_side(side) if member.person.kind == "person"), None) if side else None
        name = person.person.name if person else f"Zelda Demo ({role})"
        cards.append((shown, issue_card(record, name, role, side, on, person=person.code if person else None).words))
    return cards


def _colleague(record: Record, on: date) -> Membership:
    admitted = invite(record, "Zenobia Demo", "facilitator", on, clock.now() + timedelta(hours=1))
    invited = holder_of_invitation(store(), admitted.words, clock.now())
    assert invited is not None
    return _of(accept(record_of(Membership.of(*invited)), on))


def _live(record: Record, on: date) -> None:
    """A meeting that is planned, statements that can be voted on, and what was agreed for bad days."""
    initiative = replay(record.read().entries)
    day = initiative.wish.starts or on + timedelta(days=30)
    statements = [Statement(text=texts["en"], language="en", number=number) for number, texts in enumerate(_STATEMENTS, 1)]
    made = record.append([StatementMade(on=on, lamport=0, body=statement) for statement in statements])
    others = [
        Translation(statement=name, language=tag, text=texts[tag], status="pasted")
        for name, texts in zip(made, _STATEMENTS, strict=True)
        for tag in ("ar", "fr")
    ]
    record.append([TranslationOffered(on=on, lamport=0, body=translation) for translation in others])
    record.append([VotingOpened(on=on, lamport=0, body=Ballot(statements=made)), *_programme(day, on), *_agreed(initiative, day, on)])
    chosen = [member.code for member in initiative.members if member.invited and member.person.name in _SETTLED]
    record.append([PanelSettled(on=on, lamport=0, body=Panel(people=tuple(chosen), signed_by="Annegret Prüm"))])


def _programme(day: date, on: date) -> Iterator[Entry]:
    sessions = (("Arriving", "needs and fears", "09:00", "10:30"), ("What each needs", "needs and fears", "11:00", "12:30"))
    for name, stage, start, end in sessions:
        body = Session(session=name, stage=stage, day=day, start=start, end=end, zone=_ZONE, neutral="Conversation")
        yield SessionPlanned(on=on, lamport=0, body=body)
    for kind, what, start, end in (("break", "Tea", "10:30", "11:00"), ("meal", "Lunch", "12:30", "14:00")):
        yield ProgrammeEntered(on=on, lamport=0, body=Item(kind=kind, what=what, day=day, start=start, end=end, zone=_ZONE))


def _agreed(initiative: Initiative, day: date, on: date) -> Iterator[Entry]:
    sides = tuple(side.id for side in initiative.table)
    meal = NeutralItem(what="meal", day=day, start="12:30", end="14:00", zone=_ZONE)
    talk = NeutralItem(what="session", day=day, start="09:00", end="12:30", zone=_ZONE)
    yield NeutralAgreed(on=on, lamport=0, body=Neutral(title="A weekend of conversation", items=(talk, meal), agreed_with=sides))
    plan = LeakPlan(steps=_LEAK_STEPS, spokesperson="the convenor", line="Friends of both places meet; what they say there is theirs.")
    yield LeakPlanAgreed(on=on, lamport=0, body=plan)


def _hub(on: date) -> Record:
    """A hub with a roster of which everybody consented to be asked."""
    coordinator = _begin(["team", "plenary"], "Zarah Demo", on, opening_of(Hub(name="A hub", languages=("en", "fr", "ar")), on))
    listed: list[Entry] = []
    for number, (name, roles, competences, languages, nationalities) in enumerate(_ROSTER, 1):
        expert = Expert(
            person=f"R-{number:02d}",
            name=name,
            roles=roles,
            competences=competences,
            languages=tuple(LanguageSkill(tag=tag, level=level) for tag, level in languages),
            nationalities=nationalities,
            consented_to_be_listed=on,
        )
        listed.append(RosterEntered(on=on, lamport=0, about=expert.person, body=expert))
    coordinator.append(listed)
    return coordinator
