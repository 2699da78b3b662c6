"""The kind of the document, and the words that show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import check, examples, rules_for

from reportlint.document import Source
from reportlint.facts.document_kind import KindOfDocument
from reportlint.knowledge.levels import DocumentKind
from reportlint.readers import read


def kind_of(text: str, language: str) -> KindOfDocument:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language).get(KindOfDocument)


HEAD = {"en": "Distr.: General\n\n", "fr": "Distr. générale\n\n"}
REPORT, PART, DECISIONS = DocumentKind.REPORT, DocumentKind.PART, DocumentKind.DECISIONS
AGENDA, RECORD, SUBMISSION = DocumentKind.AGENDA, DocumentKind.SUMMARY_RECORD, DocumentKind.SUBMISSION
INSTRUMENT, OTHER, NOT_UN = DocumentKind.INSTRUMENT, DocumentKind.OTHER, DocumentKind.NOT_UN


@pytest.mark.parametrize(
    ("language", "text", "kind", "evidence"),
    [
        ("en", "# Report of the Committee on its sixth session\n\n1. It met.\n", REPORT, "Report of the Committee on"),
        ("en", "# Draft report of the Committee\n\n1. It met.\n", REPORT, "Draft report"),
        ("en", "# Report of the Committee\n\n## II. Lamps\n\n45. It met.\n", PART, "Lamps"),
        ("en", "# Report of the Committee\n\n## II. Lamps\n\n45. At its 4th meeting, it met.\n", PART, "Lamps"),
        # A report that lost its first paragraph, its first heading, or both.
        ("en", "# Report of the Committee\n\n## II. Opening of the session\n\n2. It met.\n", REPORT, "Report of"),
        ("en", "# Report of the Committee\n\n## I. Opening\n\n2. It met.\n", REPORT, "Report of"),
        ("en", "# Report of the Committee\n\n## II. Lamps\n\n1. It met.\n", REPORT, "Report of"),
        ("en", "# Report of the Committee\n\nAddendum\n\n1. Lamps burned.\n", PART, "Addendum"),
        ("en", "# Report of the Committee\n\n## Chapter II (continued)\n\n1. Lamps burned.\n", PART, "continued"),
        ("en", "HARB/2019/9/Add.1\n\n# Report of the Committee\n\n1. Lamps burned.\n", PART, "HARB/2019/9/Add.1"),
        ("en", "# Annotated provisional agenda\n\n1. Opening.\n", AGENDA, "Annotated provisional agenda"),
        ("en", "# Decision 4/1\n\n1. It decides.\n", DECISIONS, "Decision 4/1"),
        (
            "en",
            "# Report of the Committee\n\nAddendum\n\nPart two: Action taken by the Committee\n\n1. It decides.\n",
            DECISIONS,
            "Part two: Action taken by the Committee",
        ),
        ("en", "# Resolution adopted by the Council\n\n1. It decides.\n", DECISIONS, "Resolution adopted by"),
        ("en", "# Summary record of the 5th meeting\n\n1. Mr. Dorn spoke.\n", RECORD, "Summary record of"),
        ("en", "HARB/COM/SR.5\n\n# Lamps\n\n1. Mr. Dorn spoke.\n", RECORD, ""),
        ("en", "# National report of Ruritania\n\n1. Lamps burn.\n", SUBMISSION, "National report"),
        ("en", "# Summary of harbour masters' submissions on Italy\n\n1. Lamps burn.\n", SUBMISSION, "Summary of"),
        ("en", "# Summary of lamps\n\n1. Lamps burn.\n", OTHER, ""),
        ("fr", "# Résumé des communications des ports\n\n1. Les feux brûlent.\n", SUBMISSION, "Résumé des"),
        ("en", "# Regulations on harbour lamps\n\n1. Lamps burn.\n", INSTRUMENT, "Regulations on"),
        ("en", "# Note by the Secretariat\n\n1. Lamps burn.\n", OTHER, "Note by"),
        ("en", "# Harbours\n\nSome words on lamps.\n", OTHER, ""),
        (
            "en",
            "# Lamps\n\n## Opening of the session\n\n1. The Committee held its sixth session from 3 to 5 May 2021.\n\n"
            "2. At its 1st meeting, on 3 May, it adopted its agenda.\n",
            REPORT,
            "Opening of the session",
        ),
        ("fr", "# Rapport du Comité sur sa sixième session\n\n1. Il a siégé.\n", REPORT, "Rapport du Comité"),
        ("fr", "# Rapport du Comité\n\nAdditif\n\n1. Les feux brûlaient.\n", PART, "Additif"),
        ("fr", "# Rapport du Comité\n\n## Chapitre II (suite)\n\n1. Les feux brûlaient.\n", PART, "suite"),
        ("fr", "# Ordre du jour provisoire annoté\n\n1. Ouverture.\n", AGENDA, "Ordre du jour provisoire"),
        ("fr", "# Résolution adoptée par le Conseil\n\n1. Il décide.\n", DECISIONS, "Résolution adoptée"),
        ("fr", "# Compte rendu analytique de la 5e séance\n\n1. M. Dorn prend la parole.\n", RECORD, "Compte rendu"),
        ("fr", "# Rapport national de la Ruritanie\n\n1. Les feux brûlent.\n", SUBMISSION, "Rapport national"),
        ("fr", "# Règlement relatif aux feux\n\n1. Les feux brûlent.\n", INSTRUMENT, "Règlement relatif"),
        ("fr", "# Note du secrétariat\n\n1. Les feux brûlent.\n", OTHER, "Note du"),
    ],
)
def test_kind_with_its_evidence(language: str, text: str, kind: DocumentKind, evidence: str) -> None:
    recognised = kind_of(HEAD[language] + text, language)
    assert recognised.kind is kind
    assert (recognised.evidence.text if recognised.evidence else "").startswith(evidence)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# reportlint\n\nInstall it with pip.\n\n## Use\n\nRun it on the files.\n", NOT_UN),
        ("# Changes\n\n## 1.2.0\n\n- Faster.\n- Better.\n\n## 1.1.0\n\n- First.\n", NOT_UN),
        ("", NOT_UN),
        ("# Use\n\n## 1.1 Installing the program\n\nRun pip.\n\n## 1.2 Configuration of it\n\nWrite it.\n", NOT_UN),
        ("4.1 The Committee keeps the lamps.\n\n4.2 The harbours are paid for it.\n", OTHER),
    ],
)
def test_documents_without_masthead(text: str, kind: DocumentKind) -> None:
    assert kind_of(text, "en").kind is kind


def test_running_text_is_no_title() -> None:
    text = (
        "HARB/2019/9\n\nThe secretariat prepared for the Committee what had been asked of it in earlier years, a\n"
        "report of the Committee on its lamps, with a list.\n\n1. Lamps burned.\n"
    )
    assert kind_of(text, "en").kind is OTHER


# The other clean examples are session reports.
KINDS = {
    "tide-records-addendum.en.md": PART,
    "mosaiques-additif.fr.md": PART,
    "mountain-passes-decisions.en.md": DECISIONS,
    "marais-salants-decisions.fr.md": DECISIONS,
    "sound-archives-resolution.en.md": DECISIONS,
    "peche-artisanale-resolution.fr.md": DECISIONS,
    "lake-ferries-record.en.txt": RECORD,
    "carillons-compte-rendu.fr.txt": RECORD,
}


@pytest.mark.parametrize("path", examples("clean"), ids=lambda path: path.name)
def test_kind_of_the_clean_examples(path: Path) -> None:
    text, language = path.read_text(encoding="utf-8"), path.name.split(".")[-2]
    document = read(Source.from_text(text), "markdown" if path.suffix == ".md" else "text")
    assert rules_for().facts_for(document, language).get(KindOfDocument).kind is KINDS.get(path.name, REPORT)


@pytest.mark.parametrize("path", examples("clean"), ids=lambda path: path.name)
def test_clean_examples_have_no_finding_at_publication(path: Path) -> None:
    report = check(path.read_text(encoding="utf-8"), path.name, "publication")
    assert [(finding.place.line, finding.code, finding.message) for finding in report.findings] == []
