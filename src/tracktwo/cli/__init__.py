"""The command line: one verb per job. With --json, JSON alone on stdout; exit 0 answered, 2 bad input, 3 our fault."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from tracktwo import __version__
from tracktwo.cli import briefs, culture, dialogue, initiative, library, record, rooms, serve, sources
from tracktwo.cli.shared import BadInput, complain
from tracktwo.dossier.write import CannotWrite, FolderExists
from tracktwo.library.cases import CaseFileError
from tracktwo.memory import leave_no_core_file
from tracktwo.record.bundle import NotABundle
from tracktwo.record.destruction import NothingToDestroy
from tracktwo.record.dialects import StoreError
from tracktwo.record.home import HomeError
from tracktwo.record.membership import NotASteward, NotPossible
from tracktwo.record.merge import NotMerged
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom
from tracktwo.sources.brief import BriefError
from tracktwo.sources.table import UnreadableSource
from tracktwo.vault.identity import WeakPassphrase
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import NotASecret
from tracktwo.vault.words import NotAWord

RECORD_ERRORS = (
    StoreError, HomeError, NotASecret, NotABundle, NotMerged, NoSuchRoom, MustBeRekeyed, NotASteward, NotPossible, NothingToDestroy, CannotOpen,
    NotAWord, WeakPassphrase, CaseFileError,
)  # fmt: skip
"""What a record answers in one sentence where it cannot do what is asked."""

_STOPPED = 130
"""The exit code of a command that was stopped, by the convention of shells: 128 and the number of the signal."""

app = typer.Typer(
    name="tracktwo",
    help="From a one-page brief to an evidence-backed dossier for Track II dialogue. Everything happens on this machine; nothing is sent anywhere.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("constitute")(initiative.constitute_brief)
app.command()(initiative.texts)
app.command()(initiative.venues)
app.command()(culture.culture)
app.command()(initiative.demo)
app.command()(serve.serve)
app.add_typer(briefs.app, name="brief")
app.add_typer(sources.app, name="sources")
app.add_typer(library.app, name="library")
app.add_typer(record.app, name="record")
rooms.register(record.app)
dialogue.register(record.app)


def main() -> NoReturn:
    """Run the command line and leave with the exit code of the contract."""
    leave_no_core_file()
    words = sys.argv[1:]
    if not words or (len(words) == 1 and words[0] in ("brief", "sources", "library", "record")):
        words.append("--help")
    try:
        code = app(words, standalone_mode=False) or 0
        if code == _STOPPED:  # the library has caught the interrupt itself and says nothing
            raise KeyboardInterrupt
    except (BadInput, BriefError, UnreadableSource, FolderExists, CannotWrite, *RECORD_ERRORS) as error:
        complain(str(error))
        code = 2
    except TyperException as error:
        complain(_sentence(error))
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        complain("stopped; nothing was written")
        code = _STOPPED
    except BrokenPipeError:
        code = 0
    except Exception as error:
        complain(f"this is our fault ({type(error).__name__}); nothing was written. Please report it with the command that you ran.")
        if os.environ.get("TRACKTWO_DEBUG"):
            raise
        code = 3
    sys.exit(code)


def _sentence(error: TyperException) -> str:
    """What the command line's library says of a wrong option or argument, in one line."""
    format_message = getattr(error, "format_message", lambda: str(error))
    return " ".join(str(format_message()).split())


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tracktwo {__version__}")
        raise typer.Exit


@app.callback()
def _common(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    pass
