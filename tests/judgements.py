"""The findings on the real documents, judged by readers who did not write the rules.

``corpus/judgements.yaml`` contains every finding of the publication stage, which is the strictest: its place, whether
it is true, and the reason. It quotes nothing from the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from drafts import CORPUS, ROOT, check, corpus_text

from reportlint.knowledge.rulebook import read_data

JUDGEMENTS = ROOT / "tests" / "corpus" / "judgements.yaml"
PRECISION = ROOT / "rules" / "registers" / "precision.csv"
STAGE = "publication"
ABOVE_INFO = ("error", "warning")
DOCUMENTS = (
    "a-hrc-43-15.en.txt",
    "a-hrc-43-2.en.txt",
    "ctoc-wg7-2022.fr.md",
    "ece-cefact-2020-19.en.txt",
    "fccc-sbi-2014-8.en.txt",
    "fccc-sbi-2015-22.en.txt",
    "ipbes-1-12.en.md",
    "isba-18-a-11.fr.txt",
    "itlos-case17.fr.txt",
)
_HEADER = """\
# Every finding on the real documents at the publication stage, judged by reading the text.
# verdict: true · false · debatable · new (not judged yet). reason: in a few words of our own, no quotation.
# `python benchmarks/accuracy.py --update` adds new findings, removes those that are gone, and keeps the rest.
"""


class Verdict(Enum):
    """A reader's verdict on a finding. A debatable finding counts as half true."""

    TRUE = "true"
    FALSE = "false"
    DEBATABLE = "debatable"
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
    for name in DOCUMENTS:
        for finding in check(corpus_text(name), str(CORPUS / name), STAGE).findings:
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
    by_file: dict[str, list[Judgement]] = {name: [] for name in DOCUMENTS}
    for judgement in judgements:
        by_file[judgement.file].append(judgement)
    for file, entries in by_file.items():
        parts.append(f"{file}:{'' if entries else ' []'}\n")
        parts += (
            f"  - {{code: {entry.code}, line: {entry.line}, severity: {entry.severity}, "
            f'fingerprint: "{entry.fingerprint}", verdict: {entry.verdict.value}, reason: {_quoted(entry.reason)}}}\n'
            for entry in entries
        )
    return "".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True)
class Precision:
    """The numbers of findings, of true findings and of debatable findings."""

    findings: int
    true: int
    debatable: int

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Precision:
        verdicts = Counter(judgement.verdict for judgement in judgements)
        return cls(verdicts.total(), verdicts[Verdict.TRUE], verdicts[Verdict.DEBATABLE])

    @property
    def value(self) -> float | None:
        """The share of true findings, or ``None`` without findings. A debatable finding counts as half."""
        if not self.findings:
            return None
        return (self.true * Verdict.TRUE.weight + self.debatable * Verdict.DEBATABLE.weight) / self.findings


def by_rule(judgements: Iterable[Judgement]) -> dict[str, Precision]:
    """Return the precision of each rule that has findings, by code in alphabetical order."""
    by_code: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_code.setdefault(judgement.code, []).append(judgement)
    return {code: Precision.of(by_code[code]) for code in sorted(by_code)}


def precision_table(judgements: Iterable[Judgement], codes: Collection[str]) -> str:
    """Return the text of the register that ``reportlint explain`` reads, with a row for each of the codes."""
    precisions = by_rule(judgements)
    rows = (
        f"{code},{precision.findings},{precision.true},{precision.debatable},{len(DOCUMENTS)}\n"
        for code in sorted(codes)
        for precision in [precisions.get(code, Precision(0, 0, 0))]
    )
    return "code,findings,true,debatable,documents\n" + "".join(rows)
