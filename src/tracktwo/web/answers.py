"""What can be answered about a noun of the model: each of its fields, and of what kind the answer is. Forms and pages are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from tracktwo.model.base import CountryCode, Language, Noun, PersonName, SideId, Text
from tracktwo.model.vocabulary import Day, LawAct, Month, PartialDate

How = Literal["words", "number", "yes or no", "choice", "day", "date", "month", "side", "person", "country", "language", "group", "text"]
"""`group` are a few plain fields of a noun inside the noun; `text` is whatever is written as YAML, as in a brief."""

LONG = frozenset(
    "purpose summary what statement note result stalled_because wants harm risk readiness reach mandate code_of_conduct interest closes_gap "
    "spreads_by answer open_because agreed_line sees_us_as could_harm leak_plan re_entry safety consulate_note mode_reason scope host_helps "
    "observance surveillance condition safeguard shows".split()
)
"""Fields in which people write more than a line."""

_TERMS = {
    ("Act", "kind"): "act", ("Activity", "level"): "level", ("Activity", "track"): "track", ("Actor", "kind"): "actor", ("Actor", "level"): "level",
    ("Attempt", "track"): "track", ("Change", "level"): "change-level", ("Convenor", "kind"): "convenor", ("Culture", "host"): "host",
    ("GroundRule", "rule"): "rule", ("Issue", "status"): "issue", ("Observance", "tradition"): "tradition", ("Opening", "challenge"): "challenge",
    ("Opening", "stage"): "stage", ("Party", "kind"): "party", ("PastEvent", "narrative_of"): "narrative", ("PauseTrigger", "kind"): "trigger",
    ("Person", "gender"): "gender", ("Person", "kind"): "person", ("Person", "role"): "role", ("Relation", "kind"): "relation",
    ("Voice", "how"): "voice", ("Wish", "mode"): "mode", ("Grievance", "kind"): "grievance", ("Grievance", "standing"): "standing",
    ("LanguageSkill", "level"): "skill", ("Cost", "every"): "every", ("Pledge", "status"): "pledge", ("TravelDocument", "kind"): "paper",
    ("EntryRuleStated", "rule"): "ruling", ("Exposure", "kind"): "exposure", ("VenueAnswer", "answer"): "venue-answer",
    ("CounselSaid", "effect"): "effect", ("Harm", "how"): "harm", ("Retention", "what"): "held", ("Person", "classes"): "rule-class",
    ("Party", "classes"): "rule-class", ("CounselSaid", "acts"): "law-act", ("PanelWish", "one_of_each"): "one-of",
    ("PanelQuota", "gender"): "gender",
}  # fmt: skip
"""(Noun, field) → the table of the vocabulary that has words for its choices."""


@dataclass(frozen=True)
class Answer:
    """One field of a noun."""

    name: str
    how: How
    several: bool
    optional: bool
    """True where it may be left out altogether."""
    default: Any
    choices: tuple[str, ...] = ()
    term: str = ""
    kind: Any = None
    """The type of the value; of a group its noun."""
    long: bool = False
    named: str = ""
    """The name in files, where it is another one: `from` for `from_`."""
    called: str = ""
    """What the field is called here, where its name means something else in another noun."""

    @property
    def label(self) -> str:
        """The catalogue code of the field's name."""
        return f".facts.field.{self.called or self.name.rstrip('_').replace('_', '-')}"

    def word(self, choice: str) -> str:
        """The catalogue code of a choice."""
        return f"term.{self.term}.{choice.replace(' ', '-')}"


_OTHERWISE: dict[tuple[str, str], How] = {("Side", "id"): "words", ("Setting", "countries"): "country"}
"""A side's own short name is not one of the sides that are there; a setting keeps its countries as plain codes."""

_CALLED = {
    ("EntryRuleStated", "days"): "days-until-paper", ("Retention", "days"): "days-kept", ("Harm", "how"): "harm-how", ("Harm", "to"): "harm-to",
    ("Tool", "agreed"): "agreed-on", ("VenueAnswer", "by"): "said-by", ("CounselSaid", "by"): "said-by",
}  # fmt: skip
"""(Noun, field) → what the field is called in that noun alone."""

_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {("CounselSaid", "acts"): get_args(LawAct)}
"""Fields that files leave open, and in which only these words mean anything."""

_SIMPLE: tuple[tuple[Any, How], ...] = (
    (CountryCode, "country"), (SideId, "side"), (PersonName, "person"), (Language, "language"), (PartialDate, "date"), (Month, "month"), (Day, "day"),
    (Text, "words"), (date, "day"), (str, "words"), (bool, "yes or no"), (int, "number"), (float, "number"), (Decimal, "number"),
)  # fmt: skip


@cache
def answers(noun: type[Noun]) -> tuple[Answer, ...]:
    """The fields of a noun in their order, without the line on which it stood in a brief."""
    hints = get_type_hints(noun, include_extras=True)
    return tuple(_answer(noun, name, hints[name]) for name in noun.model_fields if name != "line")


def _answer(noun: type[Noun], name: str, hint: Any) -> Answer:
    field = noun.model_fields[name]
    optional, hint = _without_none(hint)
    several = get_origin(hint) is tuple and len(get_args(hint)) == 2 and get_args(hint)[1] is Ellipsis
    item = get_args(hint)[0] if several else hint
    how, choices = _how(item)
    how = _OTHERWISE.get((noun.__name__, name), how)
    if (noun.__name__, name) in _CHOICES:
        how, choices = "choice", _CHOICES[noun.__name__, name]
    if how == "text" or (how == "group" and several):
        how, several, kind = "text", False, hint
    else:
        kind = item
    default = None if field.is_required() else field.default
    term = _TERMS.get((noun.__name__, name), "")
    named = field.alias or name
    called = _CALLED.get((noun.__name__, name), "")
    return Answer(name, how, several, optional or not field.is_required(), default, choices, term, kind, name in LONG, named, called)


def _without_none(hint: Any) -> tuple[bool, Any]:
    if get_origin(hint) in (Union, UnionType):
        rest = tuple(one for one in get_args(hint) if one is not type(None))
        if len(rest) < len(get_args(hint)):
            return True, rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007
    return False, hint


def _how(hint: Any) -> tuple[How, tuple[str, ...]]:
    for kind, how in _SIMPLE:
        if hint == kind:
            return how, ()
    if get_origin(hint) is Annotated:
        return _how(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return "choice", tuple(map(str, get_args(hint)))
    if get_origin(hint) in (Union, UnionType) and SideId in get_args(hint):
        return "side", tuple(str(choice) for one in get_args(hint) if get_origin(one) is Literal for choice in get_args(one))
    if isinstance(hint, type) and issubclass(hint, Noun) and all(one.how not in ("group", "text") for one in answers(hint)):
        return "group", ()
    return "text", ()


def given(noun: Noun) -> tuple[tuple[Answer, Any], ...]:
    """The fields of a noun that say something: those that differ from what is taken where nobody says anything."""
    values = [(one, getattr(noun, one.name)) for one in answers(type(noun))]
    return tuple((one, value) for one, value in values if value not in (None, (), {}) and not (one.how == "yes or no" and value == one.default))
