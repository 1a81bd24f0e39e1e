"""What is wrong with a value and what would be right, in words that a convenor knows: from validation errors to sentences."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from tracktwo.model.base import LINE

FieldPath = tuple[str | int, ...]

SHOWN = 60
"""Characters of a wrong value that an error repeats; more would bury the sentence."""

_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]{0,39}$": "small letters, digits and hyphens, such as north or armed-groups",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language code such as fr, ar or zh-Hant",
    r"^[A-Z]{3}$": "a currency code such as EUR",
    r"^[a-z0-9][a-z0-9-]{0,29}$": "small letters, digits and hyphens",
}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def field_path(detail: ErrorDetails) -> FieldPath:
    """The path of the value at fault as the file has it: without the marks that a reader or a union of types leaves."""
    path = tuple(part for part in detail["loc"] if part != LINE)
    # pydantic ends the path with the member of a union that was tried, such as literal['shared','outside']; an unknown field has its own name there.
    tried = detail["type"] != "extra_forbidden" and path and isinstance(path[-1], str) and "[" in path[-1]
    return path[:-1] if tried else path


def field_name(path: FieldPath) -> str:
    """The path as a person would write it, counting from one: `issues[2].grievances[1].side`."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}" if text else shown(part)
    return text


def shown(value: object) -> str:
    """The value as an error repeats it: on one line, and cut where it is long."""
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list | tuple):
        return "a list"
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def reason(detail: ErrorDetails) -> str:
    """What is wrong, to be read after the name of the field: `should be a number, not 'many'`."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    given = shown(value) if isinstance(value, dict | list | tuple) else f"'{shown(value)}'"
    if kind == "missing":
        return "is missing; every brief needs it" if len(detail["loc"]) == 1 else "is missing"
    if kind == "literal_error":
        return f"should be {context['expected']}, not {given}"
    if kind.startswith("bool"):
        return f"should be true or false, not {given}"
    if kind.startswith(("int", "decimal", "float", "finite")):
        return f"should be a {'whole ' if kind.startswith('int') else ''}number, not {given}"
    if bound := next((bound for bound in _BOUNDS if bound in context), None):
        return f"should be {_BOUNDS[bound]} {context[bound]:g}, not {given}"
    if kind == "string_pattern_mismatch":
        return f"{given} is not of the expected form ({_PATTERNS.get(context['pattern'], context['pattern'])})"
    if kind == "string_type":
        return f"should be words, not {given}"
    if kind == "too_short":
        return "is empty; it needs at least one item, starting with '- '"
    if kind == "tuple_type":
        return "should be a list: one line for each item, starting with '- '"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"should be a group of fields such as 'name: …', not {given}"
    return detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
