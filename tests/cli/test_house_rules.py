"""House rules, which are written without programming."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from drafts import EXAMPLES

from .conftest import CLEAN, FAULTY, run

PACK = EXAMPLES / "house-rules"
README = (PACK / "README.md").read_text(encoding="utf-8")
CARD = """- code: HSE001
  name: lamps
  check: pattern
  severity: {draft: "off", review: warning, publication: error}
  confidence: high
  with: {pattern: '%s'}
  message: {en: "“{found}” in {document_symbol}", fr: "« {found} » dans {document_symbol}"}
  why: {en: "because"}
  examples:
    - {language: en, fails: "1. The lamps of the harbour are lit in the evening.", at: lamps}
    - {language: en, passes: "1. The doors of the harbour are shut in the evening."}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a draft and a house rule in ``rules``."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/house.yaml").write_text(CARD % "lamps?|lighting", encoding="utf-8")
    (tmp_path / "draft.md").write_text(CLEAN, encoding="utf-8")
    return tmp_path


class TestTheReadme:
    """The README of the example shows what really happens."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        shutil.copytree(PACK, tmp_path / "examples/house-rules")
        (tmp_path / "my-rules").mkdir()
        (tmp_path / "my-rules/first.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
        sentence = re.search(r"`report\.md`, that says “(.+?)”", README)
        assert sentence
        (tmp_path / "report.md").write_text(sentence[1] + "\n", encoding="utf-8")
        shutil.copy(tmp_path / "report.md", tmp_path / "MY-REPORT.md")
        return tmp_path

    @pytest.mark.parametrize("block", range(2))
    def test_terminal_output(self, block: int, folder: Path) -> None:
        command, _, shown = blocks("console")[block].partition("\n")
        result = run(*command.removeprefix("$ reportlint ").split(), cwd=folder)
        assert (result.out, result.err) == (shown, "")

    def test_commands(self, folder: Path) -> None:
        check, test = (line.removeprefix("reportlint ").split() for line in blocks("sh")[0].splitlines())
        assert run(*check, cwd=folder).code == 0
        result = run(*test, cwd=folder)
        assert (result.code, result.err) == (0, "")
        assert result.out.endswith(": 0 failures\n")

    def test_every_check_has_an_example(self) -> None:
        kinds = re.findall(r"(?m)^\*\*`(\w+)`\*\*:", README)
        assert sorted(kinds) == ["consistency", "limit", "pattern", "required_section", "substitution", "terms"]
        assert len(blocks("yaml")) == 1 + len(kinds)

    @pytest.mark.parametrize("kind", ["consistency", "limit", "pattern", "required_section", "substitution", "terms"])
    def test_examples_are_valid(self, kind: str, tmp_path: Path) -> None:
        given = re.search(rf"\*\*`{kind}`\*\*:.*?```yaml\n(.*?)```", README, re.DOTALL)
        assert given
        card = (CARD % "").replace("check: pattern", f"check: {kind}").replace("{found}", "some words")
        indented = "".join(f"  {line}\n" for line in given[1].splitlines())
        text = card.replace("  with: {pattern: ''}\n", indented)
        (tmp_path / "card.yaml").write_text(text, encoding="utf-8")
        shutil.copy(PACK / "terms.csv", tmp_path)
        assert run("rules", "--rules", "card.yaml", cwd=tmp_path).err == ""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_house_rules_report_alongside_the_built_in_ones(house: Path) -> None:
    (house / "draft.md").write_text(FAULTY, encoding="utf-8")
    result = run("check", "--rules", "rules", "--output-format", "concise", "draft.md", cwd=house)
    assert result.code == 1
    assert "error NUM001" in result.out
    assert "warning HSE001 [para. 5] “lighting” in HARB/COM/2019/3\n" in result.out
    assert "HSE001" not in run("check", "--output-format", "concise", "draft.md", cwd=house).out


def test_house_rules_obey_stage_selection_and_language(house: Path) -> None:
    (house / "draft.md").write_text(FAULTY, encoding="utf-8")

    def reported(*options: str) -> list[tuple[str, str]]:
        result = run("check", "--rules", "rules", "--output-format", "json", *options, "draft.md", cwd=house)
        findings = [finding for finding in result.json["findings"] if finding["code"] == "HSE001"]
        return [(finding["severity"], finding["message"]) for finding in findings]

    assert reported("--stage", "draft") == []
    assert reported("--ignore", "HSE") == []
    assert reported("--select", "lamps", "--stage", "publication") == [("error", "“lighting” in HARB/COM/2019/3")]
    assert reported("--message-language", "fr") == [("warning", "« lighting » dans HARB/COM/2019/3")]


def test_folders_in_the_configuration(house: Path) -> None:
    (house / "reportlint.toml").write_text('rules = ["rules"]\nseverity = {lamps = "error"}\n', encoding="utf-8")
    result = run("check", "--output-format", "concise", "draft.md", cwd=house)
    assert (result.code, result.out) == (
        1, "draft.md:14:38: error HSE001 [para. 3] “lighting” in HARB/COM/2019/3\n",
    )  # fmt: skip
    (house / "rules/house.yaml").write_text((CARD % "lamps").replace("pattern:", "patern:"), encoding="utf-8")
    broken = run("check", "draft.md", cwd=house)
    assert broken.code == 2
    assert "rules/house.yaml:6:10: check “pattern” has no parameter “patern”; did you mean “pattern”?" in broken.err


def test_substitution_has_a_fix(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(CLEAN.replace("decisions", "**program** of work"), encoding="utf-8")
    result = run("check", "--rules", str(PACK), "--output-format", "json", "draft.md", cwd=tmp_path)
    (finding,) = (finding for finding in result.json["findings"] if finding["code"] == "HSE001")
    assert finding["fields"] == {"found": "program", "instead": "programme"}
    edit = {"path": "draft.md", "line": 12, "column": 29, "end_line": 12, "end_column": 36, "text": "programme"}
    assert finding["fix"] == {"applicability": "safe", "edits": [edit]}


def test_house_rules_are_listed_and_explained(house: Path) -> None:
    assert "  HSE001    –/W/E  lamps\n" in run("rules", "--rules", "rules", cwd=house).out
    explained = run("explain", "--rules", "rules", "HSE001", cwd=house)
    assert (explained.code, explained.out.split("\n", 1)[0]) == (0, "HSE001  lamps")


def test_slow_pattern_is_stopped_and_reported(house: Path) -> None:
    (house / "rules/slow.yaml").write_text(
        (CARD % "(?:a|aa|a?a)+$").replace("HSE001", "HSE002").replace("lamps", "slow"), encoding="utf-8"
    )
    (house / "draft.md").write_text(CLEAN.replace("small", "a" * 80 + "!"), encoding="utf-8")
    start = time.monotonic()
    result = run("check", "--rules", "rules", "--output-format", "concise", "draft.md", cwd=house)
    assert time.monotonic() - start < 120  # it would take years otherwise
    assert result.code == 2
    assert "the pattern “(?:a|aa|a?a)+$” takes more than 1 s" in result.out
    assert "HSE001 [para. 3] “lighting”" in result.out


@pytest.mark.parametrize("command", [["check"], ["rules"], ["explain", "NUM001"]], ids=lambda command: command[0])
def test_missing_folder(command: list[str], house: Path) -> None:
    result = run(*command, "--rules", "ruels", cwd=house)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith("argument --rules: no such file or folder: “ruels”\n")


def test_all_mistakes_are_reported_with_their_places(house: Path) -> None:
    text = (CARD % "lamps").replace("pattern: 'lamps'", "patern: 'lamps'").replace("warning", "warnign")
    (house / "rules/house.yaml").write_text(text.replace("HSE001", "NUM001"), encoding="utf-8")
    for command in (["check", "--rules", "rules", "draft.md"], ["test", "rules"]):
        result = run(*command, cwd=house)
        assert (result.code, result.out) == (2, "")
        assert "rules/house.yaml:4:36: “warnign” is not a severity" in result.err
        assert "rules/house.yaml:6:10: check “pattern” has no parameter “patern”; did you mean “pattern”?" in result.err
    result = run("check", "--rules", "rules", cwd=house)
    assert "rules/house.yaml:1:9: another card already uses the code NUM001" in result.err


class TestTestCommand:
    def test_all_examples_pass(self, house: Path) -> None:
        result = run("test", "rules", cwd=house)
        assert (result.code, result.out, result.err) == (0, "2 examples of 1 rule: 0 failures\n", "")
        assert run("test", "rules/house.yaml", cwd=house).out == result.out

    def test_rule_that_fails_its_examples(self, house: Path) -> None:
        (house / "rules/house.yaml").write_text(CARD % "doors", encoding="utf-8")
        result = run("test", "rules", cwd=house)
        assert (result.code, result.err) == (1, "")
        assert result.out.splitlines() == [
            "rules/house.yaml:10: HSE001: the draft should fail but passes",
            "rules/house.yaml:11: HSE001: the draft should pass but has a finding at “doors” (“doors” in –)",
            "2 examples of 1 rule: 2 failures",
        ]

    def test_place_and_number_of_findings(self, house: Path) -> None:
        (house / "rules/house.yaml").write_text(CARD % "lamp", encoding="utf-8")
        (house / "rules/other.yaml").write_text(
            (CARD % "lamps|harbour").replace("HSE001", "HSE002"), encoding="utf-8"
        )  # fmt: skip
        out = run("test", "rules", cwd=house).out
        assert "rules/house.yaml:10: HSE001: the finding should be at “lamps” but is at “lamp” (“lamp” in –)\n" in out
        assert "rules/other.yaml:10: HSE002: the draft should have one finding but has 2: " in out

    def test_card_without_examples(self, house: Path) -> None:
        text = CARD % "lamps"
        (house / "rules/house.yaml").write_text(text[: text.index("  examples:")], encoding="utf-8")
        result = run("test", "rules", cwd=house)
        assert result.code == 1
        assert "rules/house.yaml:1: HSE001: the card has no example that fails\n" in result.out
        assert "rules/house.yaml:1: HSE001: the card has no example that passes\n" in result.out

    def test_rule_that_crashes(self, house: Path) -> None:
        (house / "rules/house.yaml").write_text(
            (CARD % "(?:a|aa|a?a)+$").replace("The lamps", "The lamps " + "a" * 80 + "!"), encoding="utf-8"
        )  # fmt: skip
        result = run("test", "rules", cwd=house)
        assert result.code == 1
        assert "takes more than 1 s" in result.out

    @pytest.mark.parametrize("path", ["nothing", "draft.md"])
    def test_no_rules(self, path: str, house: Path) -> None:
        (house / "nothing").mkdir()
        result = run("test", path, cwd=house)
        assert (result.code, result.out) == (2, "")
        assert path in result.err

    def test_built_in_rules(self) -> None:
        result = run("test", str(EXAMPLES.parent / "rules/typography.yaml"))
        assert (result.code, result.err) == (0, "")
        assert re.fullmatch(r"\d+ examples of \d+ rules: 0 failures\n", result.out)
