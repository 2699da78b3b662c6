"""Configuration through the command: search, effects, exclusion, mistakes, and reports in parts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from reportlint.config.config_file import DEFAULT, Configuration, StatedSetting

from .conftest import CLEAN, FAULTY, Result, run

MANY = FAULTY.replace("small harbours", "XX harbours").replace("12 March 2019\n", "").replace("HARB/COM/2019/3\n", "")


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Writes files into the folder of the test, which has no configuration above it."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def check(folder: Path, *given: str) -> Result:
    return run("check", "--output-format", "json", *given, cwd=folder)


def codes(result: Result) -> list[str]:
    return [finding["code"] for finding in result.json["findings"]]


def settings(folder: Path, *given: str) -> dict[str, tuple[Any, str]]:
    """Return the settings in force, each with its origin."""
    result = run("config", "--output-format", "json", *given, cwd=folder)
    assert result.code == 0
    return {
        entry["key"]: (entry["value"], f"{entry['origin']}:{entry['line']}" if entry["line"] else entry["origin"])
        for entry in result.json["settings"]
    }


# -- search ------------------------------------------------------------------------------------------------------


def test_defaults_without_configuration(write: Any) -> None:
    folder = write(a_md=CLEAN)
    assert settings(folder, "a.md") == {
        "stage": ("review", "default"), "message-language": ("en", "default"), "fail-on": ("warning", "default"),
        "max-size": (16, "default"),
    }  # fmt: skip


def test_nearest_configuration_applies(write: Any) -> None:
    folder = write(
        reportlint_toml='stage = "draft"\n', a_md=CLEAN, one__b_md=CLEAN,
        two__reportlint_toml='\nstage = "publication"\n', two__deep__er__c_md=CLEAN,
    )  # fmt: skip
    assert settings(folder, "one/b.md")["stage"] == ("draft", "reportlint.toml:1")
    assert settings(folder, "two/deep/er/c.md")["stage"] == ("publication", "two/reportlint.toml:2")
    assert settings(folder / "two" / "deep", "er/c.md")["stage"] == ("publication", "../reportlint.toml:2")
    assert settings(folder, "two")["stage"] == ("publication", "two/reportlint.toml:2")
    assert check(folder, "two").json["stage"] == "publication"


def test_broken_pyproject_is_not_ignored(write: Any) -> None:
    folder = write(pyproject_toml='[tool.reportlint]\nignore = = ["NUM"]\n', a_md=FAULTY)
    assert check(folder, ".").err.startswith("reportlint: pyproject.toml:2:10: not valid TOML: ")


def test_table_in_pyproject(write: Any) -> None:
    folder = write(
        pyproject_toml='[project]\nname = "x"\n\n[tool.reportlint]\nignore = ["NUM"]\n', a_md=FAULTY,
        two__pyproject_toml='[project]\nname = "reportlint-drafts"\n', two__b_md=FAULTY,
        three__pyproject_toml="[tool.other]\nx = 1\n", three__reportlint_toml="", three__c_md=FAULTY,
    )  # fmt: skip
    assert settings(folder, "a.md")["ignore"] == (["NUM"], "pyproject.toml:5")
    assert settings(folder, "two/b.md")["ignore"] == (["NUM"], "pyproject.toml:5")
    assert "ignore" not in settings(folder, "three/c.md")
    result = check(folder, ".")
    assert [finding["path"] for finding in result.json["findings"]] == ["three/c.md"]


def test_named_configuration_applies_to_all(write: Any) -> None:
    folder = write(reportlint_toml='stage = "draft"\n', a_md=FAULTY, other_toml='ignore = ["NUM"]\n')
    assert check(folder, "a.md").code == 1
    assert check(folder, "a.md", "--config", "other.toml").code == 0
    assert settings(folder, "a.md", "--config", "other.toml")["stage"] == ("review", "default")


def test_configuration_of_standard_input(write: Any) -> None:
    folder = write(two__reportlint_toml='ignore = ["NUM"]\n')
    assert run("check", "-", stdin=FAULTY.encode(), cwd=folder).code == 1
    assert run("check", "-", "--stdin-filename", "two/a.md", stdin=FAULTY.encode(), cwd=folder).code == 0


# -- effects ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("configuration", "given", "code", "expected"),
    [
        ("", [], 1, ["DRF001", "MST001", "MST004", "NUM001"]),
        ('stage = "draft"', [], 1, ["NUM001"]),
        ('select = ["NUM", "symbol-missing"]', [], 1, ["MST001", "NUM001"]),
        ('ignore = ["DRF001", "MST"]', [], 1, ["NUM001"]),
        ('ignore = ["DRF001", "MST"]', ["--ignore", "NUM"], 0, []),
        ('ignore = ["DRF001", "MST"]', ["--select", "DRF001,NUM"], 1, ["DRF001", "NUM001"]),
        ('select = ["NUM"]', ["--select", "DRF"], 1, ["DRF001"]),
        ('select = ["NUM"]\nseverity = {NUM001 = "info"}', [], 0, ["NUM001"]),
        ('select = ["NUM"]\nseverity = {NUM001 = "info"}\nfail-on = "info"', [], 1, ["NUM001"]),
        ('select = ["NUM"]\nfail-on = "info"\n[severity]\nNUM = "off"', [], 0, []),
        ('select = ["MST001"]\nfail-on = "error"', [], 0, ["MST001"]),
        ('select = ["MST001"]\nfail-on = "error"', ["--fail-on", "warning"], 1, ["MST001"]),
        ('select = ["MST"]\n[meeting]\nsymbol = "HARB/COM/2019/3"', [], 1, ["MST004"]),
    ],
)
def test_effects(configuration: str, given: list[str], code: int, expected: list[str], write: Any) -> None:
    folder = write(reportlint_toml=configuration, a_md=MANY)
    result = check(folder, "a.md", *given)
    assert (sorted(codes(result)), result.code) == (expected, code)


def test_languages(write: Any) -> None:
    folder = write(reportlint_toml='message-language = "fr"\nlanguage = "en"\n', a_md=FAULTY)
    (finding,) = check(folder, "a.md").json["findings"]
    assert finding["where"] == "par. 5"
    assert run("explain", "NUM001", cwd=folder).out != run("explain", "NUM001", cwd=folder.parent).out
    (finding,) = check(folder, "a.md", "--message-language", "en").json["findings"]
    assert finding["where"] == "para. 5"


def test_overrides(write: Any) -> None:
    folder = write(
        reportlint_toml="""
            ignore = ["MST"]
            [[overrides]]
            paths = ["annexes/**", "*.txt"]
            ignore = ["NUM"]
            [[overrides]]
            paths = ["annexes/b.md"]
            severity = {DRF001 = "info"}
        """,
        report_md=MANY, annexes__a_md=MANY, annexes__b_md=MANY, deep__c_txt=MANY,
    )  # fmt: skip
    by_path: dict[str, list[tuple[str, str]]] = {}
    for finding in check(folder, ".").json["findings"]:
        by_path.setdefault(finding["path"], []).append((finding["code"], finding["severity"]))
    assert {path: sorted(set(pairs)) for path, pairs in by_path.items()} == {
        "report.md": [("DRF001", "warning"), ("NUM001", "error")],
        "annexes/a.md": [("DRF001", "warning")],
        "annexes/b.md": [("DRF001", "info")],
        "deep/c.txt": [("DRF001", "warning")],
    }


def test_overrides_and_exclusions_of_an_extended_file_are_relative_to_it(write: Any) -> None:
    folder = write(
        house__reportlint_toml="""
            ignore = ["MST"]
            exclude = ["../drafts/old/*.md", "letters/*.md"]
            [[overrides]]
            paths = ["../drafts/annexes/**", "*.txt"]
            ignore = ["NUM"]
            [[overrides]]
            paths = ["annexes/**"]
            ignore = ["DRF"]
        """,
        drafts__reportlint_toml="""
            extends = "../house/reportlint.toml"
            [[overrides]]
            paths = ["annexes/b.md"]
            select = ["NUM"]
        """,
        drafts__report_md=MANY, drafts__annexes__a_md=MANY, drafts__annexes__b_md=MANY, drafts__c_txt=MANY,
        drafts__old__d_md=MANY, drafts__letters__e_md=MANY, house__annexes__f_md=MANY,
    )  # fmt: skip
    by_path: dict[str, set[str]] = {}
    for finding in check(folder, ".").json["findings"]:
        by_path.setdefault(finding["path"], set()).add(finding["code"])
    assert by_path == {
        "drafts/report.md": {"DRF001", "NUM001"},
        "drafts/annexes/a.md": {"DRF001"},
        "drafts/annexes/b.md": {"NUM001"},  # the later override selects what the extended file ignores
        "drafts/c.txt": {"DRF001"},
        "drafts/letters/e.md": {"DRF001", "NUM001"},
        "house/annexes/f.md": {"NUM001"},
    }


def test_extended_files_have_lower_precedence(write: Any) -> None:
    folder = write(
        house__base_toml='stage = "publication"\nfail-on = "error"\nignore = ["MST"]\nselect = ["NUM"]\n',
        house__more_toml='extends = "base.toml"\nseverity = {NUM001 = "warning"}\n',
        drafts__reportlint_toml='extends = ["../house/more.toml"]\nignore = ["DRF"]\nstage = "review"\n',
        drafts__a_md=MANY,
    )  # fmt: skip
    listed = run("config", "drafts/a.md", "--stage", "draft", cwd=folder)
    assert [line.split() for line in listed.out.splitlines()[2:]] == [
        ["extends", "=", '["base.toml"]', "house/more.toml:1"],
        ["extends", "=", '["../house/more.toml"]', "drafts/reportlint.toml:1"],
        ["stage", "=", '"draft"', "command", "line"],
        ["message-language", "=", '"en"', "default"],
        ["fail-on", "=", '"error"', "house/base.toml:2"],
        ["select", "=", '["NUM"]', "house/base.toml:4"],
        ["ignore", "=", '["MST"]', "house/base.toml:3"],
        ["ignore", "=", '["DRF"]', "drafts/reportlint.toml:2"],
        ["severity.NUM001", "=", '"warning"', "house/more.toml:2"],
        ["max-size", "=", "16", "default"],
    ]
    result = check(folder, "drafts")
    assert (codes(result), result.code) == (["NUM001"], 0)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", ["ABB001", "ABB001"]),
        ('abbreviations = ["QXW"]', ["ABB001"]),
        ('abbreviations = ["QXW", "WQX"]', []),
    ],
)
def test_abbreviations_of_the_house(names: str, expected: list[str], write: Any) -> None:
    draft = CLEAN.replace("to review the work", "with the support of QXW and of WQX to review the work")
    folder = write(reportlint_toml=f"[names]\n{names}", a_md=draft)
    assert codes(check(folder, "a.md", "--select", "ABB001")) == expected


def test_names_of_the_house(write: Any) -> None:
    draft = CLEAN.replace("Several delegations", "The Friends of South Korea and others")
    folder = write(a_md=draft)
    assert codes(check(folder, "a.md", "--select", "CTY001", "--fail-on", "info")) == ["CTY001"]
    write(reportlint_toml='[names]\norganizations = ["Friends of South Korea (FSK)"]')
    assert check(folder, "a.md", "--fail-on", "info").code == 0


def test_dates_of_the_meeting(write: Any) -> None:
    draft = CLEAN.replace("2. The Chair", "2. At its 2nd meeting, on 7 March 2019, the Chair")
    folder = write(a_md=draft)
    assert check(folder, "a.md").code == 0
    write(reportlint_toml="[meeting]\ndates = [2019-02-25, 2019-03-01]")
    (finding,) = check(folder, "a.md").json["findings"]
    assert (finding["code"], finding["related"]) == ("MTG004", [])
    write(a_md=draft.replace("met in Lisbon", "held its second session in Lisbon from 4 to 8 March 2019"))
    assert check(folder, "a.md").code == 0


@pytest.mark.parametrize(
    ("held", "meeting", "expected"),
    [
        ("on its session, held", "", []),
        ("on its session, held", "session = 2", []),
        ("on its session, held", "session = 3", [("MTG008", "second")]),
        ("on its second session, held", "session = 3", []),
        ("on its session, held", 'place = "Lisbon"', []),
        ("on its session, held", 'place = "Porto"', [("MTG009", "Lisbon")]),
        ("on its session, held in Lisbon", 'place = "Porto"', []),
        ("", "session = 2\ndates = [2019-03-04, 2019-03-08]", []),
        ("", "session = 2\ndates = [2019-03-04, 2019-03-09]", [("MTG009", "4 to 8 March 2019")]),
    ],
)
def test_session_and_place_of_the_meeting(held: str, meeting: str, expected: list[tuple[str, str]], write: Any) -> None:
    title = f"{held} from 4 to 8 March 2019" if held else ""
    draft = CLEAN.replace("on its second session", title).replace(
        "met in Lisbon", "held its second session in Lisbon from 4 to 8 March 2019"
    )
    folder = write(reportlint_toml=f"[meeting]\n{meeting}", a_md=draft)
    findings = check(folder, "a.md").json["findings"]
    lines = draft.split("\n")
    words = [lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1] for finding in findings]
    assert [(finding["code"], marked) for finding, marked in zip(findings, words, strict=True)] == expected
    assert all(not finding["related"] and "configuration" in finding["message"] for finding in findings)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Report of the second session", "", []),
        ("Report of the second session", "Committee on Harbour Safety", ["MTG004"]),
        ("Report of the second session", "Council of Harbours", []),
        ("Report of the Council of Harbours", "Committee on Harbour Safety", []),
    ],
)
def test_body_of_the_meeting(title: str, body: str, expected: list[str], write: Any) -> None:
    draft = (
        CLEAN.replace("Report of the Committee on Harbour Safety on its second session", title)
        .replace("met in Lisbon", "met in Lisbon from 4 to 8 March 2019. The session was held from 4 to 8 March 2019")
        .replace("2. The Chair", "2. At the 2nd meeting of the Committee, on 11 March 2019, the Chair")
    )
    folder = write(reportlint_toml=f'[meeting]\nbody = "{body}"' if body else "", a_md=draft)
    assert codes(check(folder, "a.md")) == expected


# -- exclusion ---------------------------------------------------------------------------------------------------


def test_excluded_files(write: Any) -> None:
    folder = write(
        reportlint_toml='exclude = ["old", "*-draft.md", "sub/*.txt"]\n', a_md=FAULTY, old__b_md=FAULTY,
        sub__old__c_md=FAULTY, sub__d_txt=FAULTY, sub__deep__e_txt=FAULTY,
    )  # fmt: skip
    (folder / "my-draft.md").write_text(FAULTY)
    result = check(folder, ".")
    assert [finding["path"] for finding in result.json["findings"]] == ["a.md", "sub/deep/e.txt"]
    assert result.err == ""
    result = check(folder, "old/b.md")
    assert (result.code, result.json["findings"]) == (0, [])
    assert result.err == "reportlint: old/b.md: excluded by the configuration; not checked\n"
    assert check(folder, "old/b.md", "a.md").code == 1
    result = check(folder, "old")
    assert (result.code, result.err) == (0, "")
    assert [(file["path"], file["state"]) for file in result.json["files"]] == [("old/b.md", "excluded")]
    assert check(folder, "old/none.md").code == 2
    assert run("config", "old/b.md", cwd=folder).out.startswith("old/b.md: configured by reportlint.toml, which exc")


# -- mistakes ----------------------------------------------------------------------------------------------------

WRONG = """\
stge = "draft"
stage = "reviw"
select = ["NUM001", "NUM0001"]
message-language = "xx"
language = 3
extends = ["nowhere.toml"]
rules = ["no-rules"]
ignore = "NUM"
exclude = [""]
[severity]
NUM001 = "fatal"
NUM01 = "info"
[meeting]
dates = ["2024-02-31"]
session = "six"
[names]
bodies = ["committee"]
people = []
[[overrides]]
select = ["paragraph-numbr"]
fail-on = "error"
"""


def test_all_mistakes_are_reported_at_once(write: Any) -> None:
    folder = write(reportlint_toml=WRONG, a_md=CLEAN)
    result = check(folder, "a.md")
    assert (result.code, result.out) == (2, "")
    lines = result.err.removeprefix("reportlint: ").splitlines()
    assert [line.split(": ", 1)[0] for line in lines] == [
        f"reportlint.toml:{number}:1" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18, 19, 20, 21)
    ]
    for words in (
        "unknown setting “stge” in this table; did you mean “stage”?",
        "“stage”: “reviw” is not one of draft, review, publication; did you mean “review”?",
        "unknown rule “NUM0001”; did you mean “NUM001”?",
        "unknown language “xx” (known languages: en, fr)",
        "no such file: “nowhere.toml”",
        "no such file or folder: “no-rules”",
    ):
        assert words in result.err
    assert run("config", "a.md", cwd=folder).err == result.err


def test_mistakes_of_all_configurations_are_reported_at_once(write: Any) -> None:
    folder = write(
        reportlint_toml='extends = "base.toml"\nstage = "x"', base_toml='stage = "y"', a_md=CLEAN,
        two__pyproject_toml='[tool.reportlint]\nstage = "z"', two__b_md=CLEAN,
    )  # fmt: skip
    result = check(folder, ".")
    assert result.code == 2
    assert [line.split(": ")[0] for line in result.err.removeprefix("reportlint: ").splitlines()] == [
        "base.toml:1:1", "reportlint.toml:2:1",
    ]  # fmt: skip
    write(reportlint_toml="", base_toml="")
    assert check(folder, ".").err.startswith("reportlint: two/pyproject.toml:2:1: “stage”: “")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stage = ", "reportlint.toml:1:1: not valid TOML"),
        (
            'extends = "reportlint.toml"',
            "reportlint.toml:1:1: circular “extends”: “reportlint.toml” leads back to this file",
        ),
        ('extends = "two.toml"', "two.toml:1:1: circular “extends”: “reportlint.toml” leads back to this file"),
        ("[[overrides]]\npaths = []", "reportlint.toml:2:1: “overrides.paths”: must have 1 or more values, not 0"),
        ("[meeting]\nsession = 0", "reportlint.toml:2:1: “meeting.session”: must be 1 or more"),
        (
            "[meeting]\nsession = true",
            "reportlint.toml:2:1: “meeting.session”: expected a whole number",
        ),
        ("severity = 3", "reportlint.toml:1:1: “severity”: expected names with values (name: value)"),
        ('[meeting]\nsymbol = "HARB-2019"', "reportlint.toml:2:1: “meeting.symbol”: “HARB-2019” is not a well-formed"),
        ('[meeting]\ndates = ["March"]', "reportlint.toml:2:1: “meeting.dates”: “March” is not a date"),
    ],
)
def test_mistakes(text: str, message: str, write: Any) -> None:
    folder = write(reportlint_toml=text, two_toml='extends = "reportlint.toml"', a_md=CLEAN)
    result = check(folder, "a.md")
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_named_configuration_is_missing(write: Any) -> None:
    result = check(write(a_md=CLEAN), "a.md", "--config", "no.toml")
    assert result.code == 2
    assert result.err == "reportlint: no.toml:1:1: No such file or directory\n"


def test_unreadable_file_in_the_folder(write: Any) -> None:
    folder = write(reportlint_toml="", a_md=CLEAN)
    os.mkfifo(folder / "pipe")
    assert check(folder, "a.md").code == 0


# -- reports in parts --------------------------------------------------------------------------------------------

FIRST = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/L.1
Distr.: Limited
12 March 2019
Original: English

## I. Opening

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.

2. At its 1st meeting, on 4 March 2019, the Committee adopted the following agenda:

   1. Opening of the session.
   2. Lighting of small harbours.
   3. Adoption of the report.
"""
SECOND = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/L.1/Add.1
Distr.: Limited
14 March 2019
Original: English

Addendum

## II. Lighting

3. Under item 2, entitled “{title}”, the Committee heard two speakers (see para. {paragraph} above).

## III. Adoption of the report

{number}. At its 2nd meeting, on 5 March 2019, the Committee adopted the present report.
"""


@pytest.fixture
def parts(write: Any) -> Any:
    def parts(title: str = "Lighting of small harbours", paragraph: int = 1, number: int = 4) -> Path:
        folder: Path = write(reportlint_toml='[report]\nparts = ["L.1.md", "L.1-Add.1.md"]\n')
        second = SECOND.format(title=title, paragraph=paragraph, number=number)
        (folder / "L.1.md").write_text(FIRST)
        (folder / "L.1-Add.1.md").write_text(second)
        return folder

    return parts


@pytest.mark.parametrize("paths", [["."], ["L.1.md"], ["L.1-Add.1.md"], ["L.1-Add.1.md", "./L.1.md"]], ids=str)
def test_parts_are_checked_as_one_report(paths: list[str], parts: Any) -> None:
    folder = parts()
    result = check(folder, *paths)
    assert (result.json["findings"], result.json["summary"]["files"], result.code) == ([], 2, 0)
    (folder / "reportlint.toml").unlink()
    # Alone, it is recognized as a part, whose numbers and references go beyond it.
    assert codes(check(folder, "L.1-Add.1.md")) == []


@pytest.mark.parametrize("path", ["L.1.md", "L.1-Add.1.md"])
@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        ({"title": "Lighting of large harbours"}, "AGD002", "Lighting of large harbours"),
        ({"paragraph": 7}, "REF001", "para. 7"),
        ({"number": 5}, "NUM001", "5."),
    ],
)
def test_findings_belong_to_their_part(fault: Any, code: str, words: str, path: str, parts: Any) -> None:
    folder = parts(**fault)
    (finding,) = check(folder, path).json["findings"]
    assert (finding["code"], finding["path"]) == (code, "L.1-Add.1.md")
    line = (folder / "L.1-Add.1.md").read_text().split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1 : finding["end_column"] - 1].strip("“”") == words


def test_related_place_in_another_part(parts: Any) -> None:
    folder = parts(title="Lighting of large harbours")
    (finding,) = check(folder, ".").json["findings"]
    assert [(place["path"], place["line"]) for place in finding["related"]] == [("L.1.md", 15)]
    assert "(L.1.md, line 15)" in run("check", ".", cwd=folder).out


def test_missing_part(parts: Any) -> None:
    folder = parts()
    (folder / "L.1-Add.1.md").unlink()
    result = check(folder, "L.1.md")
    findings = result.json["findings"]
    assert [(finding["path"], finding["code"], finding["message"].split(": ")[1]) for finding in findings] == [
        ("L.1-Add.1.md", "RPL004", "no such file"),
        ("L.1.md", "RPL004", "another part of its report cannot be read"),
    ]
    assert result.code == 2


@pytest.mark.parametrize("excluded", ["L.1.md", "L.1-Add.1.md"])
def test_excluded_part_is_checked_with_the_others(excluded: str, parts: Any) -> None:
    folder = parts(number=5)
    with (folder / "reportlint.toml").open("r+") as configuration:
        settings = configuration.read()
        configuration.seek(0)
        configuration.write(f'exclude = ["{excluded}"]\n{settings}')
    for paths in (["L.1.md", "L.1-Add.1.md"], ["L.1-Add.1.md", "L.1.md"]):
        result = check(folder, *paths)
        assert codes(result) == ["NUM001"]
        assert (result.json["summary"]["files"], result.err) == (2, "")


def test_standard_input_replaces_the_file_of_the_same_name(write: Any) -> None:
    folder = write(a_md=CLEAN)
    for paths in (["-", "./a.md"], ["a.md", "-"], [".", "-"]):
        result = run("check", *paths, "--stdin-filename", "a.md", "--output-format", "concise",
                     cwd=folder, stdin=FAULTY.encode())  # fmt: skip
        assert (result.code, result.out.count("\n")) == (1, 1)


def test_part_from_standard_input(parts: Any) -> None:
    folder = parts()
    faulty = SECOND.format(title="Lighting of small harbours", paragraph=1, number=5)
    result = run("check", "-", "--stdin-filename", "L.1-Add.1.md", "--output-format", "concise",
                 cwd=folder, stdin=faulty.encode())  # fmt: skip
    finding, status = result.out.splitlines()
    assert finding.startswith("L.1-Add.1.md:16:1: error NUM001")
    assert status == "L.1.md: nothing to report"


@pytest.mark.parametrize(
    ("pattern", "excluded"),
    [
        ("*-notes.md", {"a-notes.md", "old/b-notes.md"}),
        ("old", {"old/b-notes.md", "old/c/d.md"}),
        ("old/*", {"old/b-notes.md", "old/c/d.md"}),
        ("old/*.md", {"old/b-notes.md"}),
        ("old/**/*.md", {"old/b-notes.md", "old/c/d.md"}),
        ("**/c/", {"old/c/d.md"}),
        ("?.md", {"e.md", "old/c/d.md"}),
        ("*e*e*.md", {"e e.md"}),
        ("./e.md", {"e.md"}),
        ("**", {"a-notes.md", "old/b-notes.md", "old/c/d.md", "e.md", "e e.md"}),
    ],
)
def test_which_files_a_pattern_excludes(pattern: str, excluded: set[str]) -> None:
    entry = StatedSetting("exclude", "", [pattern], DEFAULT)
    configuration = Configuration("reportlint.toml", "", (entry,))
    names = ("a-notes.md", "old/b-notes.md", "old/c/d.md", "e.md", "e e.md")
    assert {name for name in names if configuration.excludes(name)} == excluded


@pytest.mark.parametrize("pattern", ["*a" * 20 + "*b", "**a" * 20 + "**b", "**/a/" * 20 + "b", "**/*a*a" * 9 + "b"])
def test_no_pattern_takes_long(pattern: str) -> None:
    configuration = Configuration("reportlint.toml", "", (StatedSetting("exclude", "", [pattern], DEFAULT),))
    assert not configuration.excludes("a" * 250)
    assert not configuration.excludes("a/" * 250 + "a")
