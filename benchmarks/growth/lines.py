"""Lines, spaces, words and characters in unusual numbers."""

from __future__ import annotations

from growth.generators import TEXT, WORDS, grows, letters, paragraphs


@grows()
def one_line(n: int) -> str:
    return "1. " + WORDS * n


@grows()
def one_line_of_sentences(n: int) -> str:
    return "1. " + "The Committee took note of the report. " * n


@grows()
def one_line_of_lower_case(n: int) -> str:
    return "1. The report " + "of the lamps in the night " * n


@grows()
def one_word(n: int) -> str:
    return "1. The report of the " + "lamps" * n


@grows()
def one_word_in_capitals(n: int) -> str:
    return "1. The report of the " + "LAMP" * n


@grows()
def one_number(n: int) -> str:
    return "1. The report of the " + "123" * n


@grows()
def words_in_capitals(n: int) -> str:
    return "1. THE REPORT " + "OF THE LAMPS IN THE NIGHT " * n


@grows()
def capitalised_words(n: int) -> str:
    return "1. The Report " + "Of The Lamps In The Night " * n


@grows()
def hyphenated_words(n: int) -> str:
    return "1. The report " + "well-known-" * n + "lamps"


@grows()
def one_paragraph_of_many_lines(n: int) -> str:
    return "1. The report\n" + f"{WORDS}\n" * n


@grows()
def paragraphs_without_numbers(n: int) -> str:
    return f"{WORDS}\n\n" * n


@grows()
def short_lines(n: int) -> str:
    return "the\n" * n


@grows()
def blank_lines(n: int) -> str:
    return "1. The report.\n" + "\n" * n


@grows()
def spaces(n: int) -> str:
    return "1. The report" + " " * n + "of the Group."


@grows()
def spaces_at_the_ends_of_lines(n: int) -> str:
    return paragraphs(n, "The report." + " " * 40)


@grows()
def tabs(n: int) -> str:
    return "1. The report" + "\t" * n + "of the Group."


@grows()
def columns_of_spaces(n: int) -> str:
    return "The lamps:\n\n" + "Chad          12        14\nMali          13        17\n" * n


@grows()
def windows_line_ends(n: int) -> str:
    return paragraphs(n, WORDS).replace("\n", "\r\n")


@grows()
def soft_hyphens(n: int) -> str:
    return "1. The report " + "of the har\u00adbour\u200b " * n


@grows()
def combining_marks(n: int) -> str:
    return "1. The report " + "of the cafe\u0301 " * n


@grows()
def one_letter_with_marks(n: int) -> str:
    return "1. The report e" + "\u0301" * n


@grows()
def curly_apostrophes(n: int) -> str:
    return paragraphs(n, "The Committee’s report on the Group’s lamps.")


@grows()
def other_scripts(n: int) -> str:
    return "1. The report " + "доклад 報告 تقرير " * n


@grows()
def stops(n: int) -> str:
    return "1. The report " + ". " * n


@grows()
def commas(n: int) -> str:
    return "1. The report " + ", " * n


@grows()
def dashes(n: int) -> str:
    return "1. The report " + "– " * n


@grows()
def slashes(n: int) -> str:
    return "1. The report " + "a/" * n


@grows()
def quotation_marks(n: int) -> str:
    return "1. The report " + '" ' * n


@grows()
def open_quotations(n: int) -> str:
    return "1. The report " + "“of the Group " * n


@grows()
def quotations(n: int) -> str:
    return "1. The Chair said " + "“of the Group”, " * n


@grows()
def quotations_of_many_kinds(n: int) -> str:
    return paragraphs(n, 'The Chair said “of the «Group»” and "of the lamps".')


@grows()
def repeated_words(n: int) -> str:
    return "1. The report of " + "the the " * n


@grows()
def repeated_words_in_many_paragraphs(n: int) -> str:
    return paragraphs(n, "The report of the the Group of of lamps.")


@grows()
def double_spaces_and_stops(n: int) -> str:
    return paragraphs(n, "The report  of the Group .. was  read ,and noted .")


@grows(TEXT)
def running_heads(n: int) -> str:
    return "".join(f"\fA/80/12\n\n{i}/900 25-01234\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1))


@grows(TEXT)
def page_numbers(n: int) -> str:
    return "".join(f"{i}. {WORDS}\n{WORDS}\n\n{i}\n\f\n" for i in range(1, n + 1))


@grows(TEXT)
def lines_cut_by_pages(n: int) -> str:
    return "".join(f"{WORDS}\n" * 30 + f"\nPage {i}\n\f" for i in range(1, n + 1))


@grows(TEXT)
def form_feeds(n: int) -> str:
    return "1. The report.\n" + "\f\n" * n


@grows(TEXT)
def laid_out_lines(n: int) -> str:
    return "".join(f"      {i}.   {WORDS}\n   {WORDS}\n   {WORDS}\n\n" for i in range(1, n + 1))


@grows(TEXT)
def words_cut_by_lines(n: int) -> str:
    return paragraphs(n, "The Committee took note of the har-\nbour and of the report of the Gr-\noup on the lamps.")


@grows(TEXT)
def contents_with_leaders(n: int) -> str:
    return "Contents\n\n" + "".join(
        f"{i}. The lamps of {letters(i)} .................... {i}\n" for i in range(1, n + 1)
    ) + "\n" + "".join(f"{i}. The lamps of {letters(i)}\n\n{WORDS}\n\n" for i in range(1, n + 1))  # fmt: skip
