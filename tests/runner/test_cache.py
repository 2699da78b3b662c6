"""The cache: packing, keys and expiry."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

import pytest
from drafts import examples, rules_for
from hypothesis import given
from hypothesis import strategies as st

from reportlint.config.options import Options
from reportlint.document import Draft, Part
from reportlint.engine.finding_writer import CRASHED, file_finding
from reportlint.knowledge.house_data import HouseNames, StatedMeeting
from reportlint.knowledge.levels import Severity, Stage, TrackedChanges
from reportlint.plugins.rule_loading import make_rules
from reportlint.report import FileState, RunStatistics
from reportlint.runner import cache as cache_module
from reportlint.runner.cache import Cache
from reportlint.runner.draft_checking import DraftResult, Task, check_draft, file_reports
from reportlint.runner.execution import Execution
from reportlint.runner.result_serialization import pack, unpack
from reportlint.waivers import comments as comments_module

WAIVED = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/3

1. The Committee met in Lisbon.

<!-- reportlint: ignore NUM001 reason="as issued" until={until} -->
3. The Committee adopted the present report.
"""
DRAFTS = examples("faulty")


def task(text: str, *, stage: str = "review", path: str = "draft.md") -> Task:
    rules = rules_for(stage)
    return Task(Draft((Part(path, ".md", text.encode()),), rules.readers), rules)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_packing_is_lossless(path: Path) -> None:
    rules = rules_for("publication")
    draft = Draft((Part(path.name, path.suffix, path.read_bytes()),), rules.readers)
    result = check_draft(draft, rules)
    assert result.findings
    assert unpack(pack(result, [path.name]), [path.name], rules) == result
    moved = unpack(pack(result, [path.name]), ["other.md"], rules)
    assert {place.path for finding in moved.findings for place in (finding.place, *finding.related)} == {"other.md"}


@given(st.text(), st.text())
def test_packing_keeps_any_quoted_text(quoted: str, surrogates: str) -> None:
    rules = rules_for()
    words = quoted + surrogates.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    result = DraftResult(
        FileState.UNREADABLE, None, (file_finding(rules, CRASHED, "a", {"check": words, "error": words}),)
    )
    assert unpack(pack(result, ["a"]), ["a"], rules) == result


@given(st.binary(max_size=200))
def test_unpacking_rejects_other_bytes(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        unpack(data, ["a"], rules_for())


def test_key_depends_on_settings_that_affect_findings() -> None:
    """New options become part of the key automatically."""
    cache, draft = Cache(Path(), ()), task("1. The Committee met.\n").draft
    rules = rules_for()
    unrelated: dict[str, Any] = {
        "folders": (Path("a"),), "parts": (Path("a"),), "waivers": Path("a"), "baseline": Path("a"), "max_bytes": 1,
        "documentation": "https://example.org",
    }  # fmt: skip
    names, meeting = HouseNames(abbreviations=frozenset("A")), StatedMeeting(place="Lisbon")
    relevant = {
        "stage": Stage.DRAFT, "select": frozenset({"NUM"}), "ignore": frozenset({"NUM"}), "language": "fr",
        "message_language": "fr", "severity": (("NUM001", None),), "names": names, "meeting": meeting, "kind": "part",
        "tracked_changes": TrackedChanges.ORIGINAL,
    }  # fmt: skip
    assert {option.name for option in fields(Options)} == {*unrelated, *relevant, "fail_on"}

    def key(**settings: Any) -> bytes:
        return cache.key(draft, rules.with_options(replace(rules.options, **settings)))

    assert {key(**{name: value}) for name, value in unrelated.items()} | {key(fail_on=Severity.ERROR)} == {key()}
    assert len({key(), *(key(**{name: value}) for name, value in relevant.items())}) == 1 + len(relevant)


def test_key_depends_on_files_that_cards_name(tmp_path: Path) -> None:
    terms = {"code": "HSE001", "name": "terms", "check": "terms", "severity": "warning", "confidence": "high"}
    texts = {"message": {"en": "x"}, "why": {"en": "x"}, "with": {"file": "terms.csv"}}
    (tmp_path / "house.yaml").write_text(json.dumps([{**terms, **texts}]), encoding="utf-8")

    def key(words: str) -> bytes:
        (tmp_path / "terms.csv").write_text(f"term,instead\n{words}\n", encoding="utf-8")
        return Cache(Path(), ()).key(task("").draft, make_rules(Options(folders=(tmp_path,))))

    assert key("lamp,light") == key("lamp,light") != key("lamp,lantern")


def carried_out(execution: Execution, *tasks: Task) -> tuple[list[DraftResult], RunStatistics]:
    checking, results = execution.check(tasks, len(tasks)), list[DraftResult]()
    while True:
        try:
            results.append(next(checking)[1])
        except StopIteration as end:
            return results, end.value


def in_days(days: int) -> type[date]:
    """Return a ``date`` class whose today is some days from now."""

    class Later(date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(date.today().toordinal() + days)

    return Later


def test_cached_results_do_not_depend_on_the_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A waiver expires even if the result of its draft comes from the cache."""
    waived = task(WAIVED.format(until=date.today() + timedelta(days=5)))
    execution = Execution(cache=Cache(tmp_path, ()))

    def findings_in(days: int) -> tuple[int, list[tuple[str, bool]]]:
        monkeypatch.setattr(comments_module, "date", in_days(days))
        (result,), statistics = carried_out(execution, waived)
        (file,) = file_reports(waived, result)
        return statistics.from_cache, [(finding.code, finding.suppressed) for finding in file.findings]

    assert findings_in(0) == (0, [("NUM001", True)])
    assert findings_in(5) == (1, [("NUM001", True)])
    assert findings_in(6) == (1, [("RPL001", False), ("NUM001", False)])


def test_results_unused_for_two_weeks_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = task("1. The Committee met.\n"), task("1. The Committee met again.\n")
    execution = Execution(cache=Cache(tmp_path, ()))

    def cached_after(days: int, *tasks: Task) -> int:
        monkeypatch.setattr(cache_module, "date", in_days(days))
        return carried_out(execution, *tasks)[1].from_cache

    assert cached_after(0, old) == 0
    assert cached_after(12, old, new) == 1
    # Old results are removed when a new one is stored.
    assert cached_after(40, new, task("1. The Committee met once more.\n")) == 1
    assert cached_after(40, old, new) == 1


def test_crashes_are_not_cached(tmp_path: Path) -> None:
    rules = rules_for()
    cache = Cache(tmp_path, ())
    good, bad = task("1. The Committee met.\n"), task("1. The Committee met again.\n")
    crashed = DraftResult(
        FileState.CHECKED, "en", (file_finding(rules, CRASHED, "draft.md", {"check": "x", "error": "x"}),)
    )
    keys = [cache.key(each.draft, each.rules) for each in (good, bad)]
    cache.remember([(keys[0], good.draft, DraftResult(FileState.CHECKED, "en")), (keys[1], bad.draft, crashed)])
    assert cache.recall(keys, [good, bad]) == {0: DraftResult(FileState.CHECKED, "en")}
    assert not cache.error


def test_more_drafts_than_one_query_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path, ())
    tasks = [task(f"1. The Committee met in {number}.\n") for number in range(1200)]
    keys = [cache.key(each.draft, each.rules) for each in tasks]
    result = DraftResult(FileState.CHECKED, "en")
    cache.remember((key, each.draft, result) for key, each in zip(keys, tasks, strict=True))
    assert len(cache.recall(keys, tasks)) == 1200
