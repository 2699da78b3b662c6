"""Mutation testing: change a module in small ways, one at a time, and list the changes that its tests do not notice.

Run it from the project root, in the environment of the tests::

    python benchmarks/mutants.py --module reportlint/report.py --tests tests/cli/test_exit_codes.py
    python benchmarks/mutants.py --module reportlint/facts/adoption.py --tests tests/facts tests/rules --sample 40

The tests run in copies of the tree; the tree itself is not changed. A mutant survives if all tests pass. Not every
survivor is a gap: some mutants do the same as the original.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_IGNORED = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "build", "dist")
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr}
_MARGIN = 20.0  # seconds that a mutant may take beyond five times the unchanged tests


class Mutant(NamedTuple):
    """A change of a module: a range of its source in bytes, and the new text."""

    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.line}: {' '.join(self.old.split())} → {self.new}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module, in the order of its lines."""
    data = source.encode()
    lines = [0]
    for line in data.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def mutant(node: ast.expr | ast.stmt, new: str) -> Mutant:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start, end = lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset
        return Mutant(node.lineno, start, end, data[start:end].decode(), new)

    found = (mutant(node, new) for node in _mutable(ast.parse(source)) for new in _changes(node))
    return iter(sorted(found, key=lambda each: (each.line, each.start, each.new)))


def _mutable(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield the nodes below a node, without annotations and f-strings, whose parts have no reliable positions."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.expr | ast.stmt):
                yield child
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield from _mutable(child)


def _changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Yield the texts that may replace a node."""
    match node:
        case ast.Compare(left, ops, comparators):
            for at, operator in enumerate(ops):
                changed: list[ast.cmpop] = [*ops[:at], _COMPARISONS[type(operator)](), *ops[at + 1 :]]
                yield f"({ast.unparse(ast.Compare(left, changed, comparators))})"
        case ast.BoolOp(op, values):
            other: ast.boolop = ast.And() if isinstance(op, ast.Or) else ast.Or()
            yield f"({ast.unparse(ast.BoolOp(other, values))})"
        case ast.UnaryOp(ast.Not(), operand):
            yield f"({ast.unparse(operand)})"
        case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
            yield f"({ast.unparse(ast.BinOp(left, _OPERATORS[type(op)](), right))})"
        case ast.Constant(bool() as value):
            yield str(not value)
        case ast.Constant(int() as value):
            yield from (f"({value + 1})", f"({value - 1})")
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.Continue() | ast.Break() | ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield "pass"


class Tree:
    """A copy of the project, in which one module is mutated and tested."""

    def __init__(self, folder: Path, module: str, tests: Sequence[str]) -> None:
        shutil.copytree(ROOT, folder, ignore=_IGNORED)
        self._folder, self._module = folder, folder / module
        self._original = self._module.read_bytes()
        command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist")
        self._command = (*command, "--no-header", *tests)
        # The copy must come before the installed package, in the tests and in the commands that they run.
        self._environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}

    def passes(self, mutant: Mutant | None, seconds: float | None = None) -> bool:
        """Return whether the tests pass with a mutant, within the time; ``None``: with the original module."""
        data = self._original
        if mutant:
            data = data[: mutant.start] + mutant.new.encode() + data[mutant.end :]
        self._module.write_bytes(data)
        try:
            done = subprocess.run(
                self._command, cwd=self._folder, env=self._environment, timeout=seconds, check=False,
                stdin=subprocess.DEVNULL, capture_output=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def survivors(module: str, tests: Sequence[str], chosen: Sequence[Mutant], jobs: int) -> Iterator[Mutant]:
    """Yield the mutants with which the tests pass.

    Raises:
        ValueError: the tests fail with the original module.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        trees: SimpleQueue[Tree] = SimpleQueue()
        for number in range(jobs):
            trees.put(Tree(Path(folder, str(number)), module, tests))
        tree, start = trees.get(), time.monotonic()
        if not tree.passes(None):
            raise ValueError("the tests fail without any mutant")
        seconds = (5 * jobs) * (time.monotonic() - start) + _MARGIN
        trees.put(tree)

        def survives(mutant: Mutant) -> bool:
            tree = trees.get()
            try:
                return tree.passes(mutant, seconds)
            finally:
                trees.put(tree)

        yield from (mutant for mutant, passed in zip(chosen, pool.map(survives, chosen), strict=True) if passed)


def main() -> int:
    """Print the mutants that survive. Return 1 if there are any, 2 if the tests fail without a mutant, else 0."""
    parser = argparse.ArgumentParser(description="List the changes of a module that its tests do not notice.")
    parser.add_argument("--module", required=True, help="a module, relative to the project root")
    parser.add_argument("--tests", required=True, nargs="+", help="tests, as pytest takes them")
    parser.add_argument("--sample", type=int, help="try only this many mutants, chosen at random")
    parser.add_argument("--jobs", type=int, default=1, help="tests that run at the same time")
    given = parser.parse_args()
    chosen = list(mutants((ROOT / given.module).read_text(encoding="utf-8")))
    if given.sample and given.sample < len(chosen):
        chosen = sorted(random.Random(1).sample(chosen, given.sample))
    survived = 0
    try:
        for mutant in survivors(given.module, given.tests, chosen, given.jobs):
            survived += 1
            print(f"{given.module}:{mutant}", flush=True)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{survived} of {len(chosen)} mutants survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
