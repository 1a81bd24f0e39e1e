"""Django has to be set up before any of its models is imported: importing this does it, for a folder that nobody else uses."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from tracktwo.web.serving import Serving
from tracktwo.web.settings import configure

FOLDER = Path(tempfile.mkdtemp(prefix="tracktwo-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
configure(Serving(folder=FOLDER))
