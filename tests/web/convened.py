"""People for tests of panels and rooms: more who are invited than there are seats, with what speaks for and against each. Everybody is fictional."""

from __future__ import annotations

from tests.web.house import House
from tracktwo.model.brief import NoContact, PanelQuota, PanelWish, Person
from tracktwo.model.undertaking import LanguageSkill
from tracktwo.record.entries import PanelWished, PersonInvited, TeamMemberAdded
from tracktwo.web import clock

SAID = {
    "A-02": ("Zora Northhill", "north", "woman", 7, ("ar", "C1")),
    "A-03": ("Zeno Northwood", "north", "man", 9, ("ar", "native")),
    "A-04": ("Zita Northfield", "north", "woman", 2, ("fr", "C1")),
    "B-02": ("Zaid Southhill", "south", "man", 8, ("fr", "native")),
    "B-03": ("Zelie Southwood", "south", "woman", 5, ("fr", "C1")),
    "B-04": ("Zeki Southfield", "south", "man", 1, ("ar", "C1")),
}
"""Code → name, side, gender, influence, and the language beside English."""


def people(home: House, **wish: object) -> None:
    """Six more people beside the two of the house, and a wish for a panel of four."""
    on = clock.today()
    entries = [
        PersonInvited(
            on=on,
            lamport=0,
            about=code,
            body=Person(
                name=name,
                sides=(side,),
                gender=gender,
                influence=influence,
                languages=(LanguageSkill(tag=tongue[0], level=tongue[1]),),
                agreed_to_come=True,
                refused_by=("south",) if code == "A-04" else (),
                fictional=True,
            ),
        )
        for code, (name, side, gender, influence, tongue) in SAID.items()
    ]
    settings = {
        "size": 4,
        "quotas": (PanelQuota(gender="woman", min=1),),
        "apart": (NoContact(one="Zeno Northwood", other="Zaid Southhill", why="A trial that ZEBU knows of"),),
    }
    interpreter = Person(
        name="Zacharie Voice",
        role="interpreter",
        languages=(LanguageSkill(tag="ar", level="C2"), LanguageSkill(tag="fr", level="C2")),
        accepted_by=("north", "south"),
        fictional=True,
    )
    helper = TeamMemberAdded(on=on, lamport=0, about="T-01", body=interpreter)
    home.write("convenor", *entries, helper, PanelWished(on=on, lamport=0, body=PanelWish.model_validate(settings | wish)))
