"""A language is data: short lexicons in a house's folder are enough to check drafts in other languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import ROOT, examples

from reportlint.config.options import Options
from reportlint.engine.rule_data import data_mistakes
from reportlint.engine.rules import Rules
from reportlint.errors import SetupError
from reportlint.facts.adoption import read_labels
from reportlint.facts.agenda_references import read_items
from reportlint.knowledge.declared import fields_of
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import data_file, read_data
from reportlint.language.lexicon import Lexicon, Ordinal
from reportlint.language.lexicon_shape import LexiconShape, lexicon_mistakes
from reportlint.plugins.rule_loading import make_rules
from reportlint.report import FileReport, FileState
from reportlint.runner.draft_checking import check_text

HERE = Path(__file__).parent
FAULTS: dict[str, list[dict[str, str]]] = read_data(HERE / "faults.yaml")
LANGUAGES = sorted(FAULTS)
CASES = [pytest.param(code, fault, id=f"{code}-{fault['code']}") for code in LANGUAGES for fault in FAULTS[code]]
NEEDED = {name for name, field in fields_of(LexiconShape).items() if field.is_required} | {"contents"}


def house_rules(lexicons: Path) -> Rules:
    """Return the rules with those of a house whose folder has these lexicons."""
    return make_rules(Options(Stage.PUBLICATION, folders=(lexicons.parent,)))


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    folder = tmp_path_factory.mktemp("house") / "lexicons"
    folder.mkdir()
    for code in LANGUAGES:
        (folder / f"{code}.yaml").write_text((HERE / f"{code}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return house_rules(folder)


def draft(code: str) -> str:
    return (HERE / f"{code}.md").read_text(encoding="utf-8")


def findings(text: str, rules: Rules) -> list[tuple[str, int]]:
    """Return the code and line of each finding in a draft, whose language is detected."""
    report = check_text(text, "draft.md", ".md", rules)
    assert report.state is FileState.CHECKED
    return [(finding.code, finding.place.line) for finding in report.findings]


def changed(text: str, fault: dict[str, str]) -> str:
    assert text.count(fault["old"]) == 1, fault["old"]
    return text.replace(fault["old"], fault["new"])


def line_of(text: str, words: str) -> int:
    return text.count("\n", 0, text.index(words)) + 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_clean_draft_gives_no_finding(code: str, rules: Rules) -> None:
    assert findings(draft(code), rules) == []


@pytest.mark.parametrize(("code", "fault"), CASES)
def test_a_planted_fault_is_the_only_finding(code: str, fault: dict[str, str], rules: Rules) -> None:
    text = changed(draft(code), fault)
    assert findings(text, rules) == [(fault["code"], line_of(text, fault["new"]))]


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_faults_together(code: str, rules: Rules) -> None:
    text = draft(code)
    for fault in FAULTS[code]:
        text = changed(text, fault)
    expected = {(fault["code"], line_of(text, fault["new"])) for fault in FAULTS[code]}
    assert set(findings(text, rules)) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_lexicons_are_right(code: str, rules: Rules) -> None:
    assert data_mistakes(rules.rulebook) == []
    assert rules.lexicon(code).data["language"] == code


@pytest.mark.parametrize(
    ("code", "text", "days"),
    [
        ("pt", "12 de novembro de 2025", [date(2025, 11, 12)]),
        ("pt", "de 10 a 12 de novembro de 2025", [date(2025, 11, day) for day in (10, 11, 12)]),
        ("pt", "1º de maio de 2025", [date(2025, 5, 1)]),
        ("sr", "12. новембра 2025.", [date(2025, 11, 12)]),
        ("sr", "од 10. до 12. новембра 2025. године", [date(2025, 11, day) for day in (10, 11, 12)]),
    ],
)
def test_dates(code: str, text: str, days: list[date], rules: Rules) -> None:
    ((_, _, dates),) = rules.lexicon(code).find_dates(text)
    assert sorted(dates.days()) == days


def test_values_as_the_languages_write_them(rules: Rules) -> None:
    day = date(2025, 11, 12)
    assert rules.lexicon("pt").format_value((day, Ordinal(3))) == "12 de novembro de 2025 e 3ª"
    assert rules.lexicon("sr").format_value((day, Ordinal(3))) == "12. новембра 2025. и 3."


@pytest.mark.parametrize(
    ("order", "text", "days"),
    [
        ("month day year", "on November 12, 2025", [date(2025, 11, 12)]),
        ("month day year", "from November 10 to 12, 2025", [date(2025, 11, day) for day in (10, 11, 12)]),
        (
            "month day year",
            "from November 29 to December 1, 2025",
            [date(2025, 11, 29), date(2025, 11, 30), date(2025, 12, 1)],
        ),
        ("year month day", "2025 November 12", [date(2025, 11, 12)]),
    ],
)
def test_another_order_of_dates(order: str, text: str, days: list[date]) -> None:
    data = read_data(ROOT / "rules" / "lexicons" / "en.yaml")
    lexicon = Lexicon("en", {**data, "dates": {**data["dates"], "order": order}})
    ((_, _, dates),) = lexicon.find_dates(text)
    assert sorted(dates.days()) == days
    assert lexicon.dates.read("12 November 2025") is None or order == "year month day"


FORMS = ["одељак", "одељка", "одељака"]


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, 2),
        (1, 0),
        (2, 1),
        (4, 1),
        (5, 2),
        (11, 2),
        (12, 2),
        (21, 0),
        (22, 1),
        (100, 2),
        (101, 0),
        (111, 2),
        (112, 2),
    ],
)
def test_three_forms(number: int, form: int, rules: Rules) -> None:
    lexicon = rules.lexicon("sr")
    assert lexicon.plural(FORMS, number) == FORMS[form]
    filled = lexicon.fill("{count} {count|одељак|одељка|одељака}", {"count": number})
    assert filled == f"{number} {FORMS[form]}"


def test_zero_is_singular_in_french_and_plural_in_english(rules: Rules) -> None:
    forms = ["one", "several"]
    assert [rules.lexicon(code).plural(forms, number) for code in ("en", "fr") for number in (0, 1, 2)] == [
        "several", "one", "several", "one", "one", "several",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_the_words_of_a_rule_it_is_silent(language: str, tmp_path: Path) -> None:
    """The clean drafts give no finding above info, and no rule crashes, with the required sections only.

    The titles of tables of contents are words of no rule.
    """
    data: dict[str, Any] = read_data(ROOT / "rules" / "lexicons" / f"{language}.yaml")
    folder = tmp_path / "lexicons"
    folder.mkdir()
    short = {name: section for name, section in data.items() if name in NEEDED}
    # The messages are those of the other language.
    (folder / f"{language}.yaml").write_text(yaml.safe_dump(short, allow_unicode=True), encoding="utf-8")
    other = "fr" if language == "en" else "en"
    options = Options(Stage.PUBLICATION, folders=(tmp_path,), language=language, message_language=other)
    rules = make_rules(options)
    assert data_mistakes(rules.rulebook) == []
    reports: list[FileReport] = [
        check_text(path.read_text(encoding="utf-8"), path.name, path.suffix, rules)
        for path in examples("clean")
        if f".{language}." in path.name
    ]
    found = [(report.path, f.code, f.place.line, f.message) for report in reports for f in report.findings]
    assert found == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_one_optional_key_no_clean_draft_has_a_finding(code: str, tmp_path: Path) -> None:
    data: dict[str, Any] = read_data(HERE / f"{code}.yaml")
    folder = tmp_path / "lexicons"
    folder.mkdir()
    for section, key in [(name, key) for name in ("masthead", "phrases") for key in data[name]]:
        rest = {name: value for name, value in data[section].items() if name != key}
        text = yaml.safe_dump({**data, section: rest}, allow_unicode=True)
        (folder / f"{code}.yaml").write_text(text, encoding="utf-8")
        assert findings(draft(code), house_rules(folder)) == [], (section, key)


def test_a_word_for_ranges_may_be_several_words() -> None:
    data = read_data(ROOT / "rules" / "lexicons" / "en.yaml")
    lexicon = Lexicon("en", {**data, "lists": {**data["lists"], "to": ["to and including"]}})
    assert [name for name, _, _ in read_labels("I to and including III", lexicon)] == ["I", "II", "III"]
    assert [name for name, _, _ in read_labels("I and III", lexicon)] == ["I", "III"]
    assert [number for number, _ in read_items("2 to and including 4", lexicon)] == [2, 3, 4]
    assert [number for number, _ in read_items("2 and 4", lexicon)] == [2, 4]


def test_a_language_without_messages_is_named(rules: Rules) -> None:
    options = Options(Stage.PUBLICATION, folders=rules.options.folders, message_language="pt")
    expected = r"there are no messages in the language “pt” \(languages of messages: en, fr\)"
    with pytest.raises(SetupError, match=expected):
        make_rules(options)


@pytest.mark.parametrize("missing", ["where", "statistics", "outline"])
def test_a_language_of_messages_needs_all_of_their_words(missing: str, tmp_path: Path) -> None:
    data = read_data(ROOT / "rules" / "lexicons" / "en.yaml")
    file = tmp_path / "en.yaml"
    file.write_text(yaml.safe_dump({**data, missing: None}, allow_unicode=True), encoding="utf-8")
    (mistake,) = lexicon_mistakes(data_file(file), "en")
    assert mistake.message == f"“{missing}” is missing: a language of messages needs it"


def test_every_section_that_the_program_names_is_in_the_lexicons() -> None:
    """A name that no lexicon has would make its rule silent."""
    call = re.compile(r"(?:lexicon|self)\.(?:section|words|mapping)\(((?:[\"'][a-z_]+[\"'](?:, )?)+)\)")
    optional = {
        ("meetings", "ordinals_in_words"),
        ("formats", "days"),
        ("formats", "list_ordinals"),
        ("formats", "ordinals_long"),
        ("dates", "order"),
    }
    named = {
        tuple(re.findall(r"[a-z_]+", match[1]))
        for path in (ROOT / "reportlint").rglob("*.py")
        for match in call.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    lexicon = Lexicon("en", read_data(ROOT / "rules" / "lexicons" / "en.yaml"))
    absent = {names for names in named - optional if names[-1] not in (lexicon.mapping(*names[:-1]) or lexicon.data)}
    assert absent == set()


@pytest.mark.parametrize(
    ("code", "headings", "line"),
    [
        ("pt", ["Primeira parte", "Segunda parte"], 0),
        ("pt", ["Primeira parte", "Terceira parte"], 11),
        ("pt", ["Parte um", "Parte dois"], 0),
        ("pt", ["Parte um", "Parte três"], 11),
        ("sr", ["Део 1", "Део 2"], 0),
        ("sr", ["Део 1", "Део 3"], 11),
    ],
)
def test_the_number_of_a_heading_comes_before_or_after_its_word(
    code: str, headings: list[str], line: int, rules: Rules
) -> None:
    first, second = headings
    sentence = draft(code).split("\n\n3. ")[1].split("\n")[0]
    text = f"# {first}\n\n1. {sentence}\n\n2. {sentence}\n\n3. {sentence}\n\n\n\n# {second}\n\n4. {sentence}\n"
    options = Options(Stage.REVIEW, language=code, folders=rules.options.folders, select=frozenset({"NUM002"}))
    assert findings(text, rules.with_options(options)) == ([("NUM002", line)] if line else [])
