"""What each address of the private entrance is expected to do, written down beside the code and not taken from it: a new address needs a row here."""

from __future__ import annotations

STEWARDS = frozenset({"convenor", "facilitator"})
ACCOUNTS = STEWARDS | {"other initiative", "hub coordinator", "operator"}
CARDS = frozenset({"participant A", "participant B", "evaluator", "interpreter", "logistics", "roster"})
"""Visits that began with a card; that of somebody who was let out is over."""
HOLDERS = STEWARDS | (CARDS - {"roster"})
SEATED = frozenset({"participant A", "participant B", "interpreter"})
PARTICIPANTS = frozenset({"participant A", "participant B"})
EVERYBODY = frozenset(
    {"anonymous", "invited", "former", "other initiative", "roster", "hub coordinator", "operator"} | STEWARDS | (CARDS - {"roster"})
)
NOBODY: frozenset[str] = frozenset()
JOURNEYS = STEWARDS | {"logistics"}

ROWS: dict[str, frozenset[str]] = {
    # The entrance
    "entrance": EVERYBODY,
    "sign-in": EVERYBODY,
    "recover": EVERYBODY,
    "join": EVERYBODY,
    "leave": EVERYBODY,
    "language": EVERYBODY,
    "poll": EVERYBODY,
    "code": NOBODY,
    "enrol": NOBODY,
    "recovery": NOBODY,
    "resting": NOBODY,
    "neutral": ACCOUNTS | CARDS,
    "initiatives": ACCOUNTS,
    "server": frozenset({"operator"}),
    "server-handed": frozenset({"operator"}),
    # Hard places
    "happened": HOLDERS,
    "settle": STEWARDS,
    "agreements": STEWARDS,
    "own-view": STEWARDS,
    # People and journeys
    **dict.fromkeys(("people", "people-invitation", "people-cards", "people-helper", "handing", "people-out", "people-room"), STEWARDS),
    "journeys": JOURNEYS,
    "journey": JOURNEYS,
    "travel-papers": STEWARDS,
    # What concerns single people
    **dict.fromkeys(("concerned", "case"), STEWARDS),
    # Who is convened, and who sits with whom
    **dict.fromkeys(("panel", "seating", "seating-plan", "seating-paper", "seating-paper-codes"), STEWARDS),
    # The six considerations and what they rest on
    **dict.fromkeys(("overview", "consideration", "fact-new", "fact", "fact-withdraw", "fact-keep", "fact-history"), STEWARDS),
    # The dialogue, for the team
    **dict.fromkeys(("dialogue", "plan", "plan-again", "session", "part-new", "part", "destroy", "quote"), STEWARDS),
    **dict.fromkeys(("inbox", "put-away", "ground-rules", "take-down"), STEWARDS),
    **dict.fromkeys(("voting", "open-or-close", "translate", "papers", "papers-done", "paper"), STEWARDS),
    # The dialogue, for those who sit in the room
    "place": CARDS,
    "place-home": HOLDERS - STEWARDS,
    "place-rules": SEATED,
    "days": SEATED,
    "calendar": SEATED,
    "statements": SEATED,
    "propose": PARTICIPANTS,
    "worry": PARTICIPANTS,
    "vote": PARTICIPANTS | {"evaluator", "interpreter", "logistics", "roster"},  # the room of the statement decides, whose key they may not hold
    "survey": PARTICIPANTS,
    **dict.fromkeys(("decision", "ethics", "decision-signed", "follow-up", "action-done", "follow-up-person", "working"), STEWARDS),
    **dict.fromkeys(("programme", "programme-new", "programme-item", "programme-out", "programme-calendar", "planning"), STEWARDS),
    **dict.fromkeys(("download", "download-files"), STEWARDS),
    **dict.fromkeys(("record", "record-history", "record-verify", "record-bundle", "record-merge"), STEWARDS),
    **dict.fromkeys(("record-share", "record-publish", "record-erase"), STEWARDS),
    # Hubs: the matrix looks at an initiative that is none, so nobody gets in by these addresses but to his own list of hubs
    "account": ACCOUNTS,
    "settings": STEWARDS,
    "hubs": ACCOUNTS,
    **dict.fromkeys(("hub", "hub-person-new", "hub-person", "hub-card", "hub-request"), NOBODY),
    "hub-mine": PARTICIPANTS,
    "download-file": NOBODY,  # the files of a job belong to whoever asked for it, and here nobody has
    # New initiatives: a draft is its writer's own
    "new": ACCOUNTS,
    **dict.fromkeys(("new-review", "new-discard", "new-step"), frozenset({"convenor"})),
    # Surveys and evaluation
    "evaluation": STEWARDS | {"evaluator"},
    "snapshot": STEWARDS,
    "share-theory": STEWARDS,
    "ask": STEWARDS,
    "answers": STEWARDS,
}
"""Name of an address → the roles before whom its door opens."""
