"""The command line in processes forked from one that has imported it: the same program, without the second that each start takes.

A command gets the working folder, the environment and every open file of whoever asked for it, and prints what it prints. Nothing is imported
here that the asker, a Python without its site packages, would have to wait for.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ENVIRONMENT = {"LANG": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1"}
"""What is read when the command line is imported, so it is the same for every command."""
ABOVE = 200
"""Where files are put aside that others are to take the numbers of."""


class Warm:
    """A server of commands, and a program `tracktwo` that asks it."""

    def __init__(self, program: Path) -> None:
        self.program = program

    @property
    def path(self) -> str:
        """A PATH on which the program comes first."""
        return os.pathsep.join([str(self.program.parent), str(Path(sys.executable).parent), os.environ["PATH"]])


@contextmanager
def warm(folder: Path) -> Iterator[Warm]:
    """Start the server; its socket and the program stand in the folder."""
    import subprocess

    address, program = folder / "socket", folder / "tracktwo"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -I -S '{Path(__file__).resolve()}' '{address}' \"$@\"\n", encoding="utf-8")
    program.chmod(0o700)
    root = Path(__file__).resolve().parent.parent
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]), **ENVIRONMENT}
    command = [sys.executable, "-c", "from tests.warm import serve; serve()", str(address)]
    server = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n", "the command line cannot be imported"
    yield Warm(program)
    server.stdin.close()  # its sign to end, which it gets as well where a test run dies
    server.wait(timeout=10)


def serve() -> None:
    """Answer commands until the other side of stdin is closed."""
    import gc
    import select
    import signal

    _import_everything()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen(16)
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([listening, 0], [], [])
            if 0 in ready:
                os.killpg(0, signal.SIGTERM)  # with every command that hangs
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass
            asking, _ = listening.accept()
            with asking:
                told, files = _received(asking)
                if os.fork() == 0:
                    listening.close()
                    _answer(asking, told, files)
                for file in files:
                    os.close(file)


def _import_everything() -> None:
    from tests.making import bare, shelf_of
    from tracktwo import cli
    from tracktwo.cli import initiative
    from tracktwo.constitute import let_out
    from tracktwo.dossier.language import languages, voice
    from tracktwo.dossier.page import dossier_html
    from tracktwo.dossier.reading import reading_of

    cli.app_for()
    initiative.open_shelf = shelf_of  # type: ignore[attr-defined]
    done = bare("Mali")  # reads the shipped sources and library
    for language in languages():  # templates and catalogues; what sets paper begins threads, which a fork would not have
        spoken = voice(language)
        dossier_html(reading_of(let_out(done, spoken), spoken), spoken)


def _received(asking: socket.socket) -> tuple[dict[str, object], list[int]]:
    """What is asked, and the files that came with it."""
    head, files, _, _ = socket.recv_fds(asking, 8, 250)
    length, told = int.from_bytes(head, "big"), b""
    while len(told) < length:
        told += asking.recv(length - len(told))
    return json.loads(told), files


def _answer(asking: socket.socket, told: Mapping[str, object], files: Sequence[int]) -> None:
    """Be the command, tell the exit code and end."""
    import fcntl
    import traceback

    code = 1
    try:
        back = fcntl.fcntl(asking.fileno(), fcntl.F_DUPFD_CLOEXEC, ABOVE)
        aside = [fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, ABOVE) for file in files]
        os.closerange(0, ABOVE)
        for file, number in zip(aside, told["numbers"], strict=True):  # type: ignore[call-overload]
            os.dup2(file, number)
            os.close(file)
        for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="backslashreplace" if number == 2 else "surrogateescape"))
        os.chdir(str(told["folder"]))
        os.umask(int(str(told["mask"])))
        os.environ.clear()
        os.environ.update(told["environment"])  # type: ignore[call-overload]
        sys.argv = ["tracktwo", *told["words"]]  # type: ignore[misc]
        from tracktwo.cli import main

        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        except BaseException:
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            with suppress(BrokenPipeError):
                stream.flush()
        os.write(back, bytes([code]))
    finally:
        os._exit(code)


def _ask(address: str, words: Sequence[str]) -> int:
    """Have a command answered with all that this process has, and return its exit code."""
    numbers = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, not paths
        with suppress(OSError):  # the list itself is closed by now
            os.fstat(int(name))
            numbers.append(int(name))
    os.umask(mask := os.umask(0))
    told = json.dumps({"words": words, "folder": str(Path.cwd()), "environment": dict(os.environ), "mask": mask, "numbers": numbers}).encode()
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(address)
        socket.send_fds(asking, [len(told).to_bytes(8, "big")], numbers)
        asking.sendall(told)
        for number in numbers:  # so that a pipe ends for its other side when the command ends
            os.close(number)
        code = asking.recv(1)
    return code[0] if code else 70


if __name__ == "__main__":
    os._exit(_ask(sys.argv[1], sys.argv[2:]))
