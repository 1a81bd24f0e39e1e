"""Django has to be set up before any of its models is imported: importing this does it, for a folder that nobody else uses."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tracktwo.web.serving import Serving
from tracktwo.web.settings import configure

# The driver of the browser keeps a loop in this thread, which Django takes for an asynchronous program; here nothing runs beside anything.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
FOLDER = Path(tempfile.mkdtemp(prefix="tracktwo-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
configure(Serving(folder=FOLDER))
