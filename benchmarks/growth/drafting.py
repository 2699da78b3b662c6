"""What only drafts contain: placeholders and waivers."""

from __future__ import annotations

from growth.generators import MARKDOWN, WORDS, grows, letters, paragraphs

_WAIVER = '<!-- reportlint: ignore CTY001 reason="as spoken" -->'


@grows()
def placeholders(n: int) -> str:
    return "1. The report of " + "XX and TBC and " * n


@grows()
def placeholders_in_many_paragraphs(n: int) -> str:
    return paragraphs(n, "The report of [date] to be completed by XX [to be confirmed].")


@grows()
def placeholders_in_brackets(n: int) -> str:
    return "1. The report of " + "[to be confirmed] and [insert date] " * n


@grows()
def nested_placeholders(n: int) -> str:
    return "1. The report of " + "[insert " * n + "]" * n


@grows()
def dots(n: int) -> str:
    return "1. The report of paragraph ... and section " + "... " * n


@grows()
def blanks(n: int) -> str:
    return "1. The report of " + "____ and ____ " * n


@grows()
def unfinished_paragraphs(n: int) -> str:
    return paragraphs(n, "The Committee took note of the")


@grows()
def question_marks(n: int) -> str:
    return "1. The report of " + "?? and [?] " * n


@grows(MARKDOWN)
def waivers(n: int) -> str:
    return paragraphs(n, f"The Committee visited Moldovia. {_WAIVER}")


@grows(MARKDOWN)
def waivers_before_paragraphs(n: int) -> str:
    return "".join(f"{_WAIVER}\n{i}. The Committee visited Iran.\n\n" for i in range(1, n + 1))


@grows(MARKDOWN)
def waivers_in_one_paragraph(n: int) -> str:
    return "1. " + f"The Committee visited Iran. {_WAIVER} " * n


@grows(MARKDOWN)
def regions_of_waivers(n: int) -> str:
    return "".join(
        "<!-- reportlint: ignore-begin CTY001 -->\n\n"
        f"{i}. The Committee visited Iran.\n\n<!-- reportlint: ignore-end CTY001 -->\n\n"
        for i in range(1, n + 1)
    )


@grows(MARKDOWN)
def nested_regions_of_waivers(n: int) -> str:
    return (
        "<!-- reportlint: ignore-begin CTY001 -->\n\n" * n
        + paragraphs(n, "The Committee visited Iran.")
        + "<!-- reportlint: ignore-end CTY001 -->\n\n" * n
    )


@grows(MARKDOWN)
def regions_without_end(n: int) -> str:
    return "".join(
        f"<!-- reportlint: ignore-begin CTY001 -->\n\n{i}. The Committee visited Iran.\n\n" for i in range(1, n + 1)
    )


@grows(MARKDOWN)
def malformed_waivers(n: int) -> str:
    return paragraphs(n, lambda i: f"{WORDS}<!-- reportlint: ignore {letters(i)} -->")


@grows(MARKDOWN)
def a_waiver_of_many_names(n: int) -> str:
    return "<!-- reportlint: ignore " + "CTY001 NUM001 " * n + "-->\n1. The Committee visited Iran.\n"


@grows(MARKDOWN)
def a_waiver_of_unknown_names(n: int) -> str:
    return "<!-- reportlint: ignore " + "".join(f"{letters(i)} " for i in range(n)) + "-->\n1. The report.\n"
