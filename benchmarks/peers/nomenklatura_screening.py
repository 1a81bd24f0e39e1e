"""The peer of our screening, run by an interpreter that has nomenklatura: its blocker finds 75 candidates for each name, logic-v2 scores them.

One JSON object on stdin: `pairs` (each a sought and a listed entity), `listed` and `sought` (entities with `id`). One on stdout: `matcher`, `pairs`
(scores), `hits` (id of the sought → id of the listed → score), `seconds` and `peak` in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from importlib import import_module, metadata
from itertools import count
from pathlib import Path
from typing import Any

CANDIDATES = 75


def main() -> None:
    """Answer what stdin asks."""
    asked = json.load(sys.stdin)
    ftm: Any = import_module("followthemoney")
    matching: Any = import_module("nomenklatura.matching")
    config = import_module("nomenklatura.matching.types").ScoringConfig.defaults()
    algorithm = matching.get_algorithm("logic-v2")
    dataset = ftm.Dataset.make({"name": "screened", "title": "screened"})

    numbers = count()  # it remembers the names of an entity by its id

    def made(data: dict[str, Any]) -> Any:
        return ftm.StatementEntity.from_data(dataset, {"id": f"pair-{next(numbers)}", **data}, cleaned=False)

    scored = [algorithm.compare(made(one["sought"]), made(one["listed"]), config).score for one in asked["pairs"]]
    began = time.perf_counter()
    hits = (
        _hits([made(one) for one in asked["listed"]], [made(one) for one in asked["sought"]], dataset, algorithm, config) if asked["sought"] else {}
    )
    json.dump(
        {
            "matcher": f"nomenklatura {metadata.version('nomenklatura')} blocker and logic-v2",
            "pairs": scored,
            "hits": hits,
            "seconds": time.perf_counter() - began,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        },
        sys.stdout,
    )


def _hits(listed: list[Any], sought: list[Any], dataset: Any, algorithm: Any, config: Any) -> dict[str, dict[str, float]]:
    store = import_module("nomenklatura.store.memory").MemoryStore(dataset, import_module("nomenklatura.resolver.linker").Linker({}))
    with store.writer() as writer:
        for entity in listed:
            writer.add_entity(entity)
    by_id = {entity.id: entity for entity in (*listed, *sought)}
    with tempfile.TemporaryDirectory() as place:
        index = import_module("nomenklatura.blocker.index").Index(store.default_view(), Path(place), {"max_candidates": CANDIDATES})
        index.build()
        return {
            str(one): {str(other): algorithm.compare(by_id[str(one)], by_id[str(other)], config).score for other, _ in candidates}
            for one, candidates in index.match_entities(sought)
        }


if __name__ == "__main__":
    main()
