"""The fuzzer: it repeats its cases, notices what must not happen, and reduces a failing draft."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportlint import Check, Linter, Place, Problem, Reports, Run, Structure
from reportlint.errors import UnreadableInput
from reportlint.word import read_view

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "fuzz.py"
sys.path.insert(0, str(SCRIPT.parent))

from fuzz import Worker  # noqa: E402
from fuzzing import verification  # noqa: E402
from fuzzing.cases import LARGEST, Case, CaseMaker  # noqa: E402
from fuzzing.minimising import minimised  # noqa: E402
from fuzzing.verification import Verifier, violations  # noqa: E402
from fuzzing.word_cases import WordCaseMaker  # noqa: E402
from fuzzing.word_verification import word_faults  # noqa: E402

TEXT = "1. The Committee on Harbour Safety met in Lisbon .\n\n3. The representative of Swaziland spoke.\n"
CASE = Case(0, TEXT.encode(), "case.md", "en", "review", "en")
REPLACED = "typography.space_before_stop"


def with_check(verifier: Verifier, function: Callable[..., Iterator[Problem]]) -> Verifier:
    """Return the verifier with a check of its linter replaced."""
    verifier.linter(CASE).rules.checks[REPLACED] = Check(REPLACED, function, fields=("mark",))
    return verifier


def raising(structure: Structure) -> Iterator[Problem]:
    raise LookupError("lamp")
    yield


def kinds(verifier: Verifier, case: Case = CASE) -> list[str]:
    return [failure.kind for failure in verifier.outcome(case, all_formats=True).failures]


@pytest.fixture(scope="module")
def maker() -> CaseMaker:
    return CaseMaker(3)


def test_a_case_depends_on_the_seed_and_its_number(maker: CaseMaker) -> None:
    cases = [maker.case(number) for number in range(60)]
    assert len({case.data for case in cases}) == len(cases)
    assert CaseMaker(3).case(59) == cases[59]
    assert CaseMaker(4).case(59).data != cases[59].data
    assert all(len(case.data) <= LARGEST for case in cases)
    assert {case.path for case in cases} == {"case.md", "case.txt"}
    assert {case.stage for case in cases} == {"draft", "review", "publication"}
    assert {"en", "fr"} <= {case.language for case in cases}


def test_a_sound_linter_has_no_failures() -> None:
    outcome = Verifier().outcome(CASE, all_formats=True)
    assert outcome.failures == ()
    assert outcome.codes >= {"NUM001", "TYP001"}
    assert json.loads(outcome.output)["findings"]


def test_a_crash_is_noticed() -> None:
    assert kinds(with_check(Verifier(), raising)) == ["crash"]


def test_a_warning_is_noticed() -> None:
    def warning(structure: Structure) -> Iterator[Problem]:
        import warnings  # noqa: PLC0415

        warnings.warn("lamp", stacklevel=1)
        yield from ()

    assert kinds(with_check(Verifier(), warning)) == ["crash"]


def test_other_output_of_another_linter_is_noticed() -> None:
    numbers = itertools.count()

    def counting(structure: Structure) -> Iterator[Problem]:
        yield Problem(structure.passages[0].span(0, 3), {"mark": str(next(numbers))})

    worker = Worker(1)
    with_check(worker.verifier, counting)
    assert [failure.kind for failure in worker.failures(CASE)] == ["determinism"]


@pytest.mark.parametrize(
    ("name", "output"),
    [("json", "{"), ("html", "<p><b></p>"), ("junit", "<a>"), ("text", "\x1b[31m"), ("concise", "a\u2067b")],
)
def test_output_that_cannot_be_read_is_noticed(name: str, output: str) -> None:
    verifier = Verifier()
    reporters: Any = verifier.linter(CASE).rules.reporters
    sound = reporters[name]
    # The JSON that every case is verified with is written before the formats.
    outputs = iter([None] if name == "json" else [])
    reporters[name] = lambda run, **given: sound(run, **given) if next(outputs, 1) is None else output
    assert kinds(verifier) == [f"format {name}"]


def test_a_slow_case_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "SLOW", 0.0)
    assert kinds(Verifier()) == ["slow"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda place: place._replace(column=place.column + 1),
        lambda place: place._replace(line=place.line + 1),
        lambda place: place._replace(end_column=place.end_column + 1),
        lambda place: place._replace(end_line=99),
        lambda place: place._replace(end=place.end + 1),
        lambda place: place._replace(start=place.start - 1),
        lambda place: place._replace(where=" "),
    ],
)
def test_a_wrong_place_is_noticed(wrong: Callable[[Place], Place]) -> None:
    linter = Linter(language="en")
    report = linter.check(CASE.data, CASE.path)
    first, *rest = report.findings
    assert not list(
        violations(CASE, report, output_of(linter, Run(Reports.of([report]), linter.rules.options, linter.rules)))
    )
    report = replace(report, findings=(replace(first, place=wrong(first.place)), *rest))
    output = output_of(linter, Run(Reports.of([report]), linter.rules.options, linter.rules))
    assert "position" in [failure.kind for failure in violations(CASE, report, output)]


def output_of(linter: Linter, run: Run) -> str:
    return "".join(linter.rules.reporters["json"](run))


def test_a_failing_draft_is_reduced() -> None:
    data = b"one\ntwo\nthree \xff lamp four\nfive\n"
    assert minimised(data, lambda part: b"\xff" in part and b"m" in part) == b"\xffm"
    text = "one\nété à Genève\nfive\n".encode()
    assert minimised(text, lambda part: "è".encode() in part) == "è".encode()


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def test_the_script_checks_cases_in_two_processes() -> None:
    done = fuzz("--cases", "60", "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seed 1: 60 cases from" in done.stdout
    assert done.stdout.endswith("failures: 0\n")


def test_the_script_compares_hash_seeds() -> None:
    done = fuzz("--cases", "20", "--hash-seeds")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "seed 1: 20 cases; output depends on the hash seed in 0\n\n"


def test_a_failing_case_is_saved_reduced(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(SCRIPT.parent)!r})
import fuzz
from fuzzing import verification
verification.SLOW = 0.0
sys.argv = ["fuzz.py", "--cases", "1", "--start", "5", "--save", {str(tmp_path / "failed")!r}]
sys.exit(fuzz.main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert "failures: 1; slow 1\n" in done.stdout
    (about,) = (tmp_path / "failed").glob("*.json")
    assert json.loads(about.read_text(encoding="utf-8"))["number"] == 5
    # The reduction has a time limit, which a busy machine may reach.
    assert len(about.with_suffix("").read_bytes()) < len(CaseMaker(1).case(5).data)


def test_the_script_checks_word_files() -> None:
    done = fuzz("--word", "--cases", "60", "--seed", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seed 2: 60 cases from" in done.stdout
    assert done.stdout.endswith("failures: 0\n")


def test_a_word_case_depends_on_the_seed_and_its_number() -> None:
    maker = WordCaseMaker(3)
    cases = [maker.case(number) for number in range(40)]
    assert len({case.data for case in cases}) == len(cases)
    assert WordCaseMaker(3).case(39) == cases[39]
    texts = [word_text(case.data) for case in cases]
    assert sum(text is not None for text in texts) > len(cases) / 3


def word_text(data: bytes) -> str | None:
    try:
        return read_view(data).text
    except UnreadableInput:
        return None


def test_comments_that_change_the_text_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in map(WordCaseMaker(3).case, itertools.count()) if word_text(case.data))
    view = read_view(case.data)
    assert list(word_faults(case.data, view)) == []
    assert list(word_faults(case.data, replace(view, text=view.text + "lamp"))) == ["comments change the text"]
    moved = tuple(node._replace(number=node.number + 1) for node in view.nodes[:1])
    assert "text 1 of" in next(word_faults(case.data, replace(view, nodes=moved)), "")
