"""Change the vault and the permissions a little, one change at a time, and see whether their tests notice.

Usage: python -m tools.mutate [--of vault|permissions] [--every N] [--json FILE].

Each mutant runs the tests in a process of its own, forked from one that has imported everything else. Prints the survivors and how many were killed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}


@dataclass(frozen=True)
class Ground:
    """What is changed, and the tests that should notice."""

    name: str
    package: str
    modules: str
    """Which modules of the package, as a pattern of their files."""
    tests: tuple[str, ...]
    """Patterns of files below `tests`, the quickest first."""
    patience: int
    """Seconds until a mutant that does not end counts as noticed."""
    before: tuple[str, ...]
    """What every mutant needs and none changes, to be imported once."""

    def paths(self) -> list[Path]:
        """The files that are changed."""
        return sorted((ROOT / "src").joinpath(*self.package.split(".")).glob(self.modules))


VAULT = Ground(
    "vault", "tracktwo.vault", "*.py", ("vault/test_*.py",), 60, ("cryptography.hazmat.primitives.hpke", "hypothesis.strategies", "nacl.pwhash")
)
PERMISSIONS = Ground(
    "permissions",
    "tracktwo.web",
    "access.py",
    ("web/test_access.py", "web/test_entrance.py", "web/test_people.py", "web/test_hard.py", "trust/test_permission_matrix.py"),
    600,
    ("django.test", "django.forms", "django.template.backends.jinja2", "hypothesis.strategies", "tracktwo.constitute", "tracktwo.record.membership"),
)
GROUNDS = (VAULT, PERMISSIONS)


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    package: str
    module: str
    line: int
    change: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} {self.change}"


def mutants(path: Path, package: str) -> Iterator[Mutant]:
    """Every change of a module that is worth a run."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    before = ast.unparse(tree)
    for number, node in enumerate(ast.walk(tree)):
        for change, altered in _changes(node):
            other = copy.deepcopy(tree)
            target = next(found for at, found in enumerate(ast.walk(other)) if at == number)
            _put(other, target, altered)
            source = ast.unparse(ast.fix_missing_locations(other))
            if source != before:
                yield Mutant(package, path.stem, getattr(node, "lineno", 0), change, source)


def _put(tree: ast.AST, target: ast.AST, altered: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, altered)
            elif isinstance(value, list):
                setattr(parent, field, [altered if item is target else item for item in value])


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare):
        other = copy.deepcopy(node)
        other.ops[0] = _COMPARED[type(node.ops[0])]()
        yield f"{ast.unparse(node)} → {ast.unparse(other)}", other
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED and not _of_types(node):
        different = copy.deepcopy(node)
        different.op = _COMPUTED[type(node.op)]()
        yield f"{ast.unparse(node)} → {ast.unparse(different)}", different
    elif isinstance(node, ast.BoolOp):
        joined = copy.deepcopy(node)
        joined.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"{ast.unparse(node)} → {ast.unparse(joined)}", joined
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"{ast.unparse(node)} → {ast.unparse(node.operand)}", node.operand
    elif isinstance(node, ast.If):
        for truth in (True, False):
            taken = copy.deepcopy(node)
            taken.test = ast.Constant(truth)
            yield f"if {ast.unparse(node.test)} → if {truth}", taken
    elif isinstance(node, (ast.Raise, ast.Expr)) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield f"without: {ast.unparse(node)[:60]}", ast.Pass()
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)


def _of_types(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.BitOr) and any(isinstance(part, ast.Constant) and part.value is None for part in (node.left, node.right))


def _called(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.func, ast.Name) and node.func.id.endswith(("Error", "CannotOpen", "NotAWord", "NotASecret", "WeakPassphrase")):
        return
    for at in range(len(node.args)):
        if len(node.args) > 1:
            fewer = copy.deepcopy(node)
            del fewer.args[at]
            yield f"{ast.unparse(node)[:60]} without {ast.unparse(node.args[at])[:30]}", fewer
        if at:
            swapped = copy.deepcopy(node)
            swapped.args[at - 1], swapped.args[at] = swapped.args[at], swapped.args[at - 1]
            yield f"{ast.unparse(node)[:60]} with {ast.unparse(node.args[at])[:20]} before {ast.unparse(node.args[at - 1])[:20]}", swapped


def _constant(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", ast.Constant(not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", ast.Constant(value + 1)
    elif isinstance(value, bytes):
        yield f"{value!r} → another", ast.Constant(value + b"x")


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module in its changed form."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._source = f"{mutant.package}.{mutant.module}", mutant.source

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, f"<{self._name} changed>", "exec"), module.__dict__)  # noqa: S102 - our own source, one node changed


def _ended(child: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _run(ground: Ground, mutant: Mutant | None) -> None:
    """Run the tests in this process and end it: 0 where none of them noticed anything."""
    code = 1
    try:
        signal.alarm(ground.patience)
        import pytest
        from hypothesis import settings

        settings.register_profile("mutants", max_examples=15, database=None, derandomize=True, deadline=None)
        settings.load_profile("mutants")
        if mutant is not None:
            sys.meta_path.insert(0, _Changed(mutant))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.chdir(ROOT)
        code = int(
            pytest.main(
                [
                    "-x",
                    "-q",
                    "-o",
                    "addopts=--import-mode=importlib",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:xdist",
                    "-m",
                    "not gate",
                    *_files(ground, mutant),
                ]
            )
        )
    finally:
        os._exit(code)


def _files(ground: Ground, mutant: Mutant | None) -> list[str]:
    """The module's own tests first: most changes are noticed there."""
    files = [str(path) for pattern in ground.tests for path in sorted((ROOT / "tests").glob(pattern))]
    own = "" if mutant is None else f"test_{mutant.module}.py"
    return sorted(files, key=lambda name: not name.endswith(own)) if own else files


def all_mutants(ground: Ground) -> list[Mutant]:
    """Every mutant of every module, in order."""
    return [mutant for path in ground.paths() for mutant in mutants(path, ground.package)]


def survivors(ground: Ground, chosen: Sequence[Mutant], at_once: int = 2) -> list[Mutant]:
    """The mutants that no test noticed. Raises RuntimeError where the tests fail without any change: then nothing would be shown."""
    _import_what_does_not_change(ground)
    child = os.fork()
    if child == 0:
        _run(ground, None)
    if _ended(child):
        raise RuntimeError(f"the tests of the {ground.name} fail as they are, so they cannot tell a mutant")
    left, running, waiting = [], dict[int, Mutant](), list(chosen)
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop(0)
            child = os.fork()
            if child == 0:
                _run(ground, mutant)
            running[child] = mutant
        done, status = os.wait()
        mutant = running.pop(done)
        if os.waitstatus_to_exitcode(status) == 0:
            left.append(mutant)
    return sorted(left, key=lambda mutant: mutant.name)


def _import_what_does_not_change(ground: Ground) -> None:
    """So that a fork has it already. Nothing of ours may be among it that holds what is changed."""
    for name in ("pytest", *ground.before):
        importlib.import_module(name)
    if any(name == ground.package or name.startswith(f"{ground.package}.") for name in sys.modules):
        for name in [name for name in sys.modules if name == "tracktwo" or name.startswith("tracktwo.")]:
            del sys.modules[name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", choices=[ground.name for ground in GROUNDS], help="change only these; all if left out")
    parser.add_argument("--every", type=int, default=1, help="run only every Nth mutant")
    parser.add_argument("--json", type=Path, help="write the survivors to this file")
    told = parser.parse_args()
    left = []
    for ground in [ground for ground in GROUNDS if told.of in (None, ground.name)]:
        chosen = all_mutants(ground)[:: told.every]
        found = survivors(ground, chosen)
        for mutant in found:
            print(f"survived: {mutant.name}")
        print(f"{len(chosen) - len(found)} of {len(chosen)} mutants of the {ground.name} killed", flush=True)
        left += found
    if told.json is not None:
        with contextlib.suppress(OSError):
            told.json.write_text(json.dumps([asdict(mutant) | {"source": ""} for mutant in left], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
