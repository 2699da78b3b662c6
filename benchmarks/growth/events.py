"""What happened: sessions, meetings, dates, the agenda and the adoption of the report."""

from __future__ import annotations

from growth.generators import WORDS, grows, letters, ordinal, paragraphs, roman

_SESSION = "The Committee held its third session in Lisbon from 24 to 26 April 2023.\n\n"


@grows()
def meetings(n: int) -> str:
    return f"1. {_SESSION}" + paragraphs(
        n, lambda i: f"At its {ordinal(i)} meeting, on 24 April 2023, the Committee adopted it."
    )


@grows()
def meetings_in_one_paragraph(n: int) -> str:
    return "1. " + "At its 1st and 2nd meetings, on 27 and 28 June 2022, it met. " * n


@grows()
def meetings_in_one_sentence(n: int) -> str:
    return "1. The Committee met " + "at its 1st meeting, on 27 June 2022, and " * n


@grows()
def meetings_on_other_days(n: int) -> str:
    return f"1. {_SESSION}" + paragraphs(n, lambda i: f"At its 1st meeting, on {i % 28 + 1} May 2023, it met.")


@grows()
def meetings_without_dates(n: int) -> str:
    return f"1. {_SESSION}" + paragraphs(n, lambda i: f"At its {ordinal(i)} meeting, the Committee met.")


@grows()
def the_same_meeting(n: int) -> str:
    return "1. At its 1st meeting, on 24 April 2023, it met.\n\n" + paragraphs(n, "At the same meeting, it agreed.")


@grows()
def meetings_of_other_bodies(n: int) -> str:
    return paragraphs(n, lambda i: f"At the {ordinal(i)} meeting of the Board on Quays, on 1 May 2023, it met.")


@grows()
def meetings_with_chairs(n: int) -> str:
    return paragraphs(n, "At its 1st meeting, chaired by Ms. Ana Doe, Vice-Chair, on 3 June 2023, it met.")


@grows()
def ordinals(n: int) -> str:
    return "1. At its " + "".join(f"{ordinal(i)}, " for i in range(1000, 1000 + n)) + "and 3rd meetings, it met."


@grows()
def equal_ordinals(n: int) -> str:
    return "1. At its " + "1st, 2th, " * n + "and 3rd meetings, it met."


@grows()
def ordinals_in_words(n: int) -> str:
    return "1. At its " + "twenty-third and forty-second " * n + "sessions, it met."


@grows()
def wrong_ordinals(n: int) -> str:
    return paragraphs(n, "At its 1th meeting, the Committee held its 22th session.")


@grows()
def stated_numbers_of_meetings(n: int) -> str:
    return paragraphs(n, "The Committee held three meetings.")


@grows()
def sessions(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee held its {ordinal(i)} session in Lisbon from 24 to 26 April 2023.")


@grows()
def sessions_in_one_sentence(n: int) -> str:
    return "1. The Committee " + "held its third session in Lisbon from 24 to 26 April 2023 and " * n


@grows()
def a_session_without_date(n: int) -> str:
    return "1. The Committee held its third session " + "in the harbour of the lamps " * n


@grows()
def dates(n: int) -> str:
    return paragraphs(n, "It met on 31 June 2022 and on Monday, 29 June 2022.")


@grows()
def dates_in_one_sentence(n: int) -> str:
    return "1. It met on " + "27, 28 and 29 June, " * n + "2022."


@grows()
def ranges_of_dates(n: int) -> str:
    return "1. It met " + "from 27 to 29 June 2022, " * n


@grows()
def months(n: int) -> str:
    return "1. It met in " + "June and July and " * n


@grows()
def years(n: int) -> str:
    return "1. It met in " + "2022, 2023–2024 and " * n


@grows()
def agenda_items(n: int) -> str:
    return "1. The Committee adopted the following agenda:\n\n" + "".join(
        f"    {i}. The lamps of {letters(i)}.\n\n" for i in range(1, n + 1)
    )


@grows()
def agenda_items_considered(n: int) -> str:
    agenda = "".join(f"    {i}. The lamps of {letters(i)}.\n\n" for i in range(1, n + 1))
    considered = "".join(f"{i + 1}. The Committee considered item {i} of its agenda.\n\n" for i in range(1, n + 1))
    return f"1. The Committee adopted the following agenda:\n\n{agenda}{considered}"


@grows()
def agenda_items_quoted(n: int) -> str:
    agenda = "".join(f"    {i}. The lamps of {letters(i)}.\n\n" for i in range(1, n + 1))
    quoted = "".join(f"{i + 1}. Under item {i}, entitled “Lamps of {letters(i)}”, it met.\n\n" for i in range(1, n + 1))
    return f"1. The Committee adopted the following agenda:\n\n{agenda}{quoted}"


@grows()
def agenda_items_as_headings(n: int) -> str:
    agenda = "".join(f"    {i}. The lamps of {letters(i)}.\n\n" for i in range(1, n + 1))
    headings = "".join(f"## {roman(i)}. The lamp of {letters(i)}\n\n{i + 1}. {WORDS}\n\n" for i in range(1, n + 1))
    return f"1. The Committee adopted the following agenda:\n\n{agenda}{headings}"


@grows()
def equal_agenda_items(n: int) -> str:
    return "1. The Committee adopted the following agenda:\n\n" + "    3. The lamps of the harbour.\n\n" * n


@grows()
def sub_items(n: int) -> str:
    return "1. The Committee adopted the following agenda:\n\n" + "".join(
        f"    {i}. The lamps:\n\n        (a) The old;\n\n        (b) The new.\n\n" for i in range(1, n + 1)
    )


@grows()
def agendas(n: int) -> str:
    return paragraphs(n, "The Committee adopted the following agenda:\n\n    1. Lamps.\n\n    2. Quays.")


@grows()
def agendas_never_listed(n: int) -> str:
    return paragraphs(n, "The Committee adopted its agenda, as follows:")


@grows()
def items_in_one_sentence(n: int) -> str:
    return "1. The Committee considered items " + "2 (a) and (b), " * n + "of the agenda."


@grows()
def items_in_many_sentences(n: int) -> str:
    return "1. " + "The Committee considered item 2 of its agenda. " * n


@grows()
def items_not_on_the_agenda(n: int) -> str:
    return "1. The Committee adopted the following agenda:\n\n    1. Lamps.\n\n    2. Quays.\n\n" + paragraphs(
        n, lambda i: f"The Committee considered agenda item {i + 2}."
    )


@grows()
def items_of_other_bodies(n: int) -> str:
    return paragraphs(n, "The Council, at its ninth session, considered item 7 of its agenda.")


@grows()
def adoption_in_one_sentence(n: int) -> str:
    return "1. The Committee " + "adopted its report and " * n


@grows()
def adoption_without_report(n: int) -> str:
    return "1. The Committee " + "adopted the lamps and " * n


@grows()
def adoption_in_one_paragraph(n: int) -> str:
    return "1. " + "The Committee adopted the present report. " * n


@grows()
def adoption_in_many_paragraphs(n: int) -> str:
    return "## IX. Adoption of the report\n\n" + paragraphs(n, "The Committee adopted sections I and II of its report.")


@grows()
def adopted_sections(n: int) -> str:
    return "1. The Committee adopted sections " + "I, II.B, " * n + "and III of its report."


@grows()
def adoption_headings(n: int) -> str:
    return "".join(
        f"## {roman(i)}. Adoption of the report\n\n{i}. The report was adopted.\n\n" for i in range(1, n + 1)
    )


@grows()
def sections_not_adopted(n: int) -> str:
    return "".join(f"## {roman(i)}. The lamps\n\n{i}. {WORDS}\n\n" for i in range(1, n + 1)) + (
        f"{n + 1}. The Committee adopted section I of its report.\n"
    )


@grows()
def the_report_not_adopted(n: int) -> str:
    return paragraphs(n, "The report was not adopted, and had not been negotiated.")
