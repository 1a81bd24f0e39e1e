"""The process that asks nomenklatura's logic-v2: JSON lines with `sought` and `listed` in, JSON lines with `matcher`, `score` and `detail` out.

It is the only module that loads nomenklatura and is never imported by another; it ends with code 2 where that is not installed.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module, metadata
from itertools import count
from typing import Any

MATCHER = "logic-v2"


def main() -> int:
    """Answer every line of stdin on stdout. Returns the exit code."""
    try:
        model: Any = import_module("followthemoney").model
        matching: Any = import_module("nomenklatura.matching")
        types: Any = import_module("nomenklatura.matching.types")
    except ImportError:
        return 2
    entity: Any = import_module("followthemoney").EntityProxy
    algorithm, config = matching.get_algorithm(MATCHER), types.ScoringConfig.defaults()
    named = f"nomenklatura {metadata.version('nomenklatura')} {MATCHER}"

    numbers = count()  # nomenklatura remembers the names of an entity by its id

    def made(side: dict[str, Any]) -> Any:
        proxy = entity.from_dict({"id": f"asked-{next(numbers)}", "schema": side["schema"], "properties": {}}, cleaned=False)
        for name, values in side["properties"].items():
            if name in model.get(side["schema"]).properties:
                proxy.add(name, values, quiet=True)
        return proxy

    for line in sys.stdin:
        asked = json.loads(line)
        result = algorithm.compare(made(asked["sought"]), made(asked["listed"]), config)
        detail = "; ".join(f"{name}: {one.detail or round(one.score, 3)}" for name, one in result.explanations.items())
        sys.stdout.write(json.dumps({"matcher": named, "score": round(float(result.score), 4), "detail": detail}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
