"""Every form of every page, filled in: for tests that want words in all places where words can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.web.house import Browser

KNOWN = {
    r"(^|-)(day|due|date|until|written|starts|from|to|begins|ends|since|discussed|consent)": "2027-03-02",
    r"(^|-)start$": "09:00",
    r"(^|-)end$": "10:30",
    r"zone": "Europe/Rome",
    r"currency": "EUR",
    r"countr|passport|nationalit|residence": "Mali",
    r"(^|-)(language|languages|tag)$": "fr",
    r"month|arrives": "2027-03",
    r"amount|rate|days|rounds|count|number|every|per_side|latitude|longitude|cost": "3",
    r"passphrase|again|handle|words|code": "",
    r"open|grievances|forms|links|engagement": "",
}
"""What is typed into a field of which a name says that not every word fits."""


@dataclass
class Form:
    """A form as a page shows it."""

    action: str
    post: bool
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    """Names of the fields into which words are typed."""
    chosen: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, [Form(path, post=False)]
        self._select, self._area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        form, name = self.forms[-1], told.get("name", "")
        if tag == "form":
            self.forms.append(Form(told.get("action") or self.path, told.get("method", "").lower() == "post"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and told.get("value") and self._select not in form.chosen:
            form.values[self._select] = [told["value"]]
            form.chosen.add(self._select)
        elif tag == "textarea":
            form.texts.append(name)
        elif tag == "button" and name and name not in form.values:
            form.values[name] = [told.get("value", "")]
        elif tag == "input" and name:
            self._input(form, name, told)

    def _input(self, form: Form, name: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text")
        if kind in ("text", "search", "date", "time", "number"):
            form.texts.append(name)
        elif kind == "hidden" or (kind == "checkbox" and name not in form.values):
            form.values.setdefault(name, []).append(told.get("value", "on"))
        elif kind == "radio" and name not in form.chosen:
            form.values[name] = [told.get("value", "")]
            form.chosen.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            self.forms.append(Form(self.path, post=False))


def forms_of(browser: Browser, path: str) -> list[Form]:
    """The forms of a page that send something."""
    response = browser.get(path)
    if response.status_code != 200 or "text/html" not in response.headers.get("Content-Type", ""):
        return []
    parser = _Forms(path)
    parser.feed(response.content.decode())
    return [form for form in parser.forms if form.post]


def fill(browser: Browser, form: Form, words: Iterator[str]) -> Any:
    """Send a form with a word of its own in each field that takes any."""
    typed: dict[str, list[str]] = dict(form.values)
    for name in form.texts:
        known = next((value for pattern, value in KNOWN.items() if re.search(pattern, name)), None)
        typed[name] = [known if known is not None else next(words)]
    return browser.post(form.action.split("#")[0], typed)
