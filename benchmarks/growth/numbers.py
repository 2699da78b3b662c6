"""Numbers and headings: paragraphs, lists, sections, annexes, contents, notes and captions."""

from __future__ import annotations

from growth.generators import MARKDOWN, WORDS, grows, letters, paragraphs, roman


@grows()
def numbered_paragraphs(n: int) -> str:
    return paragraphs(n, WORDS)


@grows()
def paragraphs_with_one_number(n: int) -> str:
    return f"7. {WORDS}\n\n" * n


@grows()
def paragraphs_with_gaps(n: int) -> str:
    return "".join(f"{3 * i + 1}. {WORDS}\n\n" for i in range(n))


@grows()
def paragraphs_counting_down(n: int) -> str:
    return "".join(f"{n - i}. {WORDS}\n\n" for i in range(n))


@grows()
def paragraphs_in_no_order(n: int) -> str:
    return "".join(f"{i * 7919 % n + 1}. {WORDS}\n\n" for i in range(n))


@grows()
def paragraphs_that_begin_again(n: int) -> str:
    return f"1. {WORDS}\n\n2. {WORDS}\n\n" * n


@grows()
def paragraphs_numbered_bis(n: int) -> str:
    return "".join(f"{i}. {WORDS}\n\n{i} bis. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def decimal_numbers(n: int) -> str:
    return "".join(f"{1 + i // 9}.{1 + i % 9} {WORDS}\n\n" for i in range(n))


@grows()
def decimal_numbers_of_one_paragraph(n: int) -> str:
    return "".join(f"1.{i} {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def deep_decimal_numbers(n: int) -> str:
    return "".join("1." * (1 + i % 30) + f"{i} {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def lettered_items(n: int) -> str:
    return paragraphs(n, "The Committee:\n\n(a) Took note;\n\n(b) Decided;\n\n(d) Agreed.")


@grows()
def one_long_lettered_list(n: int) -> str:
    return "1. The Committee:\n\n" + "".join(f"({chr(97 + i % 26)}) {WORDS};\n\n" for i in range(n))


@grows()
def lists_below_lists(n: int) -> str:
    return paragraphs(n, "The Committee:\n\n(a) Took note:\n\n(i) Of lamps;\n\n(ii) Of quays;\n\n(b) Agreed.")


@grows()
def labels_in_one_sentence(n: int) -> str:
    return "1. The Committee " + "(a) took note; (b) decided; " * n


@grows()
def equal_labels(n: int) -> str:
    return "1. The Committee:\n\n" + f"(a) {WORDS};\n\n" * n


@grows()
def roman_headings(n: int) -> str:
    return "".join(f"## {roman(i)}. The lamps of {letters(i)}\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def equal_headings(n: int) -> str:
    return "".join(f"## I. The lamps\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def headings_without_text(n: int) -> str:
    return "".join(f"## {'I' * (1 + i % 3)}. The lamps of {letters(i)}\n\n" for i in range(n))


@grows()
def headings_without_numbers(n: int) -> str:
    return "".join(f"## The lamps of {letters(i)}\n\n{i + 1}. {WORDS}\n\n" for i in range(n))


@grows()
def headings_of_two_ranks(n: int) -> str:
    return "".join(
        f"## {roman(i)}. The lamps\n\n### A. The old\n\n### B. The new\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1)
    )


@grows()
def headings_below_one_heading(n: int) -> str:
    return "## I. The lamps\n\n" + "".join(
        f"### {chr(65 + i % 26)}. The lamps of {letters(i)}\n\n{i + 1}. {WORDS}\n\n" for i in range(n)
    )


@grows(MARKDOWN)
def headings_in_bold(n: int) -> str:
    return "".join(f"**{roman(i)}. The lamps of {letters(i)}**\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def annexes(n: int) -> str:
    return "1. The report.\n\n" + "".join(f"# Annex {roman(i)}\n\n## The lamps\n\n{WORDS}\n\n" for i in range(1, n + 1))


@grows()
def annexes_without_numbers(n: int) -> str:
    return "1. The report.\n\n" + f"# Annex\n\n## The lamps\n\n{WORDS}\n\n" * n


@grows()
def annexes_with_paragraphs(n: int) -> str:
    return "1. The report.\n\n" + "".join(
        f"# Annex {roman(i)}\n\n1. {WORDS}\n\n2. {WORDS}\n\n" for i in range(1, n + 1)
    )


@grows()
def annex_headings(n: int) -> str:
    return "1. The report.\n\n" + "".join(f"# Annex {roman(i)}\n\n" for i in range(1, n + 1))


@grows()
def chapters(n: int) -> str:
    return "".join(f"# Chapter {roman(i)}\n\n## A. The lamps\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def parts(n: int) -> str:
    return "".join(f"# Part {roman(i)}\n\n## I. The lamps\n\n1. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def recommendations(n: int) -> str:
    return "".join(f"## Recommendation {i}\n\n{WORDS}\n\n" for i in range(1, n + 1))


@grows()
def recommendations_with_one_number(n: int) -> str:
    return f"## Recommendation 3\n\n{WORDS}\n\n" * n


@grows()
def decisions(n: int) -> str:
    return "".join(
        f"## Decision 3/{i}\n\nThe lamps\n\n1. *Decides* to meet;\n\n2. *Agrees*.\n\n" for i in range(1, n + 1)
    )


@grows()
def articles(n: int) -> str:
    return "".join(f"## Article {i}\n\n1. {WORDS}\n\n2. {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def contents(n: int) -> str:
    return "## Contents\n\n" + "".join(f"{roman(i)}. The lamps of {letters(i)}\n\n" for i in range(1, n + 1)) + "".join(
        f"## {roman(i)}. The lamps of {letters(i)}\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1)
    )  # fmt: skip


@grows()
def contents_without_headings(n: int) -> str:
    return "## Contents\n\n" + "".join(f"{roman(i)}. The lamps of {letters(i)} {i}\n" for i in range(1, n + 1))


@grows(MARKDOWN)
def contents_in_a_table(n: int) -> str:
    rows = "".join(f"| {roman(i)}. | The lamps of {letters(i)} | {i} | {i} |\n" for i in range(1, n + 1))
    return "## Contents\n\n| | | Paragraphs | Page |\n|---|---|---|---|\n" + rows + "\n" + "".join(
        f"## {roman(i)}. The lamps of {letters(i)}\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1)
    )  # fmt: skip


@grows()
def tables_with_captions(n: int) -> str:
    return "".join(f"{i}. {WORDS}, see table {i}.\n\nTable {i}\nThe lamps\n\n" for i in range(1, n + 1))


@grows()
def figures_in_no_order(n: int) -> str:
    return "".join(f"{i}. See figure {i + 1}.\n\nFigure {n - i}\nThe lamps\n\n" for i in range(1, n + 1))


@grows(MARKDOWN)
def footnotes(n: int) -> str:
    return paragraphs(n, lambda i: f"The report[^{i}] of the Group.") + "".join(
        f"[^{i}]: {WORDS}\n\n" for i in range(1, n + 1)
    )


@grows(MARKDOWN)
def footnotes_in_one_sentence(n: int) -> str:
    return "1. The report " + "".join(f"of[^{i}] " for i in range(1, n + 1)) + "\n\n" + "".join(
        f"[^{i}]: The lamps.\n" for i in range(1, n + 1)
    )  # fmt: skip


@grows(MARKDOWN)
def footnotes_with_one_label(n: int) -> str:
    return paragraphs(n, "The report[^1] of the Group.") + "[^1]: The lamps.\n\n" * n


@grows(MARKDOWN)
def footnotes_without_notes(n: int) -> str:
    return paragraphs(n, lambda i: f"The report[^{i}] of the Group.")


@grows(MARKDOWN)
def notes_without_marks(n: int) -> str:
    return "1. The report.\n\n" + "".join(f"[^{i}]: {WORDS}\n\n" for i in range(1, n + 1))


@grows()
def notes_in_plain_text(n: int) -> str:
    return "".join(f"{i}. The report of the Group.{i}\n\n_____\n\n{i} See the lamps.\n\n" for i in range(1, n + 1))


@grows()
def asterisks_as_notes(n: int) -> str:
    return "".join(f"{i}. The report* of the Group.\n\n* See the lamps.\n\n" for i in range(1, n + 1))
