"""Writes the reference pages that the code itself knows best: briefs, dossiers, the rows of the checklist, the command line."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from babel.messages.pofile import read_po

from tracktwo.cli import app_for
from tracktwo.dossier.document import dossier_schema
from tracktwo.model import brief, rounds, schedule
from tracktwo.model.base import Stated
from tracktwo.model.rows import ROWS

DOCS = Path(__file__).resolve().parent
CATALOGUE = DOCS.parent / "src" / "tracktwo" / "dossier" / "locale" / "en" / "LC_MESSAGES" / "rows.po"
HEADINGS = {
    "assessment": "1 Assessing the landscape",
    "feasibility": "2 Feasibility",
    "strategy": "3 Strategy",
    "process": "4 Process",
    "follow_up": "5 Follow-up",
    "evaluation": "6 Evaluation",
}


def schema() -> str:
    """The JSON Schema of a brief."""
    return json.dumps(brief.Brief.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def brief_page() -> str:
    """Every noun of a brief with its fields: what may stand in each, and what it is for."""
    whole = json.loads(schema())
    nouns = {"Brief": whole, **whole["$defs"]}
    head = [
        "# The brief",
        "",
        "A brief is one YAML file, format `brief/1`. Only `title` and `parties` must stand in it; each further field turns an unknown of the dossier",
        "into an answer. A field that no brief has, or a value that cannot be, is refused with one sentence that names the line.",
        "",
        "Dates are written `2027-02-15`; where the table says *known to the year, month or day*, also `2027-02` and `2027`. A country is its ISO",
        "code (`CAF`) or its name. Languages are BCP 47 tags (`fr`, `sg`, `zh-Hant`), currencies ISO 4217 codes (`EUR`). YAML anchors and aliases",
        "(`&`, `*`) are refused. The same as a JSON Schema for editors: [brief.schema.json](brief.schema.json).",
        "",
        "This page is written by `make reference` from the code that reads briefs.",
        "",
    ]
    ordered = sorted(nouns, key=lambda name: name != "Brief")
    return "\n".join([*head, *(line for name in ordered for line in _noun(name, nouns[name]))]).rstrip() + "\n"


def programme_page() -> str:
    """Every noun of a programme's SPEC with its fields."""
    whole = schedule.Schedule.model_json_schema(by_alias=True)
    nouns = {"Schedule": whole, **whole["$defs"]}
    head = [
        "# The SPEC of a programme",
        "",
        "`tracktwo programme SPEC` reads one YAML file, format `programme-spec/1`. `title` must stand in it, with `days` and something to place,",
        "or with an `arc`. [How to plan a programme](../how-to/programme.md) shows one. A field that no SPEC has, or a value that cannot be, is",
        "refused with one sentence that names the line.",
        "",
        "Clock times are written `HH:MM` and are those of the day they stand in; a time that a change of the clocks leaves out or has twice",
        "is refused. Days are counted from 1. People are known by code; `all` means every participant and facilitator, `side:north` a side,",
        "`role:observer` a role. YAML anchors and aliases (`&`, `*`) are refused.",
        "",
        "**Rules**: each session takes place once, in the hours of its day, on its days, in a room with a seat for everybody who is named;",
        "nobody is at two things at once; absences, hours, observances, pauses and ways are kept; stages follow Kelman's order, and `after`",
        "and `together` hold.",
        "",
        "**Wishes**, each made as small as can be before the next: items moved against an earlier programme; seats short of `demand`; wishes",
        "missed, in points (4 for each day beside the wished one, 2 for another part of the day, 1 for each half hour that work goes on after",
        "18:30, 1 for work in the last two hours of a fast); the longest day of work of anybody. How early things then lie in their day is",
        "found by a short search that claims nothing.",
        "",
        "This page is written by `make reference` from the code that reads SPECs.",
        "",
    ]
    ordered = sorted(nouns, key=lambda name: name != "Schedule")
    return "\n".join([*head, *(line for name in ordered for line in _noun(name, nouns[name]))]).rstrip() + "\n"


def _noun(name: str, noun: dict[str, Any]) -> Iterator[str]:
    words, types = _attributes(next(getattr(module, name) for module in (brief, schedule, rounds) if hasattr(module, name)))
    yield f"## {name}"
    yield ""
    yield noun.get("description", "").split("\n")[0]
    yield ""
    yield "| Field | May hold | |"
    yield "| --- | --- | --- |"
    for field, value in noun["properties"].items():
        attribute = field if field in types else f"{field}_"
        note = " ".join([*(["Needed."] if field in noun.get("required", []) else []), words.get(attribute, "")]).strip()
        yield f"| `{field}` | {_holds(value, types[attribute])} |{f' {note} ' if note else ' '}|"
    yield ""


def _attributes(noun: type[Stated]) -> tuple[dict[str, str], dict[str, str]]:
    """The docstring that follows a field in the source, and the name of the type that we gave its text, both by field name."""
    words: dict[str, str] = {}
    types: dict[str, str] = {}
    for parent in noun.__bases__:
        if issubclass(parent, Stated) and parent is not Stated:
            words, types = _attributes(parent)
    body = ast.parse(inspect.getsource(noun)).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, after in zip(body.body, [*body.body[1:], ast.Pass()], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            annotation = ast.unparse(field.annotation)
            types[field.target.id] = next((text for name, text in _TEXTS.items() if re.search(rf"\b{name}\b", annotation)), "words")
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                words[field.target.id] = " ".join(str(after.value.value).split())
    return words, types


_TEXTS = {
    "PartialDate": "date, known to the year, month or day",
    "Month": "month",
    "CountryCode": "country",
    "Language": "language",
    "Currency": "currency",
    "SideId": "side id",
    "Clock": "time of day",
    "Code": "code",
    "Who": "code or group",
}
"""The types of text in the model, and what a person calls them."""
_PLAIN = {"integer": "whole number", "number": "number", "boolean": "true or false", "null": ""}


def _holds(value: dict[str, Any], text: str) -> str:
    if "$ref" in value:
        noun = value["$ref"].rsplit("/", 1)[1]
        return f"[{noun}](#{noun.lower()})"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if "anyOf" in value:
        kinds = {option.get("type") for option in value["anyOf"]}
        options = [_holds(option, text) for option in value["anyOf"] if not (option.get("type") == "string" and "number" in kinds)]  # an amount
        return " or ".join(dict.fromkeys(option for option in options if option))
    if value.get("type") == "object":
        return "words by language, `{fr: …, ar: …}`"
    if value.get("type") == "array":
        return f"list of {_holds(value['items'], text)}"
    if value.get("format") == "date":
        return "date"
    if "minimum" in value or "maximum" in value:
        return f"{_PLAIN[value['type']]}, {value.get('minimum', '…')} to {value.get('maximum', '…')}"
    if "pattern" in value and text == "words":
        return "small letters, digits and hyphens"
    return text if value.get("type", "string") == "string" else _PLAIN[value["type"]]


def rows_page() -> str:
    """Every row of the checklist with its question."""
    with CATALOGUE.open("rb") as file:
        questions = {message.id: str(message.string) for message in read_po(file, locale="en")}
    lines = [
        "# The rows of the checklist",
        "",
        "A dossier answers every one of these questions: with a finding and its evidence, or with *unknown*, whom to ask, and which decision",
        "needs the answer.",
        "The letters follow the six considerations of Track II work.",
        "",
    ]
    for consideration, rows in ROWS.items():
        lines += [
            f"## {HEADINGS[consideration]}",
            "",
            "| Row | Question |",
            "| --- | --- |",
            *(f"| {row} | {questions['row.' + row]} |" for row in rows),
            "",
        ]
    return re.sub(r"\n+$", "\n", "\n".join(lines))


def cli_page() -> str:
    """Every verb of the command line with its arguments and options."""
    head = [
        "# The command line",
        "",
        "Exit code 0: answered, and an unknown is an answer. 2: something given cannot be used; one sentence on stderr says what. 3: our fault.",
        "130: stopped by the user; nothing was written. With `--json`, stdout holds JSON alone, with its format under `format`.",
        "",
        "`tracktwo --version` prints the version, `-h` or `--help` after any verb what it takes.",
        "",
        "This page is written by `make reference` from the code.",
        "",
        "## Formats of --json",
        "",
        "| `format` | Printed by | Beside it |",
        "| --- | --- | --- |",
        *(f"| `{name}` | `tracktwo {verb}` | {keys} |" for name, (verb, keys) in FORMATS.items()),
        "",
        "`constitute` also writes `dossier.json`, format [dossier/1](dossier.md). `law check` prints a plain list, one entry for "
        "each plan: `id`, and",
        "`answers` with `act`, `effect`, `rules`, `overridden`, `duties`, `stale`, `last_line` in the order of the plan.",
        "",
    ]
    return "\n".join([*head, *_verbs(typer.main.get_command(app_for()), "tracktwo")]).rstrip() + "\n"


def _verbs(command: Any, name: str) -> Iterator[str]:
    for word, verb in getattr(command, "commands", {}).items():
        yield from _verbs(verb, f"{name} {word}")
    if hasattr(command, "commands"):
        return
    yield from (f"## {name}", "", " ".join((command.help or "").split()), "")
    if command.params:
        yield from ("| | |", "| --- | --- |", *(_parameter(parameter) for parameter in command.params), "")


def _parameter(parameter: Any) -> str:
    """A row of the table: how it is written, what it is for, and what holds where it is left out."""
    value = f" {parameter.metavar}" if parameter.metavar and parameter.param_type_name == "option" else ""
    names = [*parameter.opts, *parameter.secondary_opts] if parameter.param_type_name == "option" else [parameter.metavar or parameter.name]
    written = ", ".join(f"`{name}{value}`" for name in names)
    default = parameter.default
    notes = [parameter.help or "", "Needed." if parameter.required else ""]
    if default not in (None, False):
        notes.append(f"`{parameter.opts[0]}` if left out." if default is True else f"`{default}` if left out.")
    return f"| {written} | {' '.join(note for note in notes if note)} |"


FORMATS = {
    "constituted/1": (
        "constitute",
        "`as_of`, `files`, `readable` (those that are not sealed), `record` (`name`, `initiative`, `recovery_code_in`), "
        "`findings` (how many), `kinds` (kind → how many), `serious`, and after a comparison of codes `changed`: "
        "language → lines of row, kind of change, before, now",
    ),
    "panel/1": (
        "panel",
        "`status` (`optimal`, `infeasible`, `timeout`), `fairness`, `size`, `min_probability`, `gini`, `probabilities` (id → chance), "
        "`lottery` (`ids`, `p`, in the order along which is drawn), `draw`, `certificate` (`levels`, `duals` with the weights of `people` and of "
        "`rules`, `max_shortfall`, `welfare_gap`), `conflict` (`category`, `value`, `bound`, `is`, `relax_to`, `in_smallest_set`, `sentence`), "
        "`seed`, `commitment`, `reserves`, `without_reserve`, `left_out`; with `--before` also `joined` and `left`, and no lottery",
    ),
    "roster/1": (
        "roster",
        "`people` (how many), `sides` (side → how many), `not_said` (field → of how many), `may_be_one` (`name`, `like`)",
    ),
    "team/1": (
        "team",
        "`seats` (role → how many), `teams` in order: `members` (`id`, `seat`), `reasons` (`ground`, `cost`, `what`), `after_the_first_because`; "
        "`barred` (id → why the person is in no team), `short` (roles with too few people)",
    ),
    "rooms/1": (
        "rooms",
        "`rounds`, `interpreters`, `facilitators` (by round and room), `pairs_met`, `bound_simple`, `bound`, `ratio`, `violations` (how many of "
        "each rule), `broken` (sentences), `infeasible` (`round`, `rules`, `smallest`, `sentence`), `languages_checked`, `meetings`, `not_met`, "
        "`moves` or null, `reproducible`, `iterations`, `seed`",
    ),
    "texts/1": ("texts", "`files`"),
    "venues/2": (
        "venues",
        "`as_of`, `venues` of every country in order: `rank`, `iso3`, `city`, `towns`, `in_brief`, `answered` (by the sides), "
        "`hard_bars` (`id`, `bars`), "
        "`people` (`id`, `verdict`, `days` to reckon with for papers, `as_of`, `hours`), `scores` (a class for each point of view, 0 good to 3 bad), "
        "`reasons`, `evidence`; `waivers` (`iso3`, `id`, `rank`, `instead_of`, `regained`)",
    ),
    "screening/1": (
        "screen",
        "`lists`: `list` (its key), `file`, `publisher`, `as_of` or null, `entries`; `people`: `id`, `hits`: `list`, `entry_id`, `name`, `met`, "
        "`through` (name or affiliation), `score`, `band`, `evidence` (`code`, `speaks`, `params`, `sentence`), `alignment` "
        "(`sought`, `listed`, `by`, "
        "`similarity`), and where it was asked for `second_opinion` (`matcher`, `score`, `detail`); `unread` (`name`, `part`, `why`: script or "
        "nothing, `script` or null, `whole`: nothing else of the name is read)",
    ),
    "culture/1": (
        "culture",
        "`as_of`, `starts_at` (a rung), `proposals`: `rung`, `what`, `elements`, `pages` (addresses, from your own export), `activity`, `why`, "
        "`evidence` (its grade), `cautions`, `hosted_by`, `moments`, `group_size`, `minutes`, `moment` (in words), `sources`; `ask` (national "
        "elements), `left_out`, `held_back`, `turns`, `menu` (`without`, `not_understood`, and with `--menu` `checked`: `code`, its parts such as "
        "`dish`, `food`, `diet`, `number` of people, and `says`), `findings` (sentences)",
    ),
    "observances/1": (
        "observances",
        "`place`, `from`, `to`, `asked` (`method`, `rule`, `shadow`, `candles`), `traditions`: `tradition`, `name`, `method` or null, "
        "`days` (`term`, `name`, `first`, `last`, `doubt_days`, `authority`, `asks`, `hours`, `rest_days`, `weekly`), `beyond` (a sentence where "
        "the calendar does not reach) or null, `hours` (`term`, `name`, `starts`, `ends`, `latest_start`, `minutes`, `keeps`: pause, all, meals, "
        "foods or music, `flexible`, `congregational`, `rule`, `doubt_days`, `sure`, `authority`), `not_computed` (`term`, `name`, `ask`); "
        "`public_holidays` (`known`, `days`)",
    ),
    "programme/1": (
        "programme",
        "`title`, `status` (optimal, feasible, infeasible, timeout), `monitored`, `seed`, `reproducible`, `days`, `items` (`id`, `title`, `kind`, "
        "`stage`, `day`, `date`, `start`, `end`, `zone`, `room`, `who`, `serving`, `sensitive`, `host`, `sequence`), `objective` (`what`, `unit`, "
        "`value`, `bound`, `proven`), `clashes`, `conflicts` (`smallest`, `rules`: `code`, `subject`, `sentence`, `line`, `relaxation`), `moved` "
        "(`id`, `before`, `after`, `why`), `remarks`, `calendar_key`",
    ),
    "arc/1": (
        "programme",
        "with `--arc`: `title`, `seed`, `arc` and, where money is lost, `after`: `status`, `wanted`, `rounds` (`number`, `month`, `venue`, "
        "`purpose`, `stage`, `cost`, `keeps`, `new`, `briefed_by`), `most`, `uncovered`, `currency`, `months`, `sentences`, `reproducible`",
    ),
    "brief-check/1": ("brief check", "`readable`, `problems`, and where it is readable `empty`: field → the rows that it leaves open"),
    "sources/1": ("sources list", "`home`, `sources`: `name`, `state`, `reason`, `rows`, `provenance`"),
    "source/1": ("sources add", "one such source"),
    "lists/1": ("lists show", "`as_of`, `lists`: `snapshot`, `key`, `as_of`, `state`, `entries`, `publisher`, `dataset`, `sha256`"),
    "list-changes/1": (
        "lists compare",
        "`old` and `new` (`key`, `publisher`, `dataset`, `file`, `sha256`, `as_of`, `entries`, `remarks`), `added`, `changed` (with `fields`) and "
        "`no_longer_listed`: `id`, `kind`, `name`, `programmes`; `unchanged` (how many)",
    ),
    "list-entry/1": (
        "lists entry",
        "`list`, `entries`: all that the list says, `regimes` (`programme`, `regime`, `measures`, `law_lists`, `legal_basis`, `source`, `address`, "
        "`as_of`, `unverified`, `beyond`) and `without_row`",
    ),
    "cases/1": (
        "record cases",
        "`cases`: `case` (its digits), `person` (the code), `list_key`, `list_name`, `list_as_of`, `entry`, `name`, `met`, "
        "`through`, `score`, `band`, "
        "`speaks_for`, `speaks_against`, `alignment`, `programmes`, `effects`, `verdict`, `reopened`",
    ),
    "records/1": ("record list", "`home`, `records`: `name`, `initiative`"),
    "record/1": (
        "record new` and `tracktwo record show",
        "`name`; of a new one `initiative`, `recovery_code_in`; of one that is shown `title`, `rooms`, `entries`, "
        "`hidden` (more than your keys open), `unknown`, `problems`, `conflicts`, `one_holder` (rooms)",
    ),
    "log/1": ("record log", "`entries`: `id`, `attested` (its author vouched for it to you), and the entry"),
    "verified/1": ("record verify", "`entries`, `problems` (sentences), of a record `reported`, of a bundle `chains`"),
    "members/1": ("record members", "`members`: `member`, `name`, `role`, `side`, `rooms`"),
    "law-change/1": (
        "law smallest-change",
        "`as_of`, `plans`: `id`, `prohibited` and `licence_needed` (acts, as planned), `bars`, `proposals` (`changes`, `cost`, "
        "`by_exemptions_alone`, "
        "`prohibited`, `licence_needed`, `removes`, `remains`, `closing`), `stay_barred`, `named` and `late` (exemptions), "
        "`last_line`; `not_covered`",
    ),
    "law-rules/1": ("law rules", "`rules`, each with all its fields; `not_covered`"),
    "law-rule/1": ("law show", "the rule with all its fields, `last_line`"),
    "law-words/1": ("law words", "`acts` and `classes`: word → meaning"),
    "law-lists/1": ("law lists", "`lists`: key → `title`, `opensanctions_key`, `includes`"),
    "library-search/1": ("library search", "`cases`: `id`, `name`, `score`, `words`"),
    "case/1": ("library show", "the case with all its fields; only those in `verified_fields` were read in a source"),
    "library-like/1": ("library like", "`cases`: `id`, `name`, `verified`, `like`, `unlike`"),
}
"""What each verb prints with --json: format → verb and keys."""


PAGES = {
    "reference/brief.schema.json": schema,
    "reference/brief.md": brief_page,
    "reference/rows.md": rows_page,
    "reference/cli.md": cli_page,
    "reference/programme.md": programme_page,
    "reference/dossier.schema.json": lambda: dossier_schema().decode(),
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
