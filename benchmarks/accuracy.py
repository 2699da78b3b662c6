"""Measure the accuracy of the linter: recall on planted faults, precision on real documents.

Run it from the project root, with the ``dev`` extra installed::

    python benchmarks/accuracy.py            # print both tables; exit code 1 if a target is missed
    python benchmarks/accuracy.py --update   # also record the current findings on the real documents

*Named edits* (``tests/edits``) are single faults planted in clean drafts. Recall is the share of faults that the
expected rule reports, exactness the share reported without any other finding, and place the share reported on the
expected lines.

*Real documents* (``tests/corpus/judgements.yaml``): the findings of each set were judged by reading the text, at least
ten of each rule. Precision is the share of true findings among those judged; a debatable finding counts as half, and
damage by extraction is counted apart. The documents are in ``../shared/corpus``, or in the folder that
``REPORTLINT_CORPUS`` names. Without them, the recorded findings are counted but not compared with the current ones.
``--update`` records new findings with the verdict ``new``, which counts as false until the finding is judged.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from drafts import CORPUS, MEASURED, NOT_MEASURED
from judgements import (
    JUDGEMENTS,
    PRECISION,
    SETS,
    Judgement,
    Precision,
    Verdict,
    by_rule,
    compare,
    current_findings,
    lacking,
    load_judgements,
    number_of_documents,
    precision_table,
    to_yaml,
)
from named_edits import LANGUAGES, Outcome, Recall, edits, outcome

CLASSES = 90
RECALL, EXACTNESS, PLACE = 0.99, 0.99, 0.99
# Precision at warning or above, by set; and of a rule with at least MANY judged findings on set A.
TARGETS = {"A": 0.97, "word": 0.95, "more": 0.9}
PRECISION_OF_A_RULE, MANY = 0.9, 5
# Set ga: documents for each false finding at warning or above, and findings of any severity for each document.
DOCUMENTS_PER_FALSE_FINDING, FINDINGS_PER_DOCUMENT = 20, 0.15


def share(part: float, whole: int) -> str:
    """Format a share with three decimals, or as an en dash if ``whole`` is 0."""
    return f"{part / whole:.3f}" if whole else "–"


def recall_lines(language: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the table of named edits in one language."""
    classes = len({result.edit.fault_class for result in outcomes})
    drafts = len({result.edit.draft for result in outcomes})
    yield f"Named edits, {language}: {len(outcomes)} faults of {classes} classes in {drafts} drafts"
    yield f"  {'rule':<8}{'faults':>7}{'recall':>8}{'exact':>8}{'place':>8}"
    ordered = sorted(outcomes, key=lambda result: result.edit.code or "")
    for code, group in groupby(ordered, key=lambda result: result.edit.code or ""):
        yield recall_row(code, Recall.of(group))
    yield recall_row("all", Recall.of(outcomes))
    for result in outcomes:
        if not (result.exact and result.placed):
            reported = ", ".join(f"{finding.code} line {finding.place.line}" for finding in result.findings)
            yield f"  unexpected: {result.edit.name}: {result.edit.code} expected, {reported or 'nothing'} reported"


def recall_row(name: str, recall: Recall) -> str:
    """Format a row of the table of edits."""
    shares = (share(part, recall.edits) for part in (recall.found, recall.exact, recall.placed))
    return f"  {name:<8}{recall.edits:>7}" + "".join(f"{value:>8}" for value in shares)


_HEADING = (
    f"  {'':<44}{'findings':>9}{'judged':>8}{'true':>6}{'debatable':>11}{'false':>7}{'extraction':>12}{'precision':>11}"
)


def precision_row(name: str, judgements: Sequence[Judgement]) -> str:
    """Format a row of a table of findings. Damage by extraction is no part of the findings judged."""
    precision = Precision.of(judgements)
    damaged = sum(judgement.verdict is Verdict.EXTRACTION for judgement in judgements)
    false = precision.findings - precision.true - precision.debatable
    value = "–" if precision.value is None else f"{precision.value:.3f}"
    return (
        f"  {name:<44}{len(judgements):>9}{precision.findings:>8}{precision.true:>6}"
        f"{precision.debatable:>11}{false:>7}{damaged:>12}{value:>11}"
    )


def precision_lines(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Yield the lines of the tables of findings on the real documents."""
    above_info = [judgement for judgement in judgements if judgement.above_info]
    info = [judgement for judgement in judgements if not judgement.above_info]
    for name in SETS:
        for title, chosen in (("at warning or above", above_info), ("info", info)):
            in_set = [judgement for judgement in chosen if judgement.set == name]
            yield f"Set {name}, {number_of_documents(name)} documents: findings {title}"
            yield _HEADING
            for file in sorted({judgement.file for judgement in in_set}):
                yield precision_row(file, [judgement for judgement in in_set if judgement.file == file])
            yield from ("", *rule_rows(in_set), precision_row("all", in_set), "")
    for title, chosen in (("at warning or above", above_info), ("info", info)):
        yield f"All sets, {number_of_documents()} documents: findings {title}"
        yield from (_HEADING, *rule_rows(chosen))
        for language in LANGUAGES:
            in_language = [judgement for judgement in chosen if judgement.language == language]
            yield precision_row(f"all, {language}", in_language)
        yield from (precision_row("all", chosen), "")


def rule_rows(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Yield a row for each rule that has findings."""
    for code in sorted({judgement.code for judgement in judgements}):
        yield precision_row(code, [judgement for judgement in judgements if judgement.code == code])


def missed_targets(outcomes: dict[str, list[Outcome]], judgements: Sequence[Judgement]) -> Iterator[str]:
    """Yield a message for each target that is missed."""
    classes = {result.edit.fault_class for results in outcomes.values() for result in results}
    if len(classes) < CLASSES:
        yield f"{len(classes)} classes of faults, {CLASSES} are required"
    for language, results in outcomes.items():
        recall = Recall.of(results)
        for name, part, target in (
            ("recall", recall.found, RECALL),
            ("exactness", recall.exact, EXACTNESS),
            ("place", recall.placed, PLACE),
        ):
            if part < target * recall.edits:
                yield f"{language}: {name} {share(part, recall.edits)} is below {target}"
    above_info = [judgement for judgement in judgements if judgement.above_info]
    for name, target in TARGETS.items():
        in_set = [judgement for judgement in above_info if judgement.set == name]
        value = Precision.of(in_set).value
        if value is not None and value < target:
            yield f"set {name}: precision {value:.3f} is below {target}"
        for code, precision in by_rule(in_set).items() if name == "A" else ():
            if precision.findings >= MANY and (precision.value or 0) < PRECISION_OF_A_RULE:
                yield f"set {name}: {code}: precision {precision.value:.3f} of {precision.findings} findings"
    false = sum(judgement.verdict is Verdict.FALSE for judgement in above_info if judgement.set == "ga")
    if false * DOCUMENTS_PER_FALSE_FINDING > number_of_documents("ga"):
        yield f"set ga: {false} false findings at warning or above"
    info = sum(judgement.set == "ga" for judgement in judgements)
    if info > FINDINGS_PER_DOCUMENT * number_of_documents("ga"):
        yield f"set ga: {info} findings"
    yield from lacking(judgements)


def main() -> int:
    """Print the tables. Return 1 if a target is missed or the findings differ from the recorded ones, else 0."""
    parser = argparse.ArgumentParser(description="Measure recall on named edits and precision on real documents.")
    parser.add_argument("--update", action="store_true", help="record the current findings on the real documents")
    update = parser.parse_args().update

    outcomes = {language: [outcome(edit) for edit in edits(language) if edit.code] for language in LANGUAGES}
    for language, results in outcomes.items():
        print(*recall_lines(language, results), "", sep="\n")

    judgements, differences = load_judgements(), list[str]()
    if CORPUS.is_dir():
        current = [finding for finding in current_findings() if update or finding.code not in NOT_MEASURED]
        judgements, differences = compare(judgements, current)
    else:
        print("The real documents are not available: counting the recorded findings.\n")
    if update:
        JUDGEMENTS.write_text(to_yaml(judgements), encoding="utf-8")
        PRECISION.write_text(precision_table(judgements, MEASURED | NOT_MEASURED), encoding="utf-8")
    print(*precision_lines(judgements), sep="\n")
    print(*(judgement for judgement in judgements if judgement.verdict is Verdict.NEW), sep="\n")
    if NOT_MEASURED and not update:
        print(f"Not yet measured: {', '.join(sorted(NOT_MEASURED))}")
    missed = [*missed_targets(outcomes, judgements), *([] if update else differences)]
    print(*missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
