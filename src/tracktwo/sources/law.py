"""Rules of law on contact with listed parties: the base that ships, a user's own rules beside it, and plans to read them for.

Rules and plans write countries as ISO alpha-2; `law_country` leads there from the alpha-3 that the rest of tracktwo speaks.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tracktwo.model.base import Noun
from tracktwo.model.law import LawActor, LegalPlan, PlannedAct, Rule, Setting, Vocabulary
from tracktwo.model.world import Provenance
from tracktwo.sources.countries import load_countries
from tracktwo.sources.reasons import field_name, reason, shown
from tracktwo.sources.table import UnreadableSource, open_text, shipped_table

OWN = "own:"
"""How the key of a user's own list begins."""
MAX_LETTERS = 20_000_000
_FORMS = {
    "[A-Z]{2}(-": "an ISO alpha-2 code such as GB, or alpha-3 such as GBR",
    "own:": "a list by its key, such as UN-SC1988 or own:ministry",
    "[a-z][a-z0-9-]": "a word of the vocabulary, such as provide-lodging",
    "[A-Z]{3}": "a currency code such as EUR",
    "[A-Za-z0-9.:-]": "an id of letters, digits, dots, colons and hyphens",
}
_PAYER = re.compile(r"currenc|fund|payer|transit|route|bank")
_KEPT_APART = frozenset({"expected", "why", "last_line"})
"""Fields of a scenario that say what should come out: they are no part of the plan."""
_USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|EU|UN")
"""Codes that ISO 3166-1 leaves to users or reserves, among them XX for what is not known."""
_N = TypeVar("_N", bound=Noun)


@dataclass(frozen=True)
class Law:
    """The rules that ship, their vocabulary, and what they do not cover."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    not_covered: tuple[str, ...]
    provenance: Provenance


@functools.cache
def load_law() -> Law:
    """Return the shipped rules, in the order of the file. Raises UnreadableSource where a file of the package is damaged."""
    table = shipped_table("law", "rules")
    vocabulary = _noun(Vocabulary, _json(shipped_table("law", "vocabulary").path), "vocabulary.json")
    with open_text(shipped_table("law", "not-covered").path) as file:
        not_covered = tuple(line.strip() for line in file if line.strip())
    return Law(read_rules(table.path, vocabulary), vocabulary, not_covered, table.provenance)


def law_country(alpha3: str) -> str:
    """Return the alpha-2 code under which the rules know a country; XX for a code that no country has."""
    known = load_countries().get(alpha3)
    return known.alpha2 if known else "XX"


def read_rules(path: Path, vocabulary: Vocabulary, beside: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """Read rules, one JSON object a line, and hold each against the vocabulary and the rules beside which it will stand.

    Raises UnreadableSource with the first fault: the line, the field and what would be right, and how many more there are.
    """
    rules: list[tuple[int, Rule]] = []
    faults: list[str] = []
    for number, text in enumerate(_text(path).splitlines(), 1):
        if not text.strip():
            continue
        try:
            rules.append((number, _noun(Rule, _parsed(text, f"{path.name}, line {number}"), f"{path.name}, line {number}")))
        except UnreadableSource as error:
            faults.append(str(error))
    if not rules and not faults:
        raise UnreadableSource(f"{path.name} holds no rule; write one JSON object a line, as in rules.jsonl")
    faults += _faults(path.name, rules, vocabulary, {rule.id: rule for rule in beside})
    if faults:
        raise UnreadableSource(faults[0] + (f" ({len(faults) - 1} more after that)" if len(faults) > 1 else ""))
    return tuple(rule for _, rule in rules)


def _faults(name: str, rules: list[tuple[int, Rule]], vocabulary: Vocabulary, beside: Mapping[str, Rule]) -> Iterator[str]:
    """What no line shows by itself: words that the vocabulary lacks, ids that stand twice, permissions that lift what they cannot."""
    all_rules = {**beside, **{rule.id: rule for _, rule in rules}}
    first: dict[str, int] = {}
    for line, rule in rules:
        place = f"{name}, line {line}, {rule.id}"
        if rule.id in beside:
            yield f"{place}: the base that ships has a rule with this id; give yours another"
        if first.setdefault(rule.id, line) != line:
            yield f"{place}: the id stands already in line {first[rule.id]}; give each rule its own"
        for n, said in enumerate(rule.acts, 1):
            if said.act not in vocabulary.acts:
                yield f"{place}: acts[{n}].act '{said.act}' is no act of the vocabulary{_near(said.act, vocabulary.acts)}"
        for n, target in enumerate(rule.targets, 1):
            known: Iterable[str] = vocabulary.lists if target.kind == "list" else vocabulary.classes
            key = target.key or ""
            if target.kind in ("list", "class", "conduct") and key not in known and not (target.kind == "list" and key.startswith(OWN)):
                yield f"{place}: targets[{n}].key '{key}' is no {target.kind} of the vocabulary{_near(key, known)}"
        for n, other in enumerate(rule.overrides, 1):
            if other not in all_rules:
                yield f"{place}: overrides[{n}] '{other}' is the id of no rule{_near(other, all_rules)}"
            elif all_rules[other].jurisdiction != rule.jurisdiction:
                yield (
                    f"{place}: overrides[{n}] '{other}' is law of {all_rules[other].jurisdiction}, which a permission of {rule.jurisdiction} "
                    "cannot lift; name rules of the same jurisdiction"
                )


@dataclass(frozen=True)
class PlansRead:
    """Plans of a file in its order, and what the user should know: words that no rule of the base names."""

    plans: tuple[LegalPlan, ...]
    remarks: tuple[str, ...]


def read_plans(path: Path, vocabulary: Vocabulary, rules: Iterable[Rule]) -> PlansRead:
    """Read planned meetings from JSON: a list of scenarios, or one. Countries may be alpha-2 or alpha-3.

    What a scenario expects as its answer is left aside. Raises UnreadableSource with the file, the scenario, the field and what would be right.
    """
    content = _json(path)
    entries = content if isinstance(content, list) else [content]
    plans: list[LegalPlan] = []
    remarks: list[str] = []
    own = {target.key for rule in rules for target in rule.targets if target.kind == "list"}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise UnreadableSource(
                f"{path.name}: [{number}] should be a scenario with id, title, date, setting, actors and plan, not {_given(entry)}"
            )
        name = entry.get("id")
        place = f"{path.name}, {shown(name)}" if isinstance(name, str) and name.strip() else f"{path.name}, scenario {number}"
        _refuse_payers(entry, place)
        kept = _read_fields({key: value for key, value in entry.items() if key not in _KEPT_APART}, place, remarks)
        plan = _noun(LegalPlan, _with_alpha2(kept), place)
        _hold_against(plan, vocabulary, place)
        plans.append(plan)
        remarks += _remarks(plan, vocabulary, own, place)
    return PlansRead(tuple(plans), tuple(dict.fromkeys(remarks)))


_READ: Mapping[str, type[Noun]] = {"setting": Setting, "actors": LawActor, "plan": PlannedAct}


def _read_fields(entry: dict[str, Any], place: str, remarks: list[str]) -> dict[str, Any]:
    """The entry without fields of which no rule asks, each remarked on. What may be a slip of a known field stays, to be refused."""

    def kept(group: Any, noun: type[Noun], path: str) -> Any:
        if not isinstance(group, dict):
            return group
        known = _fields(noun)
        unread = [key for key in group if key not in known and not _near(str(key), known)]
        remarks.extend(f"{place}: the field {path}{shown(key)} is not read; no rule asks for it" for key in unread)
        return {key: value for key, value in group.items() if key not in unread}

    found: dict[str, Any] = kept(entry, LegalPlan, "")
    for field, noun in _READ.items():
        value = found.get(field)
        if isinstance(value, list):
            found[field] = [kept(one, noun, f"{field}[{n}].") for n, one in enumerate(value, 1)]
        elif field in found:
            found[field] = kept(value, noun, f"{field}.")
    return found


def _refuse_payers(entry: Mapping[str, Any], place: str) -> None:
    """Alternatives that would move money or people around a rule are not read at all."""
    offered = entry.get("alternatives")
    kinds = offered if isinstance(offered, dict) else {}
    named = [str(key) for key in kinds] + [
        str(key) for value in kinds.values() if isinstance(value, list) for one in value if isinstance(one, dict) for key in one
    ]
    around = next((key for key in named if _PAYER.search(key)), None)
    if around is not None:
        raise UnreadableSource(
            f"{place}: alternatives hold '{around}'; a change of payer, currency or route is never proposed, so offer venues, dates and people only"
        )


def _hold_against(plan: LegalPlan, vocabulary: Vocabulary, place: str) -> None:
    """Raise UnreadableSource for an act that the vocabulary lacks and for a country that does not exist: no rule could ever match either."""
    acts = [(f"plan[{n}].act", line.act) for n, line in enumerate(plan.plan, 1)]
    acts += [(f"counsel[{n}].acts", act) for n, said in enumerate(plan.counsel, 1) for act in said.acts]
    for field, act in acts:
        if act not in vocabulary.acts:
            raise UnreadableSource(f"{place}: {field} '{act}' is no act of the vocabulary{_near(act, vocabulary.acts)}")
    known = {country.alpha2 for country in load_countries()}
    for field, code in _codes(plan):
        if len(code) == 2 and code not in known and not _USER_ASSIGNED.fullmatch(code):
            hint = "the United Kingdom is GB" if code == "UK" else "write XX for what is not known"
            raise UnreadableSource(f"{place}: {field} '{code}' is the ISO code of no country; {hint}")


def _codes(plan: LegalPlan) -> Iterator[tuple[str, str]]:
    for n, actor in enumerate(plan.actors, 1):
        yield from ((f"actors[{n}].nationality[{m}]", code) for m, code in enumerate(actor.nationality, 1))
        for field in ("residence", "present_in", "seat", "official_of"):
            if (code := getattr(actor, field)) is not None:
                yield f"actors[{n}].{field}", code
    if plan.setting.venue is not None:
        yield "setting.venue", plan.setting.venue
    for field in ("transit", "funders", "territories"):
        yield from ((f"setting.{field}[{n}]", code) for n, code in enumerate(getattr(plan.setting, field), 1))
    yield from ((f"alternatives.venues[{n}].venue", offered.venue) for n, offered in enumerate(plan.alternatives.venues, 1))


def _remarks(plan: LegalPlan, vocabulary: Vocabulary, own: set[str | None], place: str) -> Iterator[str]:
    for actor in plan.actors:
        for key in actor.lists or ():
            if key not in vocabulary.lists and key not in own:
                yield f"{place}: {actor.id} is on '{key}', a list that no rule of this base names{_near(key, vocabulary.lists)}"
        for word in actor.classes:
            if word not in vocabulary.classes:
                yield f"{place}: {actor.id} is of the class '{word}', which no rule of this base names{_near(word, vocabulary.classes)}"


_COUNTRY_FIELDS = frozenset({"nationality", "residence", "present_in", "seat", "official_of", "venue", "transit", "funders", "territories"})


def _with_alpha2(value: Any, field: str = "") -> Any:
    """The same value with alpha-3 codes of countries written as alpha-2 where a country is asked for."""
    if isinstance(value, dict):
        return {key: _with_alpha2(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_alpha2(inner, field) for inner in value]
    if field in _COUNTRY_FIELDS and isinstance(value, str) and re.fullmatch("[A-Z]{3}", value):
        known: Callable[[str], Any] = load_countries().get
        return known(value).alpha2 if known(value) else value
    return value


def _text(path: Path) -> str:
    with open_text(path) as file:
        try:
            text = file.read(MAX_LETTERS + 1)
        except (EOFError, OSError, UnicodeError) as error:
            raise UnreadableSource(f"{path.name} is damaged or cut off; save it again as UTF-8") from error
    if len(text) > MAX_LETTERS:
        raise UnreadableSource(f"{path.name} is longer than {MAX_LETTERS:,} letters; give a smaller file")
    return text


def _json(path: Path) -> Any:
    return _parsed(_text(path), path.name)


def _parsed(text: str, place: str) -> Any:
    """The value that JSON text holds. Raises UnreadableSource, also for a field that is written twice, of which one would be lost."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            doubled = next(name for name in names if names.count(name) > 1)
            raise UnreadableSource(f"{place}: the field '{shown(doubled)}' is written twice in one group; keep one")
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        where = "" if error.lineno == 1 and "line " in place else f", line {error.lineno}"
        raise UnreadableSource(f"{place}{where}, column {error.colno}: this is not JSON ({error.msg}); check quotes, commas and brackets") from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, UnreadableSource):
            raise
        raise UnreadableSource(f"{place}: this is not JSON that can be read; check brackets and numbers") from error


def _noun(kind: type[_N], content: Any, place: str) -> _N:
    """The content as a noun. Raises UnreadableSource with the first field at fault."""
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        faults = error.errors()
        more = f" ({len(faults) - 1} more after that)" if len(faults) > 1 else ""
        raise UnreadableSource(f"{place}: {_sentence(faults[0], kind)}{more}") from error


def _sentence(fault: ErrorDetails, kind: type[Noun]) -> str:
    name = field_name(tuple(fault["loc"]))
    return f"{name} {_wrong(fault, kind)}" if name else _wrong(fault, kind)


def _wrong(fault: ErrorDetails, kind: type[Noun]) -> str:
    """What is wrong with a value of JSON, to be read after its field."""
    sort, value = fault["type"], fault["input"]
    if sort == "extra_forbidden":
        field = str(fault["loc"][-1])
        group = next((noun for name, noun in _READ.items() if kind is LegalPlan and fault["loc"][0] == name), kind)
        return f"is no field that is known here{_near(field, _fields(group))}"
    if sort == "missing":
        return "is missing"
    if sort == "too_short":
        return "is empty; it needs at least one entry"
    if sort in ("tuple_type", "list_type"):
        return f'should be a list in square brackets, such as ["GB"], not {_given(value)}'
    if sort in ("model_type", "model_attributes_type", "dict_type"):
        return f"should be a group of fields in curly brackets, not {_given(value)}"
    if sort == "string_pattern_mismatch":
        pattern = fault.get("ctx", {}).get("pattern", "")
        form = next((words for part, words in _FORMS.items() if part in pattern), "the form that the vocabulary shows")
        return f"should be {form}, not {_given(value)}"
    return reason(fault)


def _fields(kind: type[Noun]) -> list[str]:
    return [info.alias or name for name, info in kind.model_fields.items()]


def _given(value: object) -> str:
    return shown(value) if isinstance(value, dict | list | tuple) else f"'{shown(value)}'"


def _near(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(found)}?" if found else ""
