"""The command line: one verb per job. With --json, JSON alone on stdout; exit 0 answered, 2 bad input, 3 our fault."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from tracktwo import __version__
from tracktwo.cli.shared import BadInput, complain
from tracktwo.dossier.files import CannotWrite, FolderExists
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

_HELP = "From a one-page brief to an evidence-backed dossier for Track II dialogue. Everything happens on this machine; nothing is sent anywhere."

VERBS = {
    "constitute": ("initiative", "constitute_brief"),
    "texts": ("initiative", "texts"),
    "venues": ("venues", "venues"),
    "roster": ("roster", "roster"),
    "panel": ("panel", "panel"),
    "team": ("team", "team"),
    "rooms": ("breakouts", "rooms"),
    "programme": ("programme", "programme"),
    "culture": ("culture", "culture"),
    "observances": ("observances", "observances_of"),
    "demo": ("initiative", "demo"),
    "screen": ("screen", "screen"),
    "serve": ("serve", "serve"),
}
"""Verb → the module in which it stands, and its function."""
GROUPS = {
    "brief": ("briefs",),
    "sources": ("sources",),
    "lists": ("lists",),
    "law": ("law",),
    "library": ("library",),
    "record": ("record", "rooms", "dialogue", "cases"),
}
"""Group of verbs → the module in which it stands, and those that add to it."""


def app_for(word: str | None = None) -> typer.Typer:
    """The command line with the verb or group that a command begins with, or whole for any other word.

    Each stands in a module of its own, and to import them all takes longer than most of them take to answer.
    """
    app = typer.Typer(
        name="tracktwo",
        help=_HELP,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_common)
    known = word in VERBS or word in GROUPS
    for verb, (module, function) in VERBS.items():
        if verb == word or not known:
            app.command(verb)(getattr(import_module(f"tracktwo.cli.{module}"), function))
    for group in GROUPS:
        if group == word or not known:
            app.add_typer(_group(group), name=group)
    return app


@cache
def _group(name: str) -> typer.Typer:
    module, *more = GROUPS[name]
    verbs: typer.Typer = import_module(f"tracktwo.cli.{module}").app
    for other in more:
        import_module(f"tracktwo.cli.{other}").register(verbs)
    return verbs


def main() -> NoReturn:
    """Run the command line and leave with the exit code of the contract."""
    leave_no_core_file()
    words = sys.argv[1:]
    if not words or (len(words) == 1 and words[0] in GROUPS):
        words.append("--help")
    try:
        code = app_for(words[0])(words, standalone_mode=False) or 0
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


def _common(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    pass
