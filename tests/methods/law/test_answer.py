"""What the rules say of one act: bound, aimed, dated, stale, lifted, strictest; each step by a rule that is invented for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.methods.law.drawn import base_of, exemption, forward, plan_of, rule, scenario
from tracktwo.methods.law.answer import answers_both_ways
from tracktwo.model.law import Rule

LODGING = ("convenor", "provide-lodging", "guest")
TRAVEL = ("guest", "travel-of-listed-person", "guest")


def effect(scene: dict[str, Any], *rules: Rule) -> str:
    (found,) = forward(scene, base_of(*rules))
    return found.effect


def test_without_a_rule_the_answer_is_that_none_was_found() -> None:
    (found,) = forward(scenario(LODGING), base_of())
    assert (found.effect, found.rules, found.last_line) == ("no-rule-found", (), "This is not advice. Ask counsel.")


def test_the_strictest_wins_and_every_rule_is_shown_with_how_it_binds_and_aims() -> None:
    bound = [{"link": "seat", "code": "NO"}, {"link": "venue", "code": "*"}, {"link": "nationality", "code": "NO"}]
    rules = [rule("B", "provide-lodging", "prohibited", binds=bound), rule("A", "provide-lodging", "not-reached")]
    (found,) = forward(scenario(LODGING), base_of(*rules))
    assert (found.effect, found.rules) == ("prohibited", ("A", "B"))
    assert [(one.links, one.aims) for one in found.matched] == [
        (("any",), ("list:UN-SC1988",)),
        (("seat:NO", "venue:NO"), ("list:UN-SC1988",)),
    ]


def test_a_union_counts_as_each_of_its_members_and_a_list_as_those_it_holds() -> None:
    union = rule("A", "provide-lodging", "prohibited", binds=[{"link": "seat", "code": "EU"}], targets=[{"kind": "list", "key": "EU-LISTS"}])
    scene = scenario(LODGING)
    assert effect(scene, union) == "no-rule-found"
    scene["actors"][0]["seat"], scene["actors"][3]["lists"] = "SE", ["EU-AFG"]
    assert effect(scene, union) == "prohibited"


@pytest.mark.parametrize(
    ("target", "about"),
    [
        ({"kind": "state", "codes": ["AF"]}, {"official_of": "AF"}),
        ({"kind": "national-of", "codes": ["AF"]}, {"nationality": ["DE", "AF"]}),
        ({"kind": "resident-of", "codes": ["*"]}, {"residence": "AF"}),
        ({"kind": "seat-in", "codes": ["AF"]}, {"seat": "AF", "kind": "organisation"}),
        ({"kind": "class", "key": "armed-group-member"}, {"classes": ["armed-group-member"]}),
        ({"kind": "conduct", "key": "terrorist-crime-in-preparation"}, {"classes": ["terrorist-crime-in-preparation"]}),
        ({"kind": "list", "key": "own:ministry"}, {"lists": ["own:ministry"]}),
    ],
    ids=lambda value: value.get("kind", "") if isinstance(value, dict) else "",
)
def test_each_kind_of_target_asks_for_its_own_fact(target: dict[str, Any], about: dict[str, Any]) -> None:
    aimed = rule("A", "provide-lodging", "prohibited", targets=[target])
    scene = scenario(LODGING)
    scene["actors"][3] = {"id": "guest"}
    assert effect(scene, aimed) == "no-rule-found"
    scene["actors"][3] = {"id": "guest", **about}
    assert effect(scene, aimed) == "prohibited"


@pytest.mark.parametrize(
    ("link", "code", "where", "value"),
    [
        ("nationality", "DE", "actor", ["NO", "DE"]),
        ("residence", "DE", "actor", "DE"),
        ("presence", "DE", "actor", "DE"),
        ("seat", "DE", "actor", "DE"),
        ("currency", "USD", "currencies", ["EUR", "USD"]),
        ("funding", "DE", "funders", ["DE"]),
        ("venue", "DE", "venue", "DE"),
        ("transit", "DE", "transit", ["TR", "DE"]),
    ],
)
def test_each_link_asks_for_its_own_fact(link: str, code: str, where: str, value: Any) -> None:
    binding = rule("A", "provide-lodging", "prohibited", binds=[{"link": link, "code": code}])
    scene = scenario(LODGING)
    assert effect(scene, binding) == "no-rule-found"
    if where == "actor":
        scene["actors"][0] = {"id": "convenor", {"presence": "present_in"}.get(link, link): value}
    else:
        scene["setting"][where] = value
    assert effect(scene, binding) == "prohibited"


@pytest.mark.parametrize(
    ("day", "renewable", "expected"),
    [
        ("2019-12-31", False, ("no-rule-found", ())),
        ("2020-01-01", False, ("prohibited", ())),
        ("2026-03-31", False, ("prohibited", ())),
        ("2026-04-01", False, ("no-rule-found", ())),
        ("2026-04-01", True, ("prohibited", ("A not checked after 2026-03-31",))),
    ],
)
def test_a_bar_begins_ends_for_good_or_stays_with_a_warning(day: str, renewable: bool, expected: tuple[str, tuple[str, ...]]) -> None:
    dated = rule("A", "provide-lodging", "prohibited", in_force_to="2026-03-31", renewable=renewable)
    (found,) = forward(scenario(LODGING, day=day), base_of(dated))
    assert (found.effect, found.stale) == expected


def test_a_permission_lifts_what_it_names_until_its_review_day_and_nothing_after() -> None:
    bar = rule("BAR", "provide-lodging", "licence-needed", review_by="2027-06-01")
    other = rule("OTHER", "provide-lodging", "duty", review_by=None)
    lifting = rule("LEAVE", "provide-lodging", "permitted-with-conditions", overrides=["BAR"], review_by="2026-12-31")
    base = base_of(bar, other, lifting)
    (live,) = forward(scenario(LODGING, day="2026-12-31"), base)
    assert (live.effect, live.overridden, live.duties) == ("duty", ("BAR",), ("OTHER",))
    assert [(one.rule.id, one.lifted_by) for one in live.matched] == [("BAR", ("LEAVE",)), ("LEAVE", ()), ("OTHER", ())]
    (stale,) = forward(scenario(LODGING, day="2027-01-01"), base)
    assert (stale.effect, stale.overridden, stale.stale) == ("licence-needed", (), ("LEAVE not checked after 2026-12-31",))
    assert [(one.written, one.effect) for one in stale.matched if one.rule.id == "LEAVE"] == [("permitted-with-conditions", "unclear")]


def test_a_travel_ban_leaves_out_a_national_of_the_venue_who_crosses_no_other_state() -> None:
    ban = rule("BAN", "travel-of-listed-person", "licence-needed", unless_national_of_venue=True)
    assert effect(scenario(TRAVEL, venue="NO"), ban) == "licence-needed"
    assert effect(scenario(TRAVEL, venue="AF"), ban) == "no-rule-found"
    assert effect(scenario(TRAVEL, venue="AF", transit=["AE"]), ban) == "licence-needed"
    without = ban.model_copy(update={"unless_national_of_venue": False})
    assert effect(scenario(TRAVEL, venue="AF"), without) == "licence-needed"
    freeze = rule("FREEZE", "provide-lodging", "licence-needed", unless_national_of_venue=True)
    assert effect(scenario(LODGING, venue="AF"), freeze) == "licence-needed"


def test_the_other_side_is_asked_by_its_own_law_and_the_convenor_can_be_the_barred_party() -> None:
    own = rule("OWN", "meet", "prohibited", binds=[{"link": "nationality", "code": "AF"}], targets=[{"kind": "list", "key": "RU-UNDESIRABLE"}])
    scene = scenario(("facilitator", "meet", "guest"), ("guest", "travel-to-area", "facilitator"))
    scene["actors"][1]["lists"] = ["RU-UNDESIRABLE"]
    meeting, travelling = answers_both_ways(plan_of(scene), base_of(own))
    assert meeting.forward.effect == "no-rule-found"
    assert meeting.mirrored is not None
    assert (meeting.mirrored.planned.by, meeting.mirrored.effect, meeting.effect) == ("guest", "prohibited", "prohibited")
    assert travelling.mirrored is None


def test_who_stands_on_the_ground_of_the_venue_is_told_its_rules_beside_the_answer() -> None:
    local = rule("LOCAL", "meet", "prohibited", binds=[{"link": "presence", "code": "NO"}])
    (found,) = forward(scenario(("colleague", "meet", "guest")), base_of(local))
    assert (found.effect, found.rules) == ("no-rule-found", ())
    assert (found.effect_on_the_ground, [one.rule.id for one in found.on_the_ground]) == ("prohibited", ["LOCAL"])
    (elsewhere,) = forward(
        scenario(("colleague", "invite", "guest")), base_of(rule("LOCAL", "invite", "prohibited", binds=[{"link": "presence", "code": "NO"}]))
    )
    assert elsewhere.effect_on_the_ground == "no-rule-found"


def test_what_the_plan_does_not_say_is_named() -> None:
    scene = scenario(LODGING)
    scene["actors"][0] = {"id": "convenor", "kind": "organisation"}
    scene["actors"][3] = {"id": "guest", "nationality": ["XX"], "lists": []}
    del scene["setting"]["venue"]
    (found,) = forward(scene, base_of())
    assert found.unknown == ("convenor.seat", "convenor.lists", "guest.nationality", "setting.venue")


def test_an_exemption_becomes_a_task_of_whoever_can_apply() -> None:
    ways = [exemption(who_applies="nobody: self-executing"), exemption(), exemption(lead_time_working_days=None)]
    (found,) = forward(scenario(LODGING, day="2026-06-01"), base_of(rule("A", "provide-lodging", "licence-needed", exemptions=ways)))
    tasks = [route.task for route in found.matched[0].routes]
    assert tasks[0] is None
    assert tasks[1] is not None
    assert (tasks[1].owner, tasks[1].working_days, str(tasks[1].latest)) == ("the State of destination", 10, "2026-05-18")
    assert tasks[2] is not None
    assert tasks[2].latest is None
    assert found.tasks == (tasks[1],)


def test_an_exemption_for_a_trip_is_no_task_for_another_act() -> None:
    entry = rule("A", "provide-lodging", "licence-needed", exemptions=[exemption(what="entry")])
    (found,) = forward(scenario(LODGING), base_of(entry))
    assert [route.task for route in found.matched[0].routes] == [None]


def said(**more: Any) -> dict[str, Any]:
    words = {"rules": ["A"], "words": "Not for unpaid rooms.", "by": "an invented counsel", "on": "2026-03-01", "initiative": "S", **more}
    return {"effect": "not-reached", **words}


@pytest.mark.parametrize(
    ("counsel", "expected"),
    [
        (said(), "not-reached"),
        (said(effect=None), "prohibited"),
        (said(acts=["train"]), "prohibited"),
        (said(acts=["provide-lodging"], person="convenor", counterpart="guest"), "not-reached"),
        (said(person="facilitator"), "prohibited"),
        (said(counterpart="facilitator"), "prohibited"),
        (said(initiative="another"), "prohibited"),
        (said(until="2026-05-31"), "prohibited"),
        (said(until="2026-06-01"), "not-reached"),
        (said(on="2025-12-31"), "prohibited"),
        (said(rules=["B"]), "prohibited"),
    ],
)
def test_counsel_overrides_only_in_its_initiative_and_scope_and_never_hides_the_rule(counsel: dict[str, Any], expected: str) -> None:
    scene = {**scenario(LODGING), "counsel": [counsel]}
    (found,) = forward(scene, base_of(rule("A", "provide-lodging", "prohibited")))
    assert (found.effect, found.effect_in_base, found.rules) == (expected, "prohibited", ("A",))


def test_the_stricter_of_two_answers_of_counsel_counts() -> None:
    scene = {**scenario(LODGING), "counsel": [said(), said(effect="licence-needed")]}
    assert effect(scene, rule("A", "provide-lodging", "prohibited")) == "licence-needed"


def test_counsel_can_shut_a_permission_and_never_opens_one() -> None:
    bar = rule("BAR", "provide-lodging", "prohibited", review_by=None)
    leave = rule("LEAVE", "provide-lodging", "exempt", overrides=["BAR"], review_by="2026-01-01")
    open_again = {**scenario(LODGING), "counsel": [said(rules=["LEAVE"], effect="exempt")]}
    assert effect(open_again, bar, leave) == "prohibited"
    live = leave.model_copy(update={"review_by": None})
    assert effect(scenario(LODGING), bar, live) == "exempt"
    assert effect({**scenario(LODGING), "counsel": [said(rules=["LEAVE"], effect="unclear")]}, bar, live) == "prohibited"
