"""Document symbols, references within the report, resolutions and lists of documents."""

from __future__ import annotations

from growth.generators import MARKDOWN, WORDS, grows, letters, paragraphs, roman


@grows()
def symbols(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee had before it A/80/{i} and A/C.3/80/L.{i}.")


@grows()
def symbols_in_one_sentence(n: int) -> str:
    return "1. The Committee had before it " + "A/80/12, A/C.3/80/L.3, " * n


@grows()
def different_symbols_in_one_sentence(n: int) -> str:
    return "1. The Committee had before it " + "".join(f"A/80/{i}, " for i in range(1, n + 1))


@grows()
def malformed_symbols(n: int) -> str:
    return paragraphs(n, "The Committee had before it A/80 /12, A/HRC/80.12 and A/80/L12.")


@grows()
def one_long_symbol(n: int) -> str:
    return "1. The Committee had before it A" + "/80/L.1" * n


@grows()
def symbols_with_continuations(n: int) -> str:
    return "1. The Committee had before it A/80/12" + " and Add.1–3 and Corr.1" * n


@grows()
def symbols_in_brackets(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee had before it the note on the lamps of {letters(i)} (A/80/{i}).")


@grows()
def symbols_nearly_alike(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee had before it A/HRC/{i}/L.1 and A/HCR/{i}/L.1.")


@grows()
def lists_of_documents(n: int) -> str:
    return "".join(
        f"## {roman(i)}. The lamps\n\n{i}. The Committee had before it the following documents:\n\n"
        f"(a) Note on the lamps of {letters(i)} (A/80/{i});\n\n(b) Report on quays (A/80/L.{i}).\n\n"
        for i in range(1, n + 1)
    )


@grows()
def lists_of_documents_without_headings(n: int) -> str:
    return paragraphs(
        n,
        lambda i: (
            "The Committee had before it the following documents:\n\n"
            f"(a) Note on the lamps of {letters(i)} (A/80/{i});\n\n(b) Report on quays (A/80/L.{i})."
        ),
    )


@grows()
def one_list_of_documents(n: int) -> str:
    return "1. The Committee had before it the following documents:\n\n" + "".join(
        f"- Note on the lamps of {letters(i)} (A/80/{i})\n" for i in range(1, n + 1)
    )


@grows()
def documents_with_one_title(n: int) -> str:
    return "1. The Committee had before it the following documents:\n\n" + "".join(
        f"- Note on the lamps (A/80/{i})\n" for i in range(1, n + 1)
    )


@grows()
def documents_with_one_symbol(n: int) -> str:
    return "1. The Committee had before it the following documents:\n\n" + "".join(
        f"- Note on the lamps of {letters(i)} (A/80/1)\n" for i in range(n)
    )


@grows()
def document_headings(n: int) -> str:
    return "".join(f"## {roman(i)}. List of documents\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows(MARKDOWN)
def documents_in_a_table(n: int) -> str:
    return "## Annex\n\n## List of documents\n\n| Symbol | Title |\n|---|---|\n" + "".join(
        f"| A/80/{i} | Note on the lamps of {letters(i)} |\n" for i in range(1, n + 1)
    )


@grows()
def documents_announced(n: int) -> str:
    return paragraphs(n, "The Committee had before it the following documents:")


@grows()
def references_to_paragraphs(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee recalled paragraphs {i} to {i + 2} above.")


@grows()
def references_in_one_sentence(n: int) -> str:
    return "1. " + "see paragraph 12 above and section II.B below, " * n


@grows()
def one_reference(n: int) -> str:
    return "1. See paragraphs " + "12 and 13, " * n


@grows()
def one_reference_to_many(n: int) -> str:
    return "1. See paragraphs " + "".join(f"{i}, " for i in range(1, n + 1)) + "and 3.\n"


@grows()
def references_to_wide_ranges(n: int) -> str:
    return paragraphs(n, f"The Committee recalled paragraphs 1 to {n} above.")


@grows()
def references_to_sections(n: int) -> str:
    return "".join(f"## {roman(i)}. The lamps\n\n{i}. See section {roman(i + 1)} below.\n\n" for i in range(1, n + 1))


@grows()
def references_to_nothing(n: int) -> str:
    return paragraphs(n, f"See paragraph {n + 99}, section XC, annex IX, table 99 and footnote {n}.")


@grows()
def references_to_annexes(n: int) -> str:
    return paragraphs(n, lambda i: f"See annex {roman(i)} to the present report.") + "".join(
        f"# Annex {roman(i)}\n\n{WORDS}\n\n" for i in range(1, n + 1)
    )


@grows()
def references_to_recommendations(n: int) -> str:
    return "".join(f"## Recommendation {i}\n\nSee recommendation {n - i} above.\n\n" for i in range(1, n + 1))


@grows()
def references_into_other_documents(n: int) -> str:
    return paragraphs(n, "See paragraph 12 of resolution 70/1, section II of document A/80/12 and its annex I.")


@grows()
def owners_in_one_sentence(n: int) -> str:
    return "1. The Committee recalled paragraph 3 " + "of the report of the Board of the Council " * n


@grows()
def references_to_tables(n: int) -> str:
    return paragraphs(n, lambda i: f"See tables {i} and {i + 1} and figure {i}.")


@grows()
def references_to_decisions(n: int) -> str:
    return paragraphs(n, lambda i: f"See decision 3/{i} and recommendations 1.{i} and 2.{i}.")


@grows()
def resolutions(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee recalled General Assembly resolution 70/{i} of 21 December 2015.")


@grows()
def resolutions_in_one_sentence(n: int) -> str:
    return "1. The Committee recalled General Assembly resolutions " + "70/1, 71/2 and 72/3, " * n


@grows()
def resolutions_with_titles(n: int) -> str:
    return paragraphs(n, lambda i: f"It recalled resolution 70/{i % 50}, entitled “The lamps of {letters(i)}”.")


@grows()
def resolutions_with_sessions(n: int) -> str:
    return paragraphs(n, lambda i: f"It recalled resolution 60/{i}, adopted at its sixty-first session.")
