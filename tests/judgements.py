"""The findings on the real documents, judged by readers who did not write the rules.

``corpus/judgements.yaml`` contains every finding of the publication stage, which is the strictest: its place, whether
it is true, and the reason. It quotes nothing from the documents. ``corpus/sets.yaml`` names the documents of the sets A
and B.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from drafts import CORPUS, ROOT, corpus_file

from reportlint import Linter
from reportlint.knowledge.rulebook import read_data

JUDGEMENTS = ROOT / "tests" / "corpus" / "judgements.yaml"
PRECISION = ROOT / "rules" / "registers" / "precision.csv"
STAGE = "publication"
ABOVE_INFO = ("error", "warning")
LANGUAGES = ("en", "fr")
# The sets of documents, as ../shared/corpus/README.md describes them. The rules were worked on with the sets
# A and word; the documents of B and word-B were judged before anybody worked on what they show.
SETS: Mapping[str, list[str] | int] = read_data(Path(__file__).with_name("corpus") / "sets.yaml")
ENOUGH = 10  # judged findings of a rule on a set; further findings may stay unjudged
_HEADER = """\
# The findings on the real documents at the publication stage, judged by reading the text.
# verdict: true · false · debatable · extraction (the document is right, its conversion to text damaged it) · unjudged
# (ten findings of the rule on the set are judged) · new (not judged yet). reason: a few words of our own, no quotation.
# `python benchmarks/accuracy.py --update` adds new findings, removes those that are gone, and keeps the rest.
"""


def documents(name: str) -> list[str]:
    """Return the documents of a set, as paths below the corpus."""
    names = SETS[name]
    if isinstance(names, list):
        return names
    files = (file for file in (CORPUS / name).iterdir() if file.suffix in (".md", ".txt"))
    return sorted(f"{name}/{file.name}" for file in files if file.stem.rpartition(".")[2] in LANGUAGES)


def number_of_documents(name: str | None = None) -> int:
    """Return the number of documents of a set, or of all."""
    return sum(len(names) if isinstance(names, list) else names for key, names in SETS.items() if name in (key, None))


def set_of(file: str) -> str:
    """Return the set that a document belongs to."""
    return next(
        name
        for name, names in SETS.items()
        if (file in names if isinstance(names, list) else file.startswith(f"{name}/"))
    )


class Verdict(Enum):
    """A reader's verdict on a finding. A debatable finding counts as half true.

    ``EXTRACTION``: the document is right, and its conversion to text damaged it. These findings are counted apart.
    """

    TRUE = "true"
    FALSE = "false"
    DEBATABLE = "debatable"
    EXTRACTION = "extraction"
    UNJUDGED = "unjudged"
    NEW = "new"

    @property
    def weight(self) -> float:
        return {Verdict.TRUE: 1.0, Verdict.DEBATABLE: 0.5}.get(self, 0.0)


@dataclass(frozen=True, order=True)
class Judgement:
    """A finding and the verdict of a reader, with the reason."""

    file: str
    line: int
    code: str
    fingerprint: str
    severity: str
    verdict: Verdict = Verdict.NEW
    reason: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.file, self.code, self.fingerprint

    @property
    def language(self) -> str:
        return self.file.split(".")[-2]

    @property
    def set(self) -> str:
        return set_of(self.file)

    @property
    def above_info(self) -> bool:
        """Whether the finding is a warning or an error."""
        return self.severity in ABOVE_INFO

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.severity} {self.code} {self.fingerprint}"


def load_judgements() -> list[Judgement]:
    """Return the judgements recorded in the file."""
    return [
        Judgement(
            file,
            entry["line"],
            entry["code"],
            entry["fingerprint"],
            entry["severity"],
            Verdict(str(entry["verdict"]).lower()),
            entry["reason"],
        )
        for file, entries in read_data(JUDGEMENTS).items()
        for entry in entries or ()
    ]


def current_findings() -> Iterator[Judgement]:
    """Lint the real documents and yield the findings, with the verdict ``NEW``."""
    linter = Linter(stage=STAGE)
    for name in (file for each in SETS for file in documents(each)):
        file = corpus_file(name)
        for finding in linter.check(file.read_bytes(), str(file)).findings:
            yield Judgement(name, finding.place.line, finding.code, finding.fingerprint, finding.severity.value)


def compare(recorded: Iterable[Judgement], current: Iterable[Judgement]) -> tuple[list[Judgement], list[str]]:
    """Return the current findings with the recorded verdicts, and a line for each difference."""
    known = {judgement.identity: judgement for judgement in recorded}
    judgements: list[Judgement] = []
    differences: list[str] = []
    for finding in current:
        old = known.pop(finding.identity, None)
        if old is None:
            differences.append(f"new   {finding}")
            judgements.append(finding)
        else:
            if (old.line, old.severity) != (finding.line, finding.severity):
                differences.append(f"moved {old} → line {finding.line}, {finding.severity}")
            judgements.append(replace(finding, verdict=old.verdict, reason=old.reason))
    differences += [f"gone  {judgement}" for judgement in known.values()]
    return sorted(judgements, key=lambda judgement: (judgement.file, judgement.line, judgement.code)), differences


def to_yaml(judgements: Iterable[Judgement]) -> str:
    """Return the text of ``judgements.yaml``."""
    parts = [_HEADER]
    by_file: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_file.setdefault(judgement.file, []).append(judgement)
    for file, entries in sorted(by_file.items(), key=lambda item: (list(SETS).index(set_of(item[0])), item[0])):
        parts.append(f"{file}:\n")
        parts += (
            f"  - {{code: {entry.code}, line: {entry.line}, severity: {entry.severity}, "
            f'fingerprint: "{entry.fingerprint}", verdict: {entry.verdict.value}, reason: {_quoted(entry.reason)}}}\n'
            for entry in entries
        )
    return "".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_JUDGED = (Verdict.TRUE, Verdict.FALSE, Verdict.DEBATABLE, Verdict.NEW)


@dataclass(frozen=True)
class Precision:
    """The numbers of judged findings, of true findings and of debatable findings, without damage by extraction."""

    findings: int
    true: int
    debatable: int

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Precision:
        verdicts = Counter(judgement.verdict for judgement in judgements if judgement.verdict in _JUDGED)
        return cls(verdicts.total(), verdicts[Verdict.TRUE], verdicts[Verdict.DEBATABLE])

    @property
    def value(self) -> float | None:
        """The share of true findings, or ``None`` without findings. A debatable finding counts as half."""
        if not self.findings:
            return None
        return (self.true * Verdict.TRUE.weight + self.debatable * Verdict.DEBATABLE.weight) / self.findings


def lacking(judgements: Iterable[Judgement]) -> Iterator[str]:
    """Yield a line for each rule and set with unjudged findings and fewer than :data:`ENOUGH` judged ones."""
    verdicts: dict[tuple[str, str], Counter[bool]] = {}
    for judgement in judgements:
        counter = verdicts.setdefault((judgement.set, judgement.code), Counter())
        counter[judgement.verdict in (Verdict.NEW, Verdict.UNJUDGED)] += 1
    for (name, code), counts in sorted(verdicts.items()):
        if counts[True] and counts[False] < ENOUGH:
            yield f"set {name}: {code}: {counts[True]} findings are not judged, only {counts[False]} are"


def by_rule(judgements: Iterable[Judgement]) -> dict[str, Precision]:
    """Return the precision of each rule that has findings, by code in alphabetical order."""
    by_code: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_code.setdefault(judgement.code, []).append(judgement)
    return {code: Precision.of(by_code[code]) for code in sorted(by_code)}


def precision_table(judgements: Iterable[Judgement], codes: Collection[str]) -> str:
    """Return the text of the register that ``reportlint explain`` reads, with a row for each of the codes."""
    precisions = by_rule(judgements)
    read = number_of_documents()
    rows = (
        f"{code},{precision.findings},{precision.true},{precision.debatable},{read}\n"
        for code in sorted(codes)
        for precision in [precisions.get(code, Precision(0, 0, 0))]
    )
    return "code,findings,true,debatable,documents\n" + "".join(rows)
