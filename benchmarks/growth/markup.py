"""Markup that is nested, repeated, never closed or very wide."""

from __future__ import annotations

from growth.generators import MARKDOWN, WORDS, grows, letters, paragraphs


@grows()
def nested_quotes(n: int) -> str:
    return "1. The report.\n\n" + "> " * n + WORDS


@grows()
def quotes_of_growing_depth(n: int) -> str:
    return "1. The report.\n\n" + "".join("> " * (level % 100) + WORDS + "\n" for level in range(n))


@grows()
def many_quotes(n: int) -> str:
    return paragraphs(n, f"The Chair said:\n\n> {WORDS}\n>\n> {WORDS}")


@grows()
def nested_bullets_in_one_line(n: int) -> str:
    return "- " * n + WORDS


@grows()
def nested_lists(n: int) -> str:
    return "1. The Committee:\n\n" + "".join(" " * (level % 200) + f"- {WORDS}\n" for level in range(n))


@grows()
def nested_numbered_lists(n: int) -> str:
    shapes = ("1.", "(a)", "(i)", "a.", "A.", "1)")
    return "1. The Committee:\n\n" + "".join(
        " " * (level % 60) + f"{shapes[level % len(shapes)]} {WORDS}\n" for level in range(n)
    )


@grows()
def one_list(n: int) -> str:
    return "1. The Committee:\n\n" + f"- {WORDS}\n" * n


@grows()
def one_list_with_blank_lines(n: int) -> str:
    return "1. The Committee:\n\n" + f"    (a) {WORDS};\n\n    (b) {WORDS};\n\n" * n


@grows()
def open_brackets(n: int) -> str:
    return "1. The report of the Group " + "(" * n


@grows()
def nested_brackets(n: int) -> str:
    return "1. The report of the Group " + "(the " * n + "report" + ")" * n


@grows()
def nested_square_brackets(n: int) -> str:
    return "1. The report of the Group " + "[the " * n + "report" + "]" * n


@grows()
def open_square_brackets(n: int) -> str:
    return "1. The report of the Group " + "[ " * n


@grows()
def square_brackets(n: int) -> str:
    return "1. The report " + "[of the Group] " * n


@grows(MARKDOWN)
def links(n: int) -> str:
    return "1. The report " + "[of the Group](https://example.org/a_(b)) " * n


@grows(MARKDOWN)
def nested_links(n: int) -> str:
    return "1. The report " + "[" * n + "the" + "](u)" * n


@grows(MARKDOWN)
def open_links(n: int) -> str:
    return "1. The report " + "[of the](u " * n


@grows(MARKDOWN)
def reference_links(n: int) -> str:
    return "1. " + "".join(f"[the report][{i}] " for i in range(n)) + "\n\n" + "".join(
        f"[{i}]: https://example.org/{i}\n" for i in range(n)
    )  # fmt: skip


@grows(MARKDOWN)
def images(n: int) -> str:
    return paragraphs(n, "The map ![of the harbour](map.png) shows the lamps.")


@grows(MARKDOWN)
def addresses_in_angle_brackets(n: int) -> str:
    return "1. The report " + "<https://example.org/a> " * n


@grows()
def open_angle_brackets(n: int) -> str:
    return "1. The report " + "<a " * n


@grows(MARKDOWN)
def emphasis(n: int) -> str:
    return "1. The report " + "*of* the **Group** " * n


@grows(MARKDOWN)
def nested_emphasis(n: int) -> str:
    return "1. The report " + "*of **the " * n + "Group" + "** of*" * n


@grows(MARKDOWN)
def open_emphasis(n: int) -> str:
    return "1. The report " + "*of " * n


@grows(MARKDOWN)
def closing_emphasis(n: int) -> str:
    return "1. The report " + "of* " * n


@grows(MARKDOWN)
def asterisks(n: int) -> str:
    return "1. The report " + "*" * n + "of"


@grows(MARKDOWN)
def underscores(n: int) -> str:
    return "1. The report " + "_" * n + "of " + "a_b_" * n


@grows(MARKDOWN)
def emphasis_of_both_kinds(n: int) -> str:
    return "1. The report " + "*of _the " * n


@grows(MARKDOWN)
def backticks(n: int) -> str:
    return "1. The report " + "".join("`" * (i % 50) + " of " for i in range(n))


@grows(MARKDOWN)
def code_spans(n: int) -> str:
    return "1. The report " + "`of the` group " * n


@grows(MARKDOWN)
def code_fences(n: int) -> str:
    return "1. The report:\n\n" + "```\nof the group\n```\n\n" * n


@grows(MARKDOWN)
def a_code_fence_without_end(n: int) -> str:
    return "1. The report:\n\n```\n" + f"{WORDS}\n" * n


@grows(MARKDOWN)
def backslashes(n: int) -> str:
    return "1. The report " + r"\*of \[the\] \\ " * n


@grows(MARKDOWN)
def character_references(n: int) -> str:
    return "1. The report " + "&amp; &#8217; &unknown; " * n


@grows(MARKDOWN)
def html_tags(n: int) -> str:
    return "1. The report " + "<b>of</b> the <br> " * n


@grows(MARKDOWN)
def nested_html(n: int) -> str:
    return "1. The report\n\n" + "<div>" * n + "the" + "</div>" * n


@grows(MARKDOWN)
def html_blocks(n: int) -> str:
    return "1. The report.\n\n" + f"<div>\n{WORDS}\n</div>\n\n" * n


@grows(MARKDOWN)
def html_lists(n: int) -> str:
    return "1. The report.\n\n<ol>\n" + f"<li>{WORDS}</li>\n" * n + "</ol>\n"


@grows(MARKDOWN)
def html_paragraphs(n: int) -> str:
    return "".join(f"<p>{i}. {WORDS}</p>\n" for i in range(1, n + 1))


@grows(MARKDOWN)
def an_html_table(n: int) -> str:
    return "<table>\n" + "<tr><td>Chad</td><td>the report</td></tr>\n" * n + "</table>\n"


@grows(MARKDOWN)
def an_html_row(n: int) -> str:
    return "<table><tr>" + "<td>Chad</td>" * n + "</tr></table>\n"


@grows(MARKDOWN)
def superscripts(n: int) -> str:
    return "1. The report " + "of<sup>1</sup> the<sup>2</sup> " * n


@grows(MARKDOWN)
def open_superscripts(n: int) -> str:
    return "1. The report " + "of<sup> " * n


@grows(MARKDOWN)
def comments(n: int) -> str:
    return paragraphs(n, f"{WORDS}<!-- a comment -->")


@grows(MARKDOWN)
def open_comments(n: int) -> str:
    return "1. The report " + "<!-- of " * n


@grows(MARKDOWN)
def a_long_comment(n: int) -> str:
    return "<!-- " + f"{WORDS}\n" * n + "-->\n\n1. The report.\n"


@grows(MARKDOWN)
def a_long_table(n: int) -> str:
    return "| State | Lamps |\n|---|---|\n" + f"| Chad | {WORDS} |\n" * n


@grows(MARKDOWN)
def a_wide_table(n: int) -> str:
    row = "| the lamps " * n + "|\n"
    return row + "|---" * n + "|\n" + row


@grows(MARKDOWN)
def a_wide_row_of_states(n: int) -> str:
    return "| Chad | Mali | Peruu " * n + "|\n" + "|---|---|---" * n + "|\n"


@grows(MARKDOWN)
def a_square_table(n: int) -> str:
    return "| a " * n + "|\n" + "|---" * n + "|\n" + ("| b " * n + "|\n") * n


@grows(MARKDOWN)
def many_tables(n: int) -> str:
    return paragraphs(n, "The lamps:\n\n| State | Lamps |\n|---|---|\n| Chad | 12 |")


@grows(MARKDOWN)
def pipes(n: int) -> str:
    return "1. The report " + "|" * n


@grows(MARKDOWN)
def underlined_headings(n: int) -> str:
    return "".join(f"The lamps of {letters(i)}\n=====\n\n{WORDS}\n\n" for i in range(n))


@grows(MARKDOWN)
def breaks(n: int) -> str:
    return "1. The report.\n\n" + "---\n\n***\n\n" * n


@grows(MARKDOWN)
def hard_line_ends(n: int) -> str:
    return "1. The report\n" + f"{WORDS}  \n" * n


@grows(MARKDOWN)
def front_matter(n: int) -> str:
    return "".join(f"key{i}: the report\n" for i in range(n))
