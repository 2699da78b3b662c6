"""Mutation testing: what is changed in a module, and which changes its tests notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from mutants import mutants  # noqa: E402

MODULE = '''"""A module."""

LIMIT = 3


def larger(number: int = 0) -> bool:
    """Return whether é is larger."""
    if not number or number < LIMIT:
        return False
    return number > 1 and f"{number > 2}" != ""
'''


def test_mutants_of_a_module() -> None:
    data = MODULE.encode()
    changed = {(mutant.line, mutant.new) for mutant in mutants(MODULE)}
    assert changed == {
        (3, "(4)"), (3, "(2)"), (6, "(1)"), (6, "(-1)"), (8, "(number)"), (8, "(number <= LIMIT)"),
        (8, "(not number and number < LIMIT)"), (9, "True"), (9, "return None"), (10, "return None"), (10, "(2)"),
        (10, "(0)"), (10, "(number >= 1)"), (10, "(f'{number > 2}' == '')"),
        (10, "(number > 1 or f'{number > 2}' != '')"),
    }  # fmt: skip
    for mutant in mutants(MODULE):
        assert data[mutant.start : mutant.end].decode() == mutant.old
        compile(data[: mutant.start] + mutant.new.encode() + data[mutant.end :], "module", "exec")


def test_survivors_are_listed(tmp_path: Path) -> None:
    """A tree of its own, so that no other tests take part."""
    (tmp_path / "benchmarks").mkdir()
    script = tmp_path / "benchmarks" / "mutants.py"
    script.write_bytes((ROOT / "benchmarks" / "mutants.py").read_bytes())
    (tmp_path / "lamps.py").write_text("def dark(lamps: int) -> bool:\n    return not lamps\n")
    (tmp_path / "test_lamps.py").write_text("from lamps import dark\n\ndef test() -> None:\n    assert not dark(1)\n")
    done = subprocess.run(
        [sys.executable, str(script), "--module", "lamps.py", "--tests", "test_lamps.py"],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "lamps.py:2: return not lamps → return None\n1 of 2 mutants survived\n"
    (tmp_path / "test_lamps.py").write_text("def test() -> None:\n    assert False\n")
    command = [sys.executable, str(script), "--module", "lamps.py", "--tests", "test_lamps.py"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stderr) == (2, "the tests fail without any mutant\n")
