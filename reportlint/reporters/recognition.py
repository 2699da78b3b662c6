"""Recognizes files that reportlint wrote in a format, so that no other file is replaced by an output file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reportlint.language.lexicon import Lexicon

_PAGE = re.compile(r'\s*<!DOCTYPE html>.*<p class="made">reportlint ', re.DOTALL)
_TEST_SUITES = re.compile(r'\s*(?:<\?xml[^>]*\?>\s*)?<testsuites name="reportlint"')
_CODE_QUALITY_KEYS = {"description", "check_name", "fingerprint", "severity", "location"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONCISE_FINDING = re.compile(r".+:\d+:\d+: (?:error|warning|info) [A-Z]{2,8}\d{3} \[.*")
_GITHUB_LINE = re.compile(r"▸ |::(?:error|warning|notice) file=")
_TEXT_HEADING = re.compile(r"\S.*  [A-Z]{2,8}\d{3}(?:  \S.* \d+:\d+)?")
_INDENT = "    "

Languages = Callable[[], Iterable[Lexicon]]
"""Returns the lexicons of the languages that messages may be in."""


def recognizer(format: str, languages: Languages) -> Callable[[str], bool] | None:
    """Return a function that says whether a text is the output of a run in a format; ``None`` for a plugin's format.

    JSON, SARIF, HTML, JUnit and GitLab files have a mark. The plain formats are recognized by their lines and by the
    sentence that sums up a run, in any language.
    """
    if format in _MARKED:
        return _MARKED[format]
    if format in _PLAIN:
        has_layout = _PLAIN[format]
        return lambda text: any(has_layout(text.rstrip().splitlines(), lexicon) for lexicon in languages())
    return None


# -- formats with a mark --------------------------------------------------------------------------------------------


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_json(text: str) -> bool:
    data = _parsed(text)
    return isinstance(data, dict) and {"schema", "reportlint", "findings"} <= data.keys()


def _is_jsonl(text: str) -> bool:
    """Return whether the last line is that of a run."""
    run = _parsed(text.rstrip("\n").rpartition("\n")[2])
    return isinstance(run, dict) and run.get("type") == "run" and {"schema", "reportlint"} <= run.keys()


def _is_sarif(text: str) -> bool:
    try:
        runs = _parsed(text)["runs"]
        return bool(runs) and all(run["tool"]["driver"]["name"] == "reportlint" for run in runs)
    except (TypeError, LookupError):
        return False


def _is_gitlab(text: str) -> bool:
    data = _parsed(text)
    return isinstance(data, list) and all(
        isinstance(issue, dict)
        and issue.keys() == _CODE_QUALITY_KEYS
        and _SHA256.fullmatch(str(issue["fingerprint"])) is not None
        for issue in data
    )


_MARKED: dict[str, Callable[[str], bool]] = {
    "json": _is_json,
    "jsonl": _is_jsonl,
    "sarif": _is_sarif,
    "html": lambda text: _PAGE.match(text) is not None,
    "gitlab": _is_gitlab,
    "junit": lambda text: _TEST_SUITES.match(text) is not None,
}


# -- plain formats --------------------------------------------------------------------------------------------------


def _is_concise(lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether every line is a finding or the status of a file."""
    words, colon = lexicon.section("interface"), re.escape(lexicon.section("formats", "colon"))
    not_checked = _pattern(words["not_checked_because"], reason=".+")
    kind = _pattern(words["switched_off"], kind=".+", codes="[A-Z0-9, ]+")
    status = re.compile(f".+{colon}(?:{re.escape(words['nothing_found'])}|{not_checked}|{kind})")
    return all(_CONCISE_FINDING.fullmatch(line) or status.fullmatch(line) for line in lines)


def _is_github(lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether the lines are names of files and commands, followed by a summary."""
    end = next((index for index, line in enumerate(lines) if not _GITHUB_LINE.match(line)), len(lines))
    return _has_summary(lines[end:], lexicon)


def _is_text(lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether the lines are paths and findings, each followed by a blank line, and a summary at the end."""
    *blocks, last = "\n".join(lines).split("\n\n")
    is_finding = [
        _TEXT_HEADING.fullmatch(heading) is not None and all(line.startswith(_INDENT) for line in details)
        for heading, *details in (block.strip("\n").split("\n") for block in blocks)
    ]
    starts_file = [index + 1 < len(blocks) and is_finding[index + 1] for index in range(len(blocks))]
    are_known = all(
        finding or (start and "\n" not in block)
        for block, finding, start in zip(blocks, is_finding, starts_file, strict=True)
    )
    return are_known and _has_summary(last.split("\n"), lexicon)


def _has_summary(lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether one of the lines begins with the sentence that sums up a run."""
    words = lexicon.section("interface")
    files = rf"\d+ {_any_of(words['files'])}"
    count = rf"\d+ {_any_of(form for forms in words['counts'].values() for form in forms)}"
    summary = _pattern(words["summary"], counts=f"{count}(?:, {count})*", files=files)
    nothing = _pattern(words["nothing"], files=files)
    sentence = re.compile(rf"(?:{summary}|{nothing}|{re.escape(words['none_checked'])})\b")
    return any(sentence.match(line) for line in lines)


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _pattern(template: str, **patterns: str) -> str:
    """Return a regular expression for a template, with patterns for its fields."""
    pattern = re.escape(template)
    for name, its_pattern in patterns.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), its_pattern)
    return pattern


_PLAIN: dict[str, Callable[[Sequence[str], Lexicon], bool]] = {
    "concise": _is_concise,
    "github": _is_github,
    "text": _is_text,
}
