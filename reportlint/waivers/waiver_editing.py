"""Adds waivers to waiver files, and prunes them. All else stays as it is: entries, comments, layout and line ends."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from reportlint.config.config_file import relative
from reportlint.errors import DataError, Message, Mistake, ReportlintError, SetupError, message
from reportlint.files import Protected, locked, write_guarded
from reportlint.finding import Finding
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.yamlfile import parse_yaml
from reportlint.report import Run
from reportlint.waivers.suppression import is_waivable
from reportlint.waivers.waiver_file import WaiverEntry, waivers_in

_HEADER = "# Findings that are waived, each with its reason. Written by: reportlint check --add-waivers"
_BYTE_ORDER_MARK = "\ufeff"
_YAML_COMMENT = re.compile("#.*")
_UNLIMITED = 10**9

_Entry = Mapping[str, str]


def add_to_waiver_files(
    run: Run, waiver_path: Callable[[str], str], reason: str, protected: Protected
) -> tuple[list[Message], list[str]]:
    """Write waivers for all unsuppressed findings of a run.

    Returns:
        A message for each file written, and an error for each file that could not be changed.
    """
    by_path: dict[str, list[Finding]] = {}
    for file in run.files:
        findings = [finding for finding in file.shown if is_waivable(finding.code)]
        if findings:
            by_path.setdefault(waiver_path(file.path), []).extend(findings)
    notes: list[Message] = []
    errors: list[str] = []
    for path, findings in by_path.items():
        try:
            count = add_waivers(path, findings, reason.strip(), protected)
        except ReportlintError as error:
            errors += str(error).splitlines()
        else:
            notes.append(message("{path}: {count} waivers added", path=path, count=count))
    return notes, errors


def add_waivers(path: str, findings: Iterable[Finding], reason: str, protected: Protected) -> int:
    """Append waivers for findings to a waiver file, creating it if needed; return their number.

    Findings that another process has waived in the meantime are left out.

    Raises:
        DataError: the file is not a waiver file.
        SetupError: the file is protected, its layout does not allow additions, or it cannot be written.
    """
    entries = [
        {
            "path": relative(problem.place.path, os.path.dirname(path)),
            "code": finding.code,
            "fingerprint": problem.fingerprint,
            "paragraph": problem.place.where,
            "reason": reason,
        }
        for finding in findings
        for problem in finding.problems
        if not problem.suppression
    ]
    with locked(path):
        text = _read(path)
        body = text.removeprefix(_BYTE_ORDER_MARK)
        file = parse_yaml(body, path)
        known = _in_force(file)
        new = [entry for entry in entries if (entry["path"], entry["code"], entry["fingerprint"]) not in known]
        if new:
            mark = _BYTE_ORDER_MARK if body != text else ""
            write_guarded(path, mark + _extended(body, file, new), None, protected)
    return len(new)


def prune_waivers(
    path: str, renamed: Mapping[str, str], obsolete: Collection[WaiverEntry], protected: Protected
) -> int:
    """Write the paths of renamed drafts into a waiver file and remove entries; return the number of those removed.

    Raises:
        DataError: the file is not a waiver file.
        SetupError: the file is protected, its layout does not allow the change, or it cannot be written.
    """
    identities = {_identity(entry) for entry in obsolete}
    with locked(path):
        text = _read(path)
        body = text.removeprefix(_BYTE_ORDER_MARK)
        file = parse_yaml(body, path)
        waivers = waivers_in(file)
        if waivers.mistakes:
            raise DataError(waivers.mistakes)
        removed = [_identity(entry) in identities for entry in waivers.entries]
        mark = _BYTE_ORDER_MARK if body != text else ""
        write_guarded(path, mark + _pruned(body, file, renamed, removed), None, protected)
    return sum(removed)


def _identity(entry: WaiverEntry) -> tuple[object, ...]:
    return entry.path, entry.code, entry.fingerprint, entry.until


def _pruned(text: str, file: DataFile, renamed: Mapping[str, str], removed: Sequence[bool]) -> str:
    """Return the text of a waiver file with other paths and without the entries that are ``removed``.

    Raises:
        SetupError: the file would not then hold exactly the other entries.
    """
    root = _composed(text)
    kept = [entry for entry, goes in zip(file.value or (), removed, strict=True) if not goes]
    expected = [{**entry, "path": renamed.get(entry["path"], entry["path"])} for entry in kept]
    result, nodes = text, root.value if root else []
    for index in reversed(range(len(nodes))):
        if removed[index]:
            start, end = _with_separator(text, root, index) if root.flow_style else _lines_of(text, nodes[index])
            result = result[:start] + result[end:]
            continue
        paths = (value for key, value in nodes[index].value if key.value == "path")
        for node in paths:
            if new := renamed.get(node.value):
                written = _dump({"path": new}, default_flow_style=True).removeprefix("{path: ").rstrip("}\n")
                result = result[: node.start_mark.index] + written + result[node.end_mark.index :]
    written_file = parse_yaml(result, file.path)
    if written_file.mistakes or (written_file.value or []) != expected:
        raise SetupError(f"{file.path} was not changed: waivers cannot be pruned in this layout")
    return result


def _composed(text: str) -> Any:
    import yaml  # noqa: PLC0415 - slow, and rarely needed

    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _lines_of(text: str, node: Any) -> tuple[int, int]:
    """Return the range of the lines of an entry in a list that is not in flow style."""
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    # The end of a mapping is where the next token begins, after comments; that of its last value is its own.
    last = node if node.flow_style else node.value[-1][1]
    end = last.end_mark.index
    if text[end - 1] != "\n":
        end = text.find("\n", end) + 1 or len(text)
    return start, end


def _with_separator(text: str, root: Any, index: int) -> tuple[int, int]:
    """Return the range of an entry in flow style, with the comma that it leaves behind."""
    nodes = root.value
    if index + 1 < len(nodes):
        return nodes[index].start_mark.index, nodes[index + 1].start_mark.index
    start = nodes[index - 1].end_mark.index if index else nodes[index].start_mark.index
    return start, nodes[index].end_mark.index


def _read(path: str) -> str:
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError([Mistake(path, 1, 1, str(error))]) from None


def _in_force(file: DataFile) -> set[tuple[str, str, str]]:
    """Return the path, code and fingerprint of the waivers that have not expired.

    Raises:
        DataError: the file is not a waiver file.
    """
    waivers = waivers_in(file)
    if waivers.mistakes:
        raise DataError(waivers.mistakes)
    today = date.today()
    return {(entry.path, entry.code, entry.fingerprint) for entry in waivers.entries if not entry.has_expired(today)}


def _extended(text: str, file: DataFile, entries: Sequence[_Entry]) -> str:
    """Return the text of a waiver file with entries appended.

    Raises:
        SetupError: the file would not then hold its waivers and the new ones. Nothing may be lost.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    root = _composed(text)
    is_list = root is not None and root.id == "sequence"
    if is_list and root.flow_style:
        result = _in_flow_style(text, root, entries, line_end)
    else:
        end = len(text) if root is None else root.end_mark.index
        before = text[:end] if text.strip() else _HEADER
        if before and not before.endswith("\n"):
            before += line_end
        indent = root.start_mark.column if is_list else 0
        result = before + _lines(_dump(entries), indent, line_end) + text[end:]
    written = parse_yaml(result, file.path)
    if written.mistakes or written.value != [*(file.value or ()), *entries]:
        raise SetupError(f"{file.path} was not changed: waivers cannot be added to it in this layout")
    return result


def _in_flow_style(text: str, root: Any, entries: Sequence[_Entry], line_end: str) -> str:
    close = root.end_mark.index - 1
    last = root.value[-1].end_mark.index if root.value else root.start_mark.index + 1
    gap = text[last:close]
    has_comma = not root.value or "," in _YAML_COMMENT.sub("", gap)
    before = (text[:last] + ("" if has_comma else ",") + gap).rstrip(" \t")
    if not before.endswith("\n"):
        before += line_end
    added = ",\n".join(_dump(entry, default_flow_style=True).rstrip("\n") for entry in entries)
    return before + _lines(added, 2, line_end) + text[close:]


def _dump(data: Any, **style: Any) -> str:
    import yaml  # noqa: PLC0415 - slow, and rarely needed

    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_UNLIMITED, **style)
    return text


def _lines(text: str, indent: int, line_end: str) -> str:
    return "".join(" " * indent + line + line_end for line in text.removesuffix("\n").split("\n"))
