"""Names: States, lists of States, speakers, persons, organizations and abbreviations."""

from __future__ import annotations

from growth.generators import MARKDOWN, WORDS, grows, letters, paragraphs


def _surname(number: int) -> str:
    """Return a surname that differs by more than a letter from those of other numbers."""
    return "".join(letter * 2 for letter in letters(number)).capitalize()


@grows()
def states_in_one_list(n: int) -> str:
    return "1. The following States were represented: " + "Chad, Mali, the Gambia, Peruu, " * n + "Oman."


@grows()
def states_in_one_sentence(n: int) -> str:
    return "1. The Committee met in " + "Chad and in Moldova and in Iran and in Peru and " * n + "in Oman."


@grows()
def states_in_many_paragraphs(n: int) -> str:
    return paragraphs(n, "The Committee visited Chad, Moldova and Peru.")


@grows()
def states_by_wrong_names(n: int) -> str:
    return paragraphs(n, "The Committee visited Moldovia, Ivory Coast, Swaziland and Peruu.")


@grows()
def lists_of_states(n: int) -> str:
    return paragraphs(n, "The following States were represented: Mali, Chad, Peru, Oman and Chad.")


@grows()
def lists_of_states_below(n: int) -> str:
    return paragraphs(n, "The following States were represented:\n\nMali, Chad, Peru, Oman and Chad.")


@grows()
def states_in_lines(n: int) -> str:
    return "1. The following States were represented:\n\n" + "- Chad\n- Mali\n- Peru\n" * n


@grows(MARKDOWN)
def states_in_a_table(n: int) -> str:
    return "| State | Lamps |\n|---|---|\n" + "| Chad | 12 |\n| Moldova | 14 |\n| Peruu | 3 |\n" * n


@grows()
def stated_numbers_of_states(n: int) -> str:
    return "1. " + "85 States and " * n + "Chad."


@grows()
def stated_numbers_in_sentences(n: int) -> str:
    return "1. " + "The session was attended by 85 States. " * n


@grows()
def stated_numbers_and_lists(n: int) -> str:
    return paragraphs(n, "The following 12 States were represented: Chad, Mali and Peru.")


@grows()
def stated_numbers_before_a_list(n: int) -> str:
    return "1. The following " + "85 States, 12 parties, " * n + "were represented: Chad, Mali and Peru."


@grows()
def states_and_organizations(n: int) -> str:
    return paragraphs(
        n, "The following 3 organizations were represented: the African Union, the Nordic Lamp Fund and the World Bank."
    )


@grows()
def organizations_in_one_list(n: int) -> str:
    return "1. The following organizations were represented: " + "".join(
        f"Nordic Lamp Fund {letters(i)}; " for i in range(n)
    )


@grows()
def statements(n: int) -> str:
    return paragraphs(n, "Statements were made by the representatives of Peru, Chad, Moldovia and Chad.")


@grows()
def statements_in_one_paragraph(n: int) -> str:
    return "1. " + "Statements were made by the representatives of Peru, Chad and Oman. " * n


@grows()
def one_statement(n: int) -> str:
    return "1. Statements were made by the representatives of " + "Peru, Chad, Moldovia, " * n + "and Oman."


@grows()
def statements_on_behalf(n: int) -> str:
    return paragraphs(n, "The representatives of Chad (on behalf of the African States) and Peru made statements.")


@grows()
def on_behalf_in_one_sentence(n: int) -> str:
    return "1. Statements were made by " + "Chad (on behalf of the African States), " * n + "and Peru."


@grows()
def speakers_in_one_sentence(n: int) -> str:
    return "1. " + "The representative of Chad said that the lamps were dim, and " * n + "met."


@grows()
def speakers(n: int) -> str:
    return paragraphs(n, "The representative of Chad said that the lamps of Moldovia were dim.")


@grows()
def speakers_with_states_in_brackets(n: int) -> str:
    return paragraphs(n, "Mr. Anders Holm (Norway) said that the lamps were dim. Ms. Doe (Peruu) agreed.")


@grows()
def attendance(n: int) -> str:
    return "## II. Attendance\n\n" + paragraphs(n, "The session was attended by Chad, Mali, Peru and the Gambia.")


@grows()
def observers(n: int) -> str:
    return "## II. Attendance\n\n" + paragraphs(
        n, "The observers for the Holy See and the State of Palestine attended."
    )


@grows()
def persons(n: int) -> str:
    return paragraphs(n, "The Committee elected Mr. Anders Holm (Norway) and Ms. Ana de la Cruz (Peru).")


@grows()
def persons_in_one_sentence(n: int) -> str:
    return "1. The Committee elected " + "Mr. Anders Holm (Norway), " * n + "and Ms. Doe."


@grows()
def different_persons(n: int) -> str:
    return paragraphs(n, lambda i: f"The Committee elected Mr. Anders {_surname(i)} (Norway).")


@grows()
def persons_nearly_alike(n: int) -> str:
    return paragraphs(n, lambda i: f"Mr. Anders {_surname(i)} met the report. Mr. Anders {_surname(i)}e agreed.")


@grows()
def one_long_name(n: int) -> str:
    return "1. The Committee elected Mr. " + "Anders de la Holm " * n


@grows()
def abbreviations(n: int) -> str:
    return paragraphs(n, lambda i: f"The Global Harbour Fund (GHF{letters(i)}) met. The GHF{letters(i)} agreed.")


@grows()
def abbreviations_in_one_sentence(n: int) -> str:
    return "1. " + "".join(f"the Global Harbour Fund (GHF{letters(i)}) " for i in range(n))


@grows()
def abbreviations_never_explained(n: int) -> str:
    return paragraphs(n, lambda i: f"The {letters(i)} met the {letters(i)}.")


@grows()
def abbreviations_never_explained_in_one_sentence(n: int) -> str:
    return "1. The Committee met " + "".join(f"the {letters(i)}, " for i in range(n))


@grows()
def one_abbreviation(n: int) -> str:
    return "1. The Committee met " + "the GHF and " * n


@grows()
def one_abbreviation_explained_again(n: int) -> str:
    return paragraphs(n, "The Global Harbour Fund (GHF) met the GHF.")


@grows()
def abbreviations_explained_late(n: int) -> str:
    return paragraphs(n, lambda i: f"The {letters(i)} met.") + paragraphs(
        n, lambda i: f"The Global Harbour Fund ({letters(i)}) met."
    )


@grows()
def abbreviations_of_many_words(n: int) -> str:
    return "1. The " + "Global Harbour " * n + "Fund (GHF) met. " + "The GHF met. " * n


@grows()
def a_list_of_abbreviations(n: int) -> str:
    return "## Abbreviations\n\n" + "".join(f"{letters(i)} Global Harbour Fund of {letters(i)}\n\n" for i in range(n))


@grows()
def words_in_brackets(n: int) -> str:
    return "1. The Committee met " + "the Fund (of the harbour) and " * n


@grows()
def bodies(n: int) -> str:
    return paragraphs(n, "The Commission on Quays, the Council of Ports and the Board on Ropes met.")


@grows()
def bodies_in_one_sentence(n: int) -> str:
    return "1. The " + "Committee on the Commission of the Council of the " * n + "Board met."


@grows()
def adjectives_of_states(n: int) -> str:
    return "1. The " + "Chadian and Peruvian and Moldovan " * n + f"lamps. {WORDS}"
