"""How accurate the linter is: planted faults that it finds, and findings on real documents that are true.

How to run, from the root of the project, with what ``.[dev]`` installs::

    python benchmarks/accuracy.py            # both tables; exit code 1 if a target is missed
    python benchmarks/accuracy.py --update   # also records the findings on the real documents as they are now

*Named edits* (``tests/edits``) are single faults in clean drafts. Recall is the share that the expected rule finds;
exactness the share that gives this finding and no other; place the share found on the edited lines.

*Real documents* (``tests/corpus/judgements.yaml``): each finding was judged by reading the text. Precision is the
share that is true, a debatable one counting as half. The documents lie beside the checkout (``../shared/corpus``,
or where ``REPORTLINT_CORPUS`` points); without them the recorded findings are counted and not compared.
``--update`` records new findings with the verdict ``new``, which counts as false until somebody has read the text.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from drafts import CORPUS
from judgements import (
    DOCUMENTS,
    JUDGEMENTS,
    PRECISION,
    Judgement,
    Precision,
    Verdict,
    by_rule,
    compared,
    precision_table,
    present,
    recorded,
    written,
)
from named_edits import LANGUAGES, Outcome, Recall, edits, outcome

CLASSES = 90
RECALL, EXACTNESS, PLACE = 0.97, 0.95, 0.97
PRECISION_IN_ALL, PRECISION_OF_A_RULE, MANY = 0.95, 0.9, 10


def share(part: float, whole: int) -> str:
    """A share with three decimals, a dash of nothing."""
    return f"{part / whole:.3f}" if whole else "–"


def recall_lines(language: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The table of named edits of one language."""
    classes = len({one.edit.fault_class for one in outcomes})
    drafts = len({one.edit.draft for one in outcomes})
    yield f"Named edits, {language}: {len(outcomes)} faults of {classes} classes in {drafts} drafts"
    yield f"  {'rule':<8}{'faults':>7}{'recall':>8}{'exact':>8}{'place':>8}"
    ordered = sorted(outcomes, key=lambda one: one.edit.code or "")
    for code, group in groupby(ordered, key=lambda one: one.edit.code or ""):
        yield recall_row(code, Recall.of(group))
    yield recall_row("all", Recall.of(outcomes))
    for one in outcomes:
        if not (one.exact and one.placed):
            told = ", ".join(f"{finding.code} line {finding.place.line}" for finding in one.findings) or "nothing"
            yield f"  not as it should be: {one.edit.name}: {one.edit.code} expected, {told} reported"


def recall_row(name: str, recall: Recall) -> str:
    """One row of the table of edits."""
    shares = (share(part, recall.edits) for part in (recall.found, recall.exact, recall.placed))
    return f"  {name:<8}{recall.edits:>7}" + "".join(f"{one:>8}" for one in shares)


def precision_row(name: str, precision: Precision) -> str:
    """One row of a table of findings."""
    false = precision.findings - precision.true - precision.debatable
    value = "–" if precision.value is None else f"{precision.value:.3f}"
    return f"  {name:<28}{precision.findings:>9}{precision.true:>7}{precision.debatable:>11}{false:>7}{value:>11}"


def precision_lines(judgements: Sequence[Judgement]) -> Iterator[str]:
    """The tables of findings on the real documents."""
    loud = [one for one in judgements if one.loud]
    for title, chosen in (("at warning or above", loud), ("info", [one for one in judgements if not one.loud])):
        yield f"Findings on {len(DOCUMENTS)} real documents, {title}"
        yield f"  {'':<28}{'findings':>9}{'true':>7}{'debatable':>11}{'false':>7}{'precision':>11}"
        for name in DOCUMENTS:
            yield precision_row(name, Precision.of(one for one in chosen if one.file == name))
        yield ""
        for code, precision in by_rule(chosen).items():
            yield precision_row(code, precision)
        yield ""
        for language in LANGUAGES:
            yield precision_row(f"all, {language}", Precision.of(one for one in chosen if one.language == language))
        yield precision_row("all", Precision.of(chosen))
        yield ""


def missed_targets(outcomes: dict[str, list[Outcome]], judgements: Sequence[Judgement]) -> Iterator[str]:
    """What is below its target, in words."""
    classes = {one.edit.fault_class for found in outcomes.values() for one in found}
    if len(classes) < CLASSES:
        yield f"{len(classes)} classes of faults, {CLASSES} are wanted"
    for language, found in outcomes.items():
        recall = Recall.of(found)
        for name, part, target in (
            ("recall", recall.found, RECALL),
            ("exactness", recall.exact, EXACTNESS),
            ("place", recall.placed, PLACE),
        ):
            if part < target * recall.edits:
                yield f"{language}: {name} {share(part, recall.edits)} is below {target}"
    loud = [one for one in judgements if one.loud]
    for language in LANGUAGES:
        value = Precision.of(one for one in loud if one.language == language).value
        if value is not None and value < PRECISION_IN_ALL:
            yield f"{language}: precision {value:.3f} is below {PRECISION_IN_ALL}"
    for code, precision in by_rule(loud).items():
        if precision.findings >= MANY and (precision.value or 0) < PRECISION_OF_A_RULE:
            yield f"{code}: precision {precision.value:.3f} of {precision.findings} findings"
    new = sum(one.verdict is Verdict.NEW for one in judgements)
    if new:
        yield f"findings that nobody has judged: {new}"


def main() -> int:
    """Print the tables; exit code 1 if a target is missed or a finding is not the recorded one."""
    parser = argparse.ArgumentParser(description="Recall on named edits, precision on real documents.")
    parser.add_argument("--update", action="store_true", help="record the findings on the real documents")
    update = parser.parse_args().update

    outcomes = {language: [outcome(edit) for edit in edits(language) if edit.code] for language in LANGUAGES}
    for language, found in outcomes.items():
        print(*recall_lines(language, found), "", sep="\n")

    judgements, differences = recorded(), list[str]()
    if (CORPUS / DOCUMENTS[0]).is_file():
        judgements, differences = compared(judgements, present())
    else:
        print("The real documents are not beside this checkout: the recorded findings are counted.\n")
    if update:
        JUDGEMENTS.write_text(written(judgements), encoding="utf-8")
        PRECISION.write_text(precision_table(judgements), encoding="utf-8")
    print(*precision_lines(judgements), sep="\n")
    print(*(one for one in judgements if one.verdict is Verdict.NEW), sep="\n")
    missed = [*missed_targets(outcomes, judgements), *([] if update else differences)]
    print(*missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
