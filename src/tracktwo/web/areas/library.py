"""The public library: what this is, past cases, methods, guides and templates, for anybody to read. It knows of no initiative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from babel import Locale
from django.http import Http404, HttpResponse, HttpResponseRedirect

from tracktwo import __version__
from tracktwo.dossier.page import web_address
from tracktwo.dossier.texts import DayOneText, day_one_texts
from tracktwo.library.cases import COMPILED, CaseFileError, load_cases, load_methods, read_published
from tracktwo.library.culture import ACTIVITIES, load_activities
from tracktwo.library.guide import ANSWERS, examples, template
from tracktwo.library.search import search as find
from tracktwo.model.case import Case
from tracktwo.model.rows import CONSIDERATIONS, ROWS
from tracktwo.record.gate import Released
from tracktwo.web.access import ANYONE, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.language import choose
from tracktwo.web.pages import page
from tracktwo.web.serving import serving

LICENCE = "Apache-2.0"
_M49 = {
    "Western Asia": "145", "Northern America": "021", "Southern Asia": "034", "Eastern Africa": "014", "Eastern Europe": "151",
    "Northern Europe": "154", "South-eastern Asia": "035", "Northern Africa": "015", "Western Europe": "155", "Eastern Asia": "030",
    "South America": "005", "Western Africa": "011", "Southern Europe": "039", "Southern Africa": "018", "Melanesia": "054",
    "Middle Africa": "017", "Australia and New Zealand": "053", "Central Asia": "143", "Central America": "013", "Caribbean": "029",
    "Micronesia": "057", "Polynesia": "061",
}  # fmt: skip
"""Region of the United Nations in English → its number, by which the CLDR calls it in every language."""
LONGEST_QUESTION = 300


def known_cases() -> tuple[Case, ...]:
    """The cases that ship, and those that were published on this machine; a file among these that cannot be read is left out with the others."""
    try:
        return load_cases() + read_published(serving().folder / "cases")
    except CaseFileError:
        return load_cases()


@door(ANYONE)
def library(asked: Asked) -> HttpResponse:
    """What this is, what it promises and what it does not."""
    return page(asked, "public/library.html", cases=len(known_cases()), methods=len(load_methods()), considerations=CONSIDERATIONS)


@door(ANYONE)
def cases(asked: Asked) -> HttpResponse:
    """Past initiatives, by region, outcome and method."""
    region, outcome, method = (str(asked.GET.get(name, "")) for name in ("region", "outcome", "method"))
    everything = known_cases()
    found = [
        case
        for case in everything
        if (not region or region in case.regions) and (not outcome or case.outcome == outcome) and (not method or method in case.methods)
    ]
    return page(
        asked,
        "public/cases.html",
        cases=sorted(found, key=lambda case: (-case.start_year, case.id)),
        region=region,
        outcome=outcome,
        method=method,
        regions=sorted(((name, _region(name, asked)) for name in _among(case.regions for case in everything)), key=lambda item: item[1]),
        outcomes=sorted(_among((case.outcome,) for case in everything)),
        methods=sorted(_among(case.methods for case in everything)),
        region_name=lambda name: _region(name, asked),
    )


@door(ANYONE)
def case(asked: Asked, case: str) -> HttpResponse:
    """One case: what happened, which of it was read in a source, and where."""
    found = next((known for known in known_cases() if known.id == case), None)
    if found is None:
        raise Http404
    return page(
        asked,
        "public/case.html",
        case=found,
        link=web_address,
        as_of=COMPILED,
        licence=LICENCE,
        region_name=lambda name: _region(name, asked),
        unread=lambda *fields: not any(field in found.verified_fields for field in fields),
    )


@door(ANYONE)
def methods(asked: Asked) -> HttpResponse:
    """Each method with what it means and how many cases used it."""
    used = Counter(name for known in known_cases() for name in known.methods)
    return page(asked, "public/methods.html", methods=load_methods(), used=used, as_of=COMPILED, licence=LICENCE)


@door(ANYONE)
def guides(asked: Asked) -> HttpResponse:
    """The questions of the six considerations, a brief to fill in, examples, and what to do in the evenings."""
    return page(
        asked,
        "public/guides.html",
        rows=ROWS,
        answers=ANSWERS,
        blank=template(),
        examples=tuple(examples()),
        activities=load_activities(),
        origin=ACTIVITIES,
        as_of=COMPILED,
        licence=LICENCE,
    )


@door(ANYONE)
def brief(asked: Asked) -> HttpResponse:
    """The brief to fill in, as a file."""
    return _file("brief", template())


@door(ANYONE)
def example(asked: Asked, example: str) -> HttpResponse:
    """An example of a brief, as a file."""
    found = examples().get(example)
    if found is None:
        raise Http404
    return _file(example, found)


def _file(name: str, text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'})


@door(ANYONE)
def rules(asked: Asked) -> HttpResponse:
    """Texts for the first day, with blanks to fill in: invitation, ground rules, the Chatham House Rule, consent."""
    return page(asked, "public/rules.html", texts=_texts(asked.today), as_of=COMPILED, licence=LICENCE)


def _texts(today: date) -> tuple[DayOneText, ...]:
    """The texts of an initiative of which nothing is known."""
    nobody = Released(
        title="…", purpose=None, summary=None, challenge="political dispute", language="en", fictional=False, names_people=False, convenor=None,
        written=today, as_of=today, software=f"tracktwo {__version__}", sides=(), people=(), sections=(), sources=(),
    )  # fmt: skip
    return day_one_texts(nobody)


@door(ANYONE)
def search(asked: Asked) -> HttpResponse:
    """Cases that hold the words that are looked for, and methods that do."""
    question = str(asked.GET.get("q", "")).strip()[:LONGEST_QUESTION]
    hits = find(question, known_cases(), 30) if question else ()
    words = question.casefold().split()
    methods = {
        slug: meaning
        for slug, meaning in load_methods().items()
        if words and all(word in f"{slug.replace('-', ' ')} {meaning} {asked.voice.text(f'term.method.{slug}')}".casefold() for word in words)
    }
    return page(asked, "public/search.html", question=question, hits=hits, methods=methods)


@door(ANYONE)
def language(asked: Asked, language: str) -> HttpResponse:
    """Choose a language and go back to where one was: the library has no forms that send anything."""
    back = str(asked.GET.get("next", "/"))
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = HttpResponseRedirect(back if local else "/")
    response.status_code = 303
    choose(response, language)
    return response


def _among(named: Iterable[Iterable[str]]) -> set[str]:
    return {name for names in named for name in names}


def _region(name: str, asked: Asked) -> str:
    number = _M49.get(name)
    return Locale.parse(asked.voice.language).territories.get(number, name) if number else name


PATHS = [
    at("", library, "library"),
    at("cases", cases, "library-cases"),
    at("cases/<slug:case>", case, "library-case"),
    at("methods", methods, "library-methods"),
    at("guides", guides, "library-guides"),
    at("guides/brief.yaml", brief, "library-brief"),
    at("guides/examples/<slug:example>.yaml", example, "library-example"),
    at("rules", rules, "library-rules"),
    at("search", search, "library-search"),
    at("language/<slug:language>", language, "library-language"),
]
