"""The layout explains itself: the names at the top, no two names alike, and a public face that is complete."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafts import ROOT

import reportlint
from reportlint.checks import BUILTIN_CHECKS
from reportlint.checks.generic import GENERIC_CHECKS
from reportlint.engine.fact_store import parameter_types
from reportlint.knowledge.parameters import CardParameters

PACKAGE = ROOT / "reportlint"
TOP = (
    "version", "hashes", "errors", "files", "named_tuples", "data_classes", "kept_code", "document", "knowledge",
    "language", "symbols", "word", "readers", "structure", "finding", "facts", "checks", "config", "engine", "report",
    "waivers", "fixes", "annotate", "reporters", "plugins", "runner", "workspace", "clearance", "testing", "cli",
    "__main__",
)  # fmt: skip
# A subject has a module in both; a command, a format and a page have one each.
MODULES_OF_A_SUBJECT = ("facts", "checks", "cli", "readers", "reporters")
MOST_MODULES_WITHOUT_A_CONTRACT = 6


def modules() -> Iterator[Path]:
    return (path.relative_to(PACKAGE) for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py")


def contracts() -> list[dict[str, object]]:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return data["tool"]["importlinter"]["contracts"]  # type: ignore[no-any-return]


def names_in(layers: object) -> list[str]:
    assert isinstance(layers, list)
    return [name for layer in layers for name in re.split(r" *[|:] *", layer)]


def test_names_at_the_top_in_the_order_of_their_layers() -> None:
    here = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert here - {"__init__"} == set(TOP)
    (contract,) = (contract for contract in contracts() if contract["containers"] == ["reportlint"])
    assert contract["layers"] == [*reversed(TOP)]
    assert contract["exhaustive"] is True
    assert all("ignore_imports" not in contract for contract in contracts())


def test_every_large_package_has_a_contract_of_its_own() -> None:
    sizes = Counter(path.parent for path in modules())
    sizes.update(path.parent.parent for path in PACKAGE.rglob("__init__.py") for path in [path.relative_to(PACKAGE)])
    large = {
        ".".join(("reportlint", *folder.parts))
        for folder, size in sizes.items()
        if size > MOST_MODULES_WITHOUT_A_CONTRACT
    }
    held = {
        container
        for contract in contracts()
        if contract["exhaustive"]
        for container in contract["containers"]  # type: ignore[attr-defined]
    }
    assert large <= held


def test_no_two_modules_have_one_name() -> None:
    names = [(path.stem, path.parts[0]) for path in modules()]
    names += [(path.parent.name, "package") for path in PACKAGE.rglob("__init__.py")]
    folders: dict[str, list[str]] = {}
    for name, folder in names:
        folders.setdefault(name, []).append(folder)
    doubled = {
        name: [folder for folder in places if folder not in MODULES_OF_A_SUBJECT]
        for name, places in folders.items()
        if len(places) > 1
    }
    assert {name: places for name, places in doubled.items() if len(places) > 1} == {}


def test_no_two_public_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in modules()
        for node in ast.parse((PACKAGE / path).read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", reportlint.__all__)
def test_everything_public_can_be_imported(name: str) -> None:
    assert getattr(reportlint, name) is not None


@pytest.mark.parametrize("name", ["ReportlintError", "DataError", "SetupError", "UnreadableInput"])
def test_exceptions_are_public(name: str) -> None:
    assert name in reportlint.__all__
    assert issubclass(getattr(reportlint, name), reportlint.ReportlintError)


def test_every_fact_of_built_in_checks_is_public() -> None:
    kinds = {kind for check in (*BUILTIN_CHECKS, *GENERIC_CHECKS) for kind in parameter_types(check.function)}
    facts = {kind.__name__ for kind in kinds if not issubclass(kind, CardParameters)}
    assert facts - set(reportlint.__all__) == set()


def test_type_checkers_see_what_is_exported() -> None:
    """The imports for type checkers, the names that are imported on demand and ``__all__`` agree."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    imported = {
        name.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("reportlint.")
        for name in node.names
    }
    assert {*imported, "API_VERSION", "lint_path", "lint_paths", "lint_text"} == {*reportlint.__all__, "__version__"}
    for name, module in imported.items():
        assert getattr(reportlint, name) is getattr(importlib.import_module(str(module)), name)


def test_importing_the_package_is_cheap() -> None:
    program = "import sys, reportlint; print([name for name in sys.modules if name.startswith('reportlint.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"
