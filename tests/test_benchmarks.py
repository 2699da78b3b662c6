"""The script of the benchmarks works; no times are asserted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "speed.py"
sys.path.insert(0, str(SCRIPT.parent))

import fixes  # noqa: E402
import scaling  # noqa: E402
import speed  # noqa: E402
import word_speed  # noqa: E402
from growth.generators import GENERATORS, MARKDOWN  # noqa: E402
from variation import variation  # noqa: E402

from reportlint.word import read_view  # noqa: E402

SCALING_SCRIPT = SCRIPT.with_name("scaling.py")
WORD_SCRIPT = SCRIPT.with_name("word_speed.py")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def test_the_quick_run_prints_every_table() -> None:
    done = _run("--quick")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout
    assert re.search(r"(?m)^one file of \d+ kB$", done.stdout)
    assert re.search(r"(?m)^2 files of about 2 kB", done.stdout)
    assert re.search(rf"(?m)^  {speed.BASELINE} +\d+ ms +(\d+ ms|\?) +(\d+ MB|\?) +× \d+\.\d\d$", done.stdout)
    for name, tables in (("", 2), (", one process", 1), (", two processes", 1), (", warm", 2)):
        assert len(re.findall(rf"(?m)^  {speed.OURS}{name} +\d+ ms", done.stdout)) == tables
    assert len(re.findall(r"for each MB,", done.stdout)) == 2


def test_a_commit_is_compared_with_this_checkout() -> None:
    if subprocess.run(("git", "rev-parse", "HEAD"), cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("this is no git checkout")
    done = _run("--quick", "--against", "HEAD")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = re.findall(r"(?m)^  (.+?) +\d+ ms +\d+\.\d\d +\d+\.\d\d$", done.stdout)
    assert rows[:2] == ["a report of one paragraph", "one file of 37 kB"]
    assert rows[2] == "the same file, its result cached"


def test_a_command_that_fails_is_no_fast_command() -> None:
    done = _run("--quick", "--command", f'"{sys.executable}" -c "raise SystemExit(2)"')
    assert done.returncode == 1
    assert "exit 2" in done.stdout
    assert not re.search(rf"(?m)^  {speed.OURS} +\d+ ms", done.stdout)


@pytest.mark.parametrize("draft", sorted((ROOT / "examples/clean").glob("*.md")), ids=lambda path: path.name)
def test_a_prolonged_draft_has_the_size_and_goes_on_counting(draft: Path) -> None:
    once = draft.read_text(encoding="utf-8")
    size = 4 * len(once.encode())
    text = "".join(speed.prolonged(once, size))
    assert size <= len(text.encode()) < size + 5_000
    sections = re.findall(r"(?m)^(?:## |\*\*)([IVXLC]+)\. ", text)
    assert sections == [speed.roman(number) for number in range(1, len(sections) + 1)]
    assert _last_of_series(text) > 3 * _last_of_series(once)


def _last_of_series(text: str) -> int:
    """The last of the numbers at the beginning of lines that count up from 1, others left aside."""
    last = 0
    for number in re.findall(r"(?m)^(?:\*\*)?(\d+)\.(?:\*\*)?\s", text):
        last += int(number) == last + 1
    return last


def test_every_file_of_the_corpus_is_different(tmp_path: Path) -> None:
    drafts = speed.example_drafts()[:2]
    for name in ("first", "second"):
        speed.write_corpus(tmp_path / name, drafts, 4, 20_000)
    first, second = (
        [path.read_text("utf-8") for path in sorted((tmp_path / name).iterdir())] for name in ("first", "second")
    )
    assert first == second
    assert len(set(first)) == 4
    lines = [set(filter(str.strip, text.splitlines())) for text in (first[0], first[2])]
    assert len(lines[0] & lines[1]) < len(lines[0]) / 2


@pytest.mark.parametrize("draft", sorted((ROOT / "examples/clean").glob("*.md")), ids=lambda path: path.name)
def test_a_varied_draft_has_the_same_labels(draft: Path) -> None:
    text = draft.read_text(encoding="utf-8")
    vary = variation(Path(draft.stem).suffix.removeprefix("."), "seed")
    labels = [
        re.findall(r"(?m)^(?:#+ |\*\*)?(?:\d+\.|[IVXLC]+\.|[A-Z]\.|\([a-z]\))", each) for each in (text, vary(text))
    ]
    assert labels[0] == labels[1]
    assert vary(text) != vary(text)


def test_a_draft_without_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be prolonged"):
        list(speed.prolonged("no number\n", 1000))


def test_reading_word_files_is_compared_with_reading_their_text(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(word_speed.generated(30_000))
    for given in (["--quick"], [str(tmp_path / "draft.docx")]):
        done = subprocess.run(
            [sys.executable, str(WORD_SCRIPT), *given], capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert re.fullmatch(r".+ +0\.0\d +\d+ ms +\d+ ms +\d+ ms +\d+\.\d\d", done.stdout.splitlines()[1])


def test_a_generated_word_file_counts_its_paragraphs() -> None:
    text = read_view(word_speed.generated(200_000)).text
    assert _last_of_series(text) > 100


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_makes_drafts_that_grow(name: str) -> None:
    generator = GENERATORS[name]
    lengths = [len(generator.sized(size)) for size in (2_000, 8_000)]
    assert 3 < lengths[1] / lengths[0] < 6
    assert generator.suffix == MARKDOWN or not re.search(r"(?m)^#+ ", generator.draft(3))


def test_there_are_at_least_120_generators() -> None:
    assert len({generator.make for generator in GENERATORS.values()}) >= 120


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_generators_are_measured() -> None:
    command = [sys.executable, str(SCALING_SCRIPT), "waivers in one paragraph", "--seconds", "0.01", "--most", "0.02"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    number = r" +\d+\.\d+"
    row = rf"waivers in one paragraph\.md +\d+ kB +\d+\.\d\d s +\d+ kB +\d+\.\d\d s{number}{number} +\d+( !)?"
    assert re.search(rf"(?m)^{row}$", done.stdout), done.stdout + done.stderr
    assert done.returncode == ("!" in done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_long_documents_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    ratios = list(scaling.measure_documents((10_000, 20_000), attempts=1))
    assert len(ratios) == 1
    assert re.fullmatch(r" +0\.01 MB +\d\.\d\d s +0\.00 times.+\n +0\.02 MB +\d\.\d\d s.+\n", capsys.readouterr().out)


def test_safe_fixes_mend_the_named_edits_with_one_right_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert fixes.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.match(r"all: one right result +\d+ +\d+ +0 +\d+ +0$", lines[8])
    assert any(line.startswith("  unsafe: articles of names: ") for line in lines)
