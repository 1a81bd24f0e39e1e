"""With what a process of the server was started: handed over by `tracktwo serve` in its environment, where nothing secret stands."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tracktwo.web.serving import Serving

VARIABLE = "TRACKTWO_SERVING"


def told(serving: Serving) -> str:
    """What a process needs to know beside the variables of the configuration: no address of a database, no file of secrets."""
    return json.dumps(
        {
            "folder": str(serving.folder),
            "site": serving.site,
            "hosts": serving.hosts,
            "tls": serving.tls,
            "behind_proxy": serving.behind_proxy,
            "address": serving.address,
        }
    )


def serving_from_environment() -> Serving:
    """What this process was started with. Raises KeyError where it was not started by `tracktwo serve`."""
    given = json.loads(os.environ[VARIABLE])
    secret_file = os.environ.get("TRACKTWO_SECRET_FILE")
    return Serving(
        folder=Path(given["folder"]),
        database=os.environ.get("DATABASE_URL") or None,
        secret_file=Path(secret_file) if secret_file else None,
        site=given["site"],
        hosts=tuple(given["hosts"]),
        tls=given["tls"],
        behind_proxy=given["behind_proxy"],
        address=given["address"],
    )
