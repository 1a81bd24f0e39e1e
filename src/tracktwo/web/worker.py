"""The child that does long work: one job comes in by the pipe, its steps and its result go out by the pipe, and nothing of it touches a disk.

Started as `python -m tracktwo.web.worker`. It ends with its job, so that what it held in memory ends with it; and it ends when the server does.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tracktwo.constitute import Constituted, considered, for_those_who_decide, let_out
from tracktwo.dossier.language import LanguageNotSpoken, voice
from tracktwo.dossier.write import contents, texts
from tracktwo.memory import leave_no_core_file
from tracktwo.record.initiative import replay
from tracktwo.sources.shelf import open_shelf
from tracktwo.web.carried import carried, receive, send, taken
from tracktwo.web.jobs import Job, packed_files

_KINDER = 5
"""By how much the child stands back behind the server, so that pages stay quick while it works."""


def do(job: Job, step: Callable[[str], None]) -> Any:
    """Do a job and return what is to be carried back. Raises ValueError where the entries amount to no initiative, LanguageNotSpoken."""
    spoken = voice(job.language)
    step("record")
    initiative = replay(job.read_entries(), hidden=job.hidden)
    shelf = open_shelf(Path(job.home) if job.home else None, job.as_of)
    if job.what == "people":
        return carried(for_those_who_decide(initiative, shelf, spoken, as_of=job.as_of, progress=step))
    done: Constituted = considered(initiative, shelf, as_of=job.as_of, progress=step)
    step("gate")
    released = let_out(done, spoken, names=job.names)
    if job.what == "findings":
        return carried(released)
    step("dossier")
    make = contents if job.what == "files" else texts
    return packed_files(make(released, spoken.calling(released.names)))


def main(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Take one job and answer it: `step` frames, then one frame with `result`, or with `failed` and the kind of fault, never its words."""
    order = receive(incoming)
    if order is None:
        return
    threading.Thread(target=_end_with_the_server, args=(incoming,), daemon=True).start()
    try:
        result = do(taken(Job, order), lambda name: send(outgoing, {"step": name}))
    except BrokenPipeError:
        return
    except (ValueError, LanguageNotSpoken) as error:
        send(outgoing, {"failed": type(error).__name__})
    else:
        send(outgoing, {"result": result})


def _end_with_the_server(incoming: IO[bytes]) -> None:
    incoming.read(1)
    os._exit(0)


if __name__ == "__main__":
    leave_no_core_file()
    with suppress(OSError, AttributeError):  # not on Windows
        os.nice(_KINDER)
    # Whatever a library prints goes nowhere: the pipe is for frames, and nobody reads an error stream that could hold words of the initiative.
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    main(sys.stdin.buffer, pipe)
    pipe.flush()
    os._exit(0)
