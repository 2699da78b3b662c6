"""What the linter reports on the real documents, and what readers who did not write the rules made of it.

``corpus/judgements.yaml`` holds every finding of the publication stage, the strictest: no words of the documents,
only where it stands, whether it is true, and why in a few words of our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from drafts import CARDS, CORPUS, ROOT, check, corpus_text

from reportlint.knowledge.rulebook import read_data

JUDGEMENTS = ROOT / "tests" / "corpus" / "judgements.yaml"
PRECISION = ROOT / "rules" / "registers" / "precision.csv"
STAGE = "publication"
LOUD = ("error", "warning")
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
# `python benchmarks/accuracy.py --update` adds what is new, drops what is gone, and keeps the rest.
"""


class Verdict(Enum):
    """What a reader made of a finding; a debatable one counts as half true."""

    TRUE = "true"
    FALSE = "false"
    DEBATABLE = "debatable"
    NEW = "new"

    @property
    def weight(self) -> float:
        return {Verdict.TRUE: 1.0, Verdict.DEBATABLE: 0.5}.get(self, 0.0)


@dataclass(frozen=True, order=True)
class Judgement:
    """One finding, and what a reader made of it."""

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
    def loud(self) -> bool:
        """Whether the finding is a warning or an error."""
        return self.severity in LOUD

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.severity} {self.code} {self.fingerprint}"


def recorded() -> list[Judgement]:
    """The judgements as they stand in the file."""
    return [
        Judgement(
            file,
            one["line"],
            one["code"],
            one["fingerprint"],
            one["severity"],
            Verdict(str(one["verdict"]).lower()),
            one["reason"],
        )
        for file, found in read_data(JUDGEMENTS).items()
        for one in found or ()
    ]


def present() -> Iterator[Judgement]:
    """The findings that the linter makes now; not judged yet."""
    for name in DOCUMENTS:
        for finding in check(corpus_text(name), str(CORPUS / name), STAGE).findings:
            yield Judgement(name, finding.place.line, finding.code, finding.fingerprint, finding.severity.value)


def compared(before: Iterable[Judgement], now: Iterable[Judgement]) -> tuple[list[Judgement], list[str]]:
    """The findings of now with the verdicts of before, and every difference in a line of its own."""
    known = {one.identity: one for one in before}
    found: list[Judgement] = []
    differences: list[str] = []
    for one in now:
        old = known.pop(one.identity, None)
        if old is None:
            differences.append(f"new   {one}")
            found.append(one)
        else:
            if (old.line, old.severity) != (one.line, one.severity):
                differences.append(f"moved {old} → line {one.line}, {one.severity}")
            found.append(replace(one, verdict=old.verdict, reason=old.reason))
    differences += [f"gone  {one}" for one in known.values()]
    return sorted(found, key=lambda one: (one.file, one.line, one.code)), differences


def written(judgements: Iterable[Judgement]) -> str:
    """The text of ``judgements.yaml``."""
    parts = [_HEADER]
    by_file: dict[str, list[Judgement]] = {name: [] for name in DOCUMENTS}
    for one in judgements:
        by_file[one.file].append(one)
    for file, found in by_file.items():
        parts.append(f"{file}:{'' if found else ' []'}\n")
        parts += (
            f"  - {{code: {one.code}, line: {one.line}, severity: {one.severity}, "
            f'fingerprint: "{one.fingerprint}", verdict: {one.verdict.value}, reason: {_quoted(one.reason)}}}\n'
            for one in found
        )
    return "".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True)
class Precision:
    """How many findings there are, and how many of them are true; debatable ones count as half."""

    findings: int
    true: int
    debatable: int

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Precision:
        verdicts = Counter(one.verdict for one in judgements)
        return cls(verdicts.total(), verdicts[Verdict.TRUE], verdicts[Verdict.DEBATABLE])

    @property
    def value(self) -> float | None:
        """The share that is true, ``None`` where nothing was found."""
        if not self.findings:
            return None
        return (self.true * Verdict.TRUE.weight + self.debatable * Verdict.DEBATABLE.weight) / self.findings


def by_rule(judgements: Iterable[Judgement]) -> dict[str, Precision]:
    """The precision of each rule that found anything, in the order of codes."""
    found: dict[str, list[Judgement]] = {}
    for one in judgements:
        found.setdefault(one.code, []).append(one)
    return {code: Precision.of(found[code]) for code in sorted(found)}


def precision_table(judgements: Iterable[Judgement]) -> str:
    """The text of the register that ``reportlint explain`` shows, one row for each rule about drafts."""
    found = by_rule(judgements)
    rows = (
        f"{card.code},{one.findings},{one.true},{one.debatable},{len(DOCUMENTS)}\n"
        for card in CARDS
        if card.check != "engine"
        for one in [found.get(card.code, Precision(0, 0, 0))]
    )
    return "code,findings,true,debatable,documents\n" + "".join(rows)
