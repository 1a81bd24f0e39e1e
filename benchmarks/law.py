"""What the law bars: our reading of the rules against the reference matcher that came with them, equal answers and time.

No open tool joins a person, an act, a counterpart and a day to rules with their exemptions; the reference is the only other reading there is.
It stands in the folder of real data, as `law/check.py`.
"""

from __future__ import annotations

import importlib.util
import os
import random
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.harness import Contender, compare
from tracktwo.methods.law.answer import answer
from tracktwo.methods.law.base import rule_base
from tracktwo.model.law import LegalPlan
from tracktwo.sources.law import load_law

SEED = 7
PLANS = 1000
ACTS_A_PLAN = 5


def reference() -> ModuleType | None:
    """The matcher of the data set; None where TRACKTWO_TEST_DATA does not lead to it."""
    path = Path(os.environ.get("TRACKTWO_TEST_DATA", "")) / "law" / "check.py"
    spec = importlib.util.spec_from_file_location("reference_of_law", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scenarios(seed: int, number: int) -> list[dict[str, Any]]:
    """Plans at random, over the countries, lists and acts of which the rules speak."""
    luck, law = random.Random(seed), load_law()
    countries = sorted({bind.code for rule in law.rules for bind in rule.binds if len(bind.code) == 2} - {"EU"})
    lists, acts = sorted(law.vocabulary.lists), sorted(law.vocabulary.acts)

    def actor(name: str) -> dict[str, Any]:
        return {"id": name, "nationality": luck.sample(countries, 2), "residence": luck.choice(countries), "lists": luck.sample(lists, 3)}

    return [
        {
            "id": f"{n}",
            "title": "A plan",
            "date": f"{luck.randint(2025, 2028)}-{luck.randint(1, 12):02}-{luck.randint(1, 28):02}",
            "setting": {"venue": luck.choice(countries), "transit": [luck.choice(countries)], "currencies": [luck.choice(("USD", "EUR"))]},
            "actors": [actor("a"), actor("b")],
            "plan": [{"by": "a", "act": luck.choice(acts), "with": "b"} for _ in range(ACTS_A_PLAN)],
        }
        for n in range(number)
    ]


def main() -> None:
    """Print how many answers are equal, and the time for all of them."""
    peer = reference()
    if peer is None:
        print("## What the law bars\n\nTRACKTWO_TEST_DATA does not lead to law/check.py, so there is no peer to compare with.")
        return
    law, drawn = load_law(), scenarios(SEED, PLANS)
    base = rule_base(law.rules, law.vocabulary)
    plans = [LegalPlan.model_validate(scene) for scene in drawn]
    actors = [{actor.id: actor for actor in plan.actors} for plan in plans]
    rules, vocabulary = peer.load_rules(), peer.load_vocabulary()

    def ours() -> list[Any]:
        return [answer(line, who, plan.setting, plan.date, base) for plan, who in zip(plans, actors, strict=True) for line in plan.plan]

    def theirs() -> list[dict[str, Any]]:
        return [peer.evaluate(scene, step, rules, vocabulary) for scene in drawn for step in scene["plan"]]

    equal = sum(
        (one.effect, list(one.rules), list(one.overridden), list(one.duties), list(one.stale))
        == tuple(other[field] for field in ("effect", "rules", "overridden", "duties", "stale"))
        for one, other in zip(ours(), theirs(), strict=True)
    )
    acts = PLANS * ACTS_A_PLAN
    print(f"## The same answers\n\n{equal:,} of {acts:,} planned acts: effect, rules, overridden, duties and stale\n")
    result = compare(
        "One planned act, one way",
        [Contender("ours, with links, aims and dated tasks", ours), Contender("the reference, answers alone", theirs)],
        size=f"{acts:,} planned acts, {len(law.rules)} rules",
        seed=SEED,
        repetitions=5,
    )
    print(result.table())


if __name__ == "__main__":
    main()
