"""``--fix``, ``--unsafe-fixes`` and ``--diff``."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest
from drafts import EXAMPLES
from word_files import paragraph, word_file
from word_files import run as word_run

from .conftest import FAULTY, arguments, environment, run

LISTED = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2025/3
Distr.: General
12 March 2025
Original: English

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.

2. The following States were represented: Angola, {names} and Viet Nam.

3. The Committee adopted the present report.
"""
RIGHT = LISTED.format(names="Belgium, Chad, Fiji, Ghana, Türkiye")
DISPLACED = LISTED.format(names="Belgium, Fiji, Chad, Ghana, Türkiye")
SPACED = RIGHT.replace("secretariat.", "secretariat .")
UNSAFE = RIGHT.replace("met in", "met met in")


def said(*sentences: str) -> str:
    return RIGHT.replace("secretariat.", " ".join(("secretariat.", *sentences)))


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def fix(folder: Path, text: str, *options: str) -> str:
    """Return what ``--fix`` makes of a draft. Fixing it twice is fixing it once."""
    draft = write(folder / "draft.md", text)
    results = []
    for _ in range(2):
        result = run("check", "--fix", *options, "draft.md", cwd=folder)
        assert result.code in (0, 1), result.err
        results.append(draft.read_bytes())
    assert results[0] == results[1]
    return results[0].decode()


@pytest.mark.parametrize(
    ("faulty", "right"),
    [
        pytest.param(DISPLACED, RIGHT, id="displaced"),
        pytest.param(LISTED.format(names="Belgium, Chad, Fiji, Türkiye, Ghana"), RIGHT, id="displaced at the end"),
        pytest.param(LISTED.format(names="Belgium, Chad, Fiji, Ghana, Turkey"), RIGHT, id="name"),
        pytest.param(
            LISTED.format(names="Belgium, Cape Verde, Chad, Fiji, Ghana"),
            LISTED.format(names="Belgium, Cabo Verde, Chad, Fiji, Ghana"), id="name that stays in its place",
        ),
        pytest.param(
            LISTED.format(names="Belgium, Chad, Ghana, Ivory Coast, Türkiye"),
            LISTED.format(names="Belgium, Chad, Côte d'Ivoire, Ghana, Türkiye"), id="name and place",
        ),
        pytest.param(LISTED.format(names="Belgium, Chad, Fijji, Ghana, Türkiye"), RIGHT, id="misspelt"),
        pytest.param(
            LISTED.format(names="Belgium, Chad, Czech, Fiji, Ghana"),
            LISTED.format(names="Belgium, Chad, Czechia, Fiji, Ghana"), id="name without its end",
        ),
        pytest.param(SPACED, RIGHT, id="space before a stop"),
        pytest.param(RIGHT.replace("the work", "the the work"), RIGHT, id="repeated article"),
        pytest.param(
            RIGHT.replace("secretariat.", "secretariat (A/CONF.247/PC.2 /4)."),
            RIGHT.replace("secretariat.", "secretariat (A/CONF.247/PC.2/4)."), id="symbol with a space",
        ),
    ],
)  # fmt: skip
def test_safe_fixes(tmp_path: Path, faulty: str, right: str) -> None:
    assert fix(tmp_path, faulty) == right
    assert fix(tmp_path, right) == right


JOINED = """1. The Committee on Harbour Safety met in Lisbon.

2. The following States were represented: {}
"""
JOINED_IN_FRENCH = """1. Le Comité de la sûreté portuaire s'est réuni à Lisbonne.

2. Les États suivants étaient représentés : {}
"""


@pytest.mark.parametrize(
    ("text", "faulty", "right"),
    [
        (JOINED, "Belgium, Chad, Zambia and Fiji.", "Belgium, Chad, Fiji and Zambia."),
        (JOINED, "Zambia, Belgium, Chad and Fiji.", "Belgium, Chad, Fiji and Zambia."),
        (JOINED, "Belgium, Chad, Zambia, and Fiji (observer).", "Belgium, Chad, Fiji (observer), and Zambia."),
        (JOINED, "Belgium, Zambia,\nChad and Fiji.", "Belgium, Chad,\nFiji and Zambia."),
        (
            JOINED,
            "\n\n- Chad;\n- Belgium;\n- Fiji; and\n- Zambia.\n",
            "\n\n- Belgium;\n- Chad;\n- Fiji; and\n- Zambia.\n",
        ),
        (JOINED_IN_FRENCH, "Belgique, Tchad, Zambie et Fidji.", "Belgique, Fidji, Tchad et Zambie."),
        (JOINED_IN_FRENCH, "Zambie, Belgique, Fidji et Tchad.", "Belgique, Fidji, Tchad et Zambie."),
    ],
)
def test_a_list_keeps_its_joiners(tmp_path: Path, text: str, faulty: str, right: str) -> None:
    assert fix(tmp_path, text.format(faulty)) == text.format(right)


CARD = """
- code: HSE90{number}
  name: {name}
  check: substitution
  severity: warning
  confidence: high
  with: {{language: en, words: {words}}}
  message: {{en: "write “{{instead}}”", fr: "écrire « {{instead}} »"}}
  why: {{en: "The house writes it so.", fr: "La maison l'écrit ainsi."}}
"""


def house_rules(folder: Path, *words: dict[str, str]) -> None:
    (folder / "house").mkdir()
    cards = (CARD.format(number=at, name=f"words-{at}", words=json.dumps(each)) for at, each in enumerate(words))
    write(folder / "house" / "words.yaml", "".join(cards))


def test_at_most_ten_rounds(tmp_path: Path) -> None:
    house_rules(tmp_path, {f"lamp{at}x": f"lamp{at + 1}x" for at in range(12)})
    draft = write(tmp_path / "draft.md", said("It described the lamp0x."))
    result = run("check", "--rules", "house", "--fix", "draft.md", cwd=tmp_path)
    assert draft.read_text("utf-8") == said("It described the lamp10x.")
    assert "reportlint: draft.md: fixing stopped after 10 rounds; more fixes may be left\n" in result.err
    assert "10 findings were fixed: draft.md" in result.err
    result = run("check", "--rules", "house", "--fix", "draft.md", cwd=tmp_path)
    assert draft.read_text("utf-8") == said("It described the lamp12x.")
    assert "rounds" not in result.err


def test_edits_that_overlap_are_applied_in_different_rounds(tmp_path: Path) -> None:
    house_rules(tmp_path, {"old lamp": "old red lamp"}, {"lamp post": "lamp pole"})
    text = said("It described the old lamp post and a lamp post.")
    right = said("It described the old red lamp pole and a lamp pole.")
    assert fix(tmp_path, text, "--rules", "house") == right


def test_a_fix_that_is_refused_does_not_keep_out_those_that_overlap_it(tmp_path: Path) -> None:
    house_rules(tmp_path, {"old lamp": "old light"}, {"lamp post": "lamp pole"}, {"light post": "lamppost"})
    text = said("It described the old lamp post.")
    draft = write(tmp_path / "draft.md", text)
    result = run("check", "--rules", "house", "--fix", "draft.md", cwd=tmp_path)
    assert draft.read_text("utf-8") == said("It described the old light pole.")
    assert "was not fixed" not in result.err


@pytest.mark.parametrize(
    ("faulty", "right"),
    [
        pytest.param(UNSAFE, RIGHT, id="another repeated word"),
        pytest.param(
            RIGHT.replace("secretariat.", "secretariat. South Korea thanked it."),
            RIGHT.replace("secretariat.", "secretariat. The Republic of Korea thanked it."), id="article to insert",
        ),
        pytest.param(
            RIGHT.replace("secretariat.", "secretariat. It thanked the Swaziland."),
            RIGHT.replace("secretariat.", "secretariat. It thanked Eswatini."), id="article to delete",
        ),
    ],
)  # fmt: skip
def test_unsafe_fixes_need_the_option(tmp_path: Path, faulty: str, right: str) -> None:
    assert fix(tmp_path, faulty) == faulty
    assert fix(tmp_path, faulty, "--unsafe-fixes") == right


WITH_AGENDA = RIGHT.replace(
    "2. The following",
    "2. The Committee adopted the following agenda:\n\n"
    "1. Opening of the session.\n\n2. Lamps of small harbours* (item held in abeyance).\n\n3. Other matters.\n\n"
    "3. The following",
).replace("3. The Committee adopted", "4. {}\n\n5. The Committee adopted")
ABBREVIATED = said("The Regional Lighthouse Commission (RELICO) described a survey.", "The survey of {} was useful.")


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        pytest.param(
            WITH_AGENDA, "It took up item 2, entitled “Lights of harbours.”",
            "It took up item 2, entitled “Lamps of small harbours.”", id="title with its stop",
        ),
        pytest.param(
            WITH_AGENDA, "It took up item 2 (lights of small harbours).",
            "It took up item 2 (lamps of small harbours).", id="title in brackets",
        ),
        pytest.param(ABBREVIATED, "RELICA", "RELICO", id="abbreviation"),
        pytest.param(
            LISTED, "Belgium, Chad, Fiji, Ghana, United Kingdom", "Belgium, Chad, Fiji, Ghana, "
            "United Kingdom of Great Britain and Northern Ireland", id="short name",
        ),
        pytest.param(said("It was founded at its {} session."), "2nd", "second", id="session"),
        pytest.param(said("It was founded at its {} session."), "2<sup>nd</sup>", "second", id="session with markup"),
    ],
)  # fmt: skip
def test_unsafe_fixes(tmp_path: Path, text: str, wrong: str, right: str) -> None:
    key = "{names}" if "{names}" in text else "{}"
    faulty = text.replace(key, wrong)
    assert fix(tmp_path, faulty) == faulty
    assert fix(tmp_path, faulty, "--unsafe-fixes") == text.replace(key, right)


def test_a_misprinted_definition_is_set_to_the_form_that_is_used(tmp_path: Path) -> None:
    faulty = said("The Harbour Safety Advisory Panel (HSPA) described a survey.", "The HSAP was thanked.")
    assert fix(tmp_path, faulty) == faulty
    assert fix(tmp_path, faulty, "--unsafe-fixes") == faulty.replace("HSPA", "HSAP")


def test_a_title_with_markup_has_no_fix(tmp_path: Path) -> None:
    faulty = WITH_AGENDA.replace("{}", "It took up item 2, entitled “Lights *of* harbours”.")
    assert fix(tmp_path, faulty, "--unsafe-fixes") == faulty
    assert "AGD002" in run("check", "draft.md", cwd=tmp_path).out


def test_a_name_in_prose_is_safe_where_its_article_stays(tmp_path: Path) -> None:
    faulty = RIGHT.replace("secretariat.", "secretariat. The representative of Turkey thanked it.")
    assert fix(tmp_path, faulty) == faulty.replace("Turkey", "Türkiye")


PERSON = "Mr. Ruiz (Venezuela) thanked it."
PORT = "It described a survey of small harbours (Venezuela)."
IN_TEXT, LIST_FORM = "(Bolivarian Republic of Venezuela)", "(Venezuela (Bolivarian Republic of))"


@pytest.mark.parametrize(
    ("sentences", "right"),
    [
        pytest.param([PERSON], IN_TEXT, id="person"),
        pytest.param(["Ms. Amiri (Iran (Islamic Republic of)) spoke.", PERSON], LIST_FORM, id="form of other persons"),
        pytest.param(["Ms. Amiri (Islamic Republic of Iran) spoke.", PERSON], IN_TEXT, id="form for sentences"),
        pytest.param(
            ["Ms. Amiri (Islamic Republic of Iran) and Mr. Paz (Bolivia (Plurinational State of)) spoke.", PERSON],
            None, id="both forms",
        ),
        pytest.param([PORT], None, id="no person"),
        pytest.param(
            ["It described a survey of lamps (Iran (Islamic Republic of)).", PORT], LIST_FORM, id="other brackets"
        ),
        pytest.param(
            ["It met at the port of Maracaibo (Venezuela)."], None, id="address",
        ),
    ],
)  # fmt: skip
def test_a_name_in_brackets_takes_the_form_of_the_others(
    tmp_path: Path, sentences: list[str], right: str | None
) -> None:
    faulty = said(*sentences)
    assert fix(tmp_path, faulty) == (faulty.replace("(Venezuela)", right) if right else faulty)


FRENCH = """# Rapport du Comité de la sûreté portuaire sur sa deuxième session

HARB/COM/2025/3
Distr. générale
12 mars 2025
Original : français

1. Le Comité de la sûreté portuaire s'est réuni à Lisbonne pour examiner les travaux de son secrétariat.

2. {sentence}

3. Le Comité a adopté le présent rapport.
"""


@pytest.mark.parametrize(
    ("wrong", "right", "safe"),
    [
        ("Le représentant de la Turquie a remercié le Comité.", "de la Türkiye", True),
        ("Le représentant de la Biélorussie a remercié le Comité.", "du Bélarus", False),
        ("Le représentant de la Birmanie a remercié le Comité.", "du Myanmar", False),
        ("Le représentant du Cap-Vert a remercié le Comité.", "de Cabo Verde", False),
        ("Le Comité s'est tenu à sa 2ème séance.", "2e séance", True),
    ],
)
def test_articles_and_ordinals_in_french(tmp_path: Path, wrong: str, right: str, safe: bool) -> None:
    faulty = FRENCH.format(sentence=wrong)
    fixed = fix(tmp_path, faulty, "--stage", "publication")
    assert (fixed != faulty) is safe
    assert right in fix(tmp_path, faulty, "--unsafe-fixes", "--stage", "publication")


def test_a_moved_name_takes_its_article_along(tmp_path: Path) -> None:
    names = "de l'Angola, de la Belgique, du Cambodge, du Canada, {}, de Fidji, de la France, du Gabon, du Ghana"
    sentence = f"Des déclarations ont été faites par les représentants {names} et du Viet Nam."
    right = FRENCH.format(sentence=sentence.format("du Chili, de la Croatie"))
    assert fix(tmp_path, FRENCH.format(sentence=sentence.format("de la Croatie, du Chili"))) == right


LABELS = RIGHT.replace("secretariat.", "secretariat, namely:\n\n(a) Lights;\n\n{}  Buoys;\n\n(c) Bells.")


def test_labels_and_columns(tmp_path: Path) -> None:
    assert fix(tmp_path, LABELS.format("b) ")) == LABELS.format("(b)")


def test_infos_are_fixed_and_the_exit_code_is_that_of_what_remains(tmp_path: Path) -> None:
    assert run("check", "--fix", write(tmp_path / "a.md", DISPLACED).name, cwd=tmp_path).code == 0
    result = run("check", "--fix", write(tmp_path / "b.md", FAULTY + "\nMore .\n").name, cwd=tmp_path)
    assert result.code == 1
    assert "NUM001" in result.out
    assert "TYP001" not in result.out
    faulty = RIGHT.replace("secretariat.", "secretariat. In 2005, Turkey thanked it. The 2th meeting ended.")
    draft = write(tmp_path / "c.md", faulty)
    run("check", "--fix", "c.md", "--stage", "review", cwd=tmp_path)  # MTG007 is an info at this stage
    assert "2nd meeting" in draft.read_text("utf-8")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_byte_outside_the_edits_stays(tmp_path: Path, encoding: str, ending: str, form: str) -> None:
    def encoded(text: str) -> bytes:
        typed = text.replace("Lisbon", "Évora\u00a0(\u200bPortugal)").replace("\n", ending)
        return unicodedata.normalize(form, typed).encode(encoding)  # type: ignore[arg-type]

    draft = tmp_path / "draft.md"
    draft.write_bytes(encoded(SPACED.replace("Türkiye", "Turkey")))
    run("check", "--fix", "draft.md", cwd=tmp_path)
    assert draft.read_bytes() == encoded(RIGHT)


def test_names_take_the_apostrophe_of_the_draft(tmp_path: Path) -> None:
    faulty = LISTED.format(names="Belgium, Chad, Ivory Coast, Ghana, Türkiye").replace("its sec", "the Chair’s sec")
    assert "Chad, Côte d’Ivoire, Ghana" in fix(tmp_path, faulty)


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of Unix")
def test_mode_and_link_stay_and_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    draft = write(tmp_path / "real" / "draft.md", SPACED)
    draft.chmod(0o640)
    (tmp_path / "link.md").symlink_to(draft)
    run("check", "--fix", "link.md", cwd=tmp_path)
    assert draft.read_text("utf-8") == RIGHT
    assert (tmp_path / "link.md").is_symlink()
    assert draft.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["draft.md"]


def test_a_clean_file_is_not_touched(tmp_path: Path) -> None:
    draft = write(tmp_path / "draft.md", RIGHT)
    os.utime(draft, ns=(1_000_000_000, 1_000_000_000))
    assert run("check", "--fix", "draft.md", cwd=tmp_path).code == 0
    assert draft.stat().st_mtime_ns == 1_000_000_000


def test_a_file_that_changed_since_it_was_read_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlint.cli import draft_fixes  # noqa: PLC0415

    draft, other = write(tmp_path / "draft.md", SPACED), write(tmp_path / "other.md", SPACED)
    fix_run = draft_fixes.fix_run

    def interrupted(*given: object, **options: object) -> object:
        write(draft, SPACED + "\nMore.\n")
        return fix_run(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(draft_fixes, "fix_run", interrupted)
    result = run("check", "--fix", "draft.md", "other.md", cwd=tmp_path)
    assert result.code == 2
    assert "draft.md was not fixed: it has changed since it was read" in result.err
    assert draft.read_text("utf-8") == SPACED + "\nMore.\n"
    assert other.read_text("utf-8") == RIGHT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_is_printed(tmp_path: Path, encoding: str) -> None:
    completed = subprocess.run(
        arguments("check", "--fix", "-"), input=SPACED.encode(encoding), capture_output=True, env=environment(),
        cwd=tmp_path, check=False,
    )  # fmt: skip
    assert completed.stdout == RIGHT.encode(encoding)
    assert completed.returncode == 0
    assert b"nothing to report" in completed.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_word_file_is_refused_and_the_others_are_fixed(tmp_path: Path) -> None:
    data = word_file("".join(paragraph(word_run(line)) for line in SPACED.splitlines()))
    (tmp_path / "report.docx").write_bytes(data)
    draft = write(tmp_path / "draft.md", SPACED)
    result = run("check", "--fix", ".", cwd=tmp_path)
    assert "reportlint: 1 Word file cannot be fixed: report.docx\n" in result.err
    assert (tmp_path / "report.docx").read_bytes() == data
    assert draft.read_text("utf-8") == RIGHT


def test_a_fix_that_would_create_a_finding_is_not_applied_and_says_so(tmp_path: Path) -> None:
    text = (EXAMPLES / "clean" / "seed-heritage.en.md").read_text(encoding="utf-8")
    faulty = text.replace("(SEED/COM/2024/2)", "(SEED/COM/2024/L2)")
    draft = write(tmp_path / "draft.md", faulty)
    result = run("check", "--fix", "draft.md", cwd=tmp_path)
    assert result.code == 1
    assert "SYM001 was not fixed: the fix would create " in result.err
    assert draft.read_text("utf-8") == faulty


def test_a_state_is_not_listed_twice(tmp_path: Path) -> None:
    faulty = LISTED.format(names="Belgium, Chad, Fiji, Ghana, Turkey, Türkiye")
    assert fix(tmp_path, faulty) == faulty


def test_addresses_are_left_alone(tmp_path: Path) -> None:
    faulty = RIGHT.replace("secretariat.", "secretariat. Its office is in Ankara, Turkey.")
    assert fix(tmp_path, faulty) == faulty


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("It noted the **the** report.", id="repeated word"),
        pytest.param("It noted A/77/10/**Add 1**.", id="symbol in bold in part"),
        pytest.param("It noted A/77/10/[Add 1](add.md).", id="symbol with a link in part"),
        pytest.param("It noted A/77/10/<u>Add 1</u>.", id="symbol with a tag in it"),
        pytest.param("It ran `ls .` and `ls , cd`.", id="space in code"),
        pytest.param("It used 3 . 5 tons.", id="space in a number"),
        pytest.param("“The the lamps , of Turkey, A/77/10/Add 1.", id="quotation that is not closed"),
        pytest.param("The the lamps , of Turkey, A/77/10/Add 1.” That was all.", id="quotation that is not opened"),
        pytest.param("It noted `A/77/10/Add 1`.", id="symbol in code"),
    ],
)
def test_markup_code_numbers_and_quotations_stay(tmp_path: Path, sentence: str) -> None:
    assert fix(tmp_path, said(sentence)) == said(sentence)


def test_words_in_markup_are_fixed(tmp_path: Path) -> None:
    faulty = said(
        "It  noted *A/77/10/Add 1* , [A/77/10/Add 2](https://undocs.org/A/77/10/Add 2) and  the  the **lamps** ."
    )
    right = said("It  noted *A/77/10/Add.1*, [A/77/10/Add.2](https://undocs.org/A/77/10/Add 2) and  the **lamps**.")
    assert fix(tmp_path, faulty) == right


@pytest.mark.parametrize(
    "words", ["accounted for for two years", "dealt with with care", "passed by by night", "looked at at length"]
)
def test_a_preposition_of_a_verb_is_not_taken_for_a_repetition(tmp_path: Path, words: str) -> None:
    faulty = said(f"The lamps were {words}.")
    assert fix(tmp_path, faulty) == faulty


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param("Fiji, *Chad*", "*Chad*, Fiji", id="emphasis"),
        pytest.param("**Fiji**, **Chad**", "**Chad**, **Fiji**", id="emphasis of all"),
        pytest.param("[Fiji](fiji.md), [Chad](chad.md)", "[Chad](chad.md), [Fiji](fiji.md)", id="links"),
        pytest.param("[Fiji](f.md) (Chair), Chad (*Member*)", "Chad (*Member*), [Fiji](f.md) (Chair)", id="remarks"),
        pytest.param("**Ivory Coast**, Chad", "Chad, **Côte d'Ivoire**", id="new name"),
        pytest.param("Fiji, **Chad,**", None, id="markup of a separator"),
        pytest.param("<b>Fiji</b>, Chad", None, id="tags"),
        pytest.param("Fiji<!-- new -->, Chad", None, id="comment"),
        pytest.param("Fiji[^1], Chad", None, id="note"),
        pytest.param("Fiji (Chair),[^1] Chad", None, id="note after a comma"),
    ],
)  # fmt: skip
def test_a_moved_name_takes_its_markup_along(tmp_path: Path, wrong: str, right: str | None) -> None:
    note = "\n\n[^1]: Observer." if "[^1]" in wrong else ""
    faulty, fixed = (
        LISTED.format(names=f"Belgium, {names}, Ghana, Türkiye").replace("Viet Nam.", f"Viet Nam.{note}")
        for names in (wrong, right or wrong)
    )
    assert fix(tmp_path, faulty) == fixed


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("It noted the reports of Laos and Syria.", id="two names without their article"),
        pytest.param("It noted the reports of Chad, Laos and Zambia.", id="list in a sentence"),
        pytest.param("The Netherlands were represented.", id="verb in the plural"),
        pytest.param("It cited the case *Smith v. Turkey*.", id="title in emphasis"),
        pytest.param("It cited [Lighthouses of Turkey](lights.md).", id="title in a link"),
        pytest.param("It cited a report of the Republic of Vietnam.", id="another formal name"),
        pytest.param("It cited the Agreement between the Government of Fiji and Turkey.", id="title of a treaty"),
        pytest.param("It noted Lamps of Turkey (HARB/COM/2025/2).", id="title before a symbol"),
        pytest.param("It noted:\n\nHARB/COM/2025/2: Note by Turkey", id="title after a symbol"),
    ],
)
def test_a_name_in_prose_is_unsafe_where_other_words_depend_on_it(tmp_path: Path, sentence: str) -> None:
    assert fix(tmp_path, said(sentence)) == said(sentence)
    assert fix(tmp_path, said(sentence), "--unsafe-fixes") != said(sentence)


IN_CAPITALS = """HARB/COM/2025/3
Distr.: General
12 March 2025
Original: English

Committee on Harbour Safety
Second session

Report of the Committee on Harbour Safety on its second session

1 OPENING OF THE SESSION
1.1 The Committee met in Lisbon to review the work of its secretariat.
1.2 The session was attended by delegations from the following Members:
ANGOLA
CHAD
FIJI
GHANA
{}
1.3 The Committee adopted its agenda.
2 ADOPTION OF THE REPORT
2.1 The Committee adopted the present report.
"""


def test_a_name_in_capitals_stays_in_capitals(tmp_path: Path) -> None:
    faulty = IN_CAPITALS.format("MOLDAVIA\nPERU")
    draft = write(tmp_path / "draft.txt", faulty)
    run("check", "--fix", "draft.txt", cwd=tmp_path)
    assert draft.read_text(encoding="utf-8") == faulty
    run("check", "--fix", "--unsafe-fixes", "draft.txt", cwd=tmp_path)
    assert draft.read_text(encoding="utf-8") == IN_CAPITALS.format("PERU\nREPUBLIC OF MOLDOVA")


@pytest.mark.parametrize(
    "names",
    [
        pytest.param("Belgium, Iran, Islamic Republic of, Ghana, Türkiye", id="cut name"),
        pytest.param("Belgium, Chad, Czech, Republic, Ghana, Türkiye", id="cut name that is misspelt"),
        pytest.param("Belgium, Fiji, Chad, Republic of, Ghana, Türkiye", id="order"),
        pytest.param("Belgium, Chad, Fiji, Ghana, Turkey/Türkiye", id="two names"),
    ],
)
def test_a_name_that_may_go_on_is_unsafe(tmp_path: Path, names: str) -> None:
    assert fix(tmp_path, LISTED.format(names=names)) == LISTED.format(names=names)


def test_an_article_that_begins_its_sentence_stays_there(tmp_path: Path) -> None:
    faulty = said("Zambia, Benin, the Gambia, Mali and the Sudan thanked it.").replace("2. The following", "2. These")
    assert fix(tmp_path, faulty) == faulty


def test_a_name_whose_brackets_were_torn_off_is_not_completed(tmp_path: Path) -> None:
    faulty = LISTED.format(names="Belgium, Chad, Fiji, Ghana, Iran  (Islamic  Republic  of)")
    assert fix(tmp_path, faulty) == faulty


def test_waived_and_known_findings_are_not_fixed(tmp_path: Path) -> None:
    waived = SPACED.replace("1. The", '<!-- reportlint: ignore TYP001 reason="as printed" -->\n1. The')
    assert fix(tmp_path, waived) == waived
    write(tmp_path / "draft.md", SPACED)
    run("check", "--write-baseline", "known.json", "draft.md", cwd=tmp_path)
    assert fix(tmp_path, SPACED, "--baseline", "known.json") == SPACED


def test_a_waiver_that_is_not_needed_is_removed_by_unsafe_fixes_only(tmp_path: Path) -> None:
    waived = RIGHT.replace("1. The", "<!-- reportlint: ignore TYP001 -->\n1. The")
    assert fix(tmp_path, waived) == waived
    assert fix(tmp_path, waived, "--unsafe-fixes") == RIGHT


def test_the_waiver_file_is_not_changed(tmp_path: Path) -> None:
    write(tmp_path / "draft.md", SPACED)
    run("check", "--add-waivers", "as printed", "draft.md", cwd=tmp_path)
    waivers = (tmp_path / "reportlint-waivers.yaml").read_bytes()
    assert fix(tmp_path, RIGHT, "--unsafe-fixes") == RIGHT
    assert (tmp_path / "reportlint-waivers.yaml").read_bytes() == waivers


def test_the_parts_of_a_report_are_fixed_together(tmp_path: Path) -> None:
    write(tmp_path / "reportlint.toml", '[report]\nparts = ["one.md", "two.md"]\n')
    head, _, rest = RIGHT.partition("3. The")
    one, two = write(tmp_path / "one.md", head.replace("secretariat.", "secretariat .")), tmp_path / "two.md"
    write(two, f"3. The{rest}".replace("report.", "report ."))
    assert run("check", "--fix", "one.md", cwd=tmp_path).code == 0
    assert one.read_text("utf-8") == head
    assert two.read_text("utf-8") == f"3. The{rest}"


# -- diffs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["draft.md", "a folder/draft two.md", "dossier/é.md"])
@pytest.mark.parametrize("tool", [("patch", "-p1", "--binary"), ("git", "apply")])
def test_a_diff_is_accepted(tmp_path: Path, tool: tuple[str, ...], name: str, ending: str) -> None:
    draft = tmp_path / name
    draft.parent.mkdir(exist_ok=True)
    faulty = SPACED.replace("\n", ending).removesuffix(ending)
    write(draft, faulty)
    result = run("check", "--diff", name, cwd=tmp_path)
    assert (result.code, result.err) == (1, "")
    assert draft.read_bytes() == faulty.encode()
    completed = subprocess.run(tool, input=result.out.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert completed.returncode == 0, completed.stderr + completed.stdout
    assert draft.read_bytes() == faulty.replace(" .", ".").encode()
    assert run("check", "--diff", name, cwd=tmp_path).code == 0


def test_a_diff_of_a_draft_in_the_current_folder_is_accepted_by_patch_alone(tmp_path: Path) -> None:
    draft = write(tmp_path / "draft.md", SPACED)
    diff = run("check", "--diff", "draft.md", cwd=tmp_path).out
    completed = subprocess.run(["patch"], input=diff.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert completed.returncode == 0, completed.stderr + completed.stdout
    assert draft.read_text("utf-8") == RIGHT


@pytest.mark.parametrize("tool", [("patch", "-p1"), ("git", "apply")])
def test_a_diff_of_several_drafts_is_accepted(tmp_path: Path, tool: tuple[str, ...]) -> None:
    drafts = [write(tmp_path / name, text) for name, text in (("a.md", SPACED), ("b.md", DISPLACED), ("c.md", RIGHT))]
    result = run("check", "--diff", ".", cwd=tmp_path)
    assert result.out.count("--- a/") == 2
    completed = subprocess.run(tool, input=result.out.encode(), cwd=tmp_path, capture_output=True, check=False)
    assert completed.returncode == 0, completed.stderr + completed.stdout
    assert [draft.read_text("utf-8") for draft in drafts] == [RIGHT] * 3


@pytest.mark.skipif(os.name == "nt", reason="links need permissions on Windows")
@pytest.mark.parametrize("tool", [None, ("patch", "-p1"), ("git", "apply")])
def test_a_file_under_two_names_is_fixed_once(tmp_path: Path, tool: tuple[str, ...] | None) -> None:
    draft = write(tmp_path / "draft.md", SPACED)
    (tmp_path / "also.md").symlink_to("draft.md")
    if tool is None:
        result = run("check", "--fix", ".", cwd=tmp_path)
        assert (result.code, "nothing to report in 2 reports" in result.out) == (0, True)
    else:
        diff = run("check", "--diff", ".", cwd=tmp_path).out
        completed = subprocess.run(tool, input=diff.encode(), cwd=tmp_path, capture_output=True, check=False)
        assert completed.returncode == 0, completed.stderr + completed.stdout
    assert draft.read_text("utf-8") == RIGHT
    assert (tmp_path / "also.md").is_symlink()


def test_a_diff_of_a_file_in_another_encoding_is_refused_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "wide.md").write_bytes(SPACED.encode("utf-16"))
    write(tmp_path / "draft.md", SPACED)
    result = run("check", "--diff", ".", cwd=tmp_path)
    assert result.code == 2
    assert result.err == "reportlint: wide.md: no diff was printed, because the file is not in UTF-8\n"
    assert result.out.startswith("--- a/draft.md\n")
    assert "wide.md" not in result.out


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_word_file_is_refused_with_one_line(tmp_path: Path, option: str) -> None:
    data = word_file("".join(paragraph(word_run(line)) for line in SPACED.splitlines()))
    report = tmp_path / "report.docx"
    report.write_bytes(data)
    result = run("check", option, "report.docx", cwd=tmp_path)
    assert [line for line in result.err.splitlines() if "fixed" in line] == [
        "reportlint: 1 Word file cannot be fixed: report.docx"
    ]
    assert report.read_bytes() == data
    assert [*tmp_path.iterdir()] == [report]


def test_a_diff_of_what_has_no_fix_is_empty(tmp_path: Path) -> None:
    write(tmp_path / "draft.md", UNSAFE)
    result = run("check", "--diff", "draft.md", cwd=tmp_path)
    assert (result.code, result.out) == (0, "")
    assert run("check", "--diff", "--unsafe-fixes", "draft.md", cwd=tmp_path).out.count("\n") > 3


def test_a_diff_of_standard_input(tmp_path: Path) -> None:
    result = run("check", "--diff", "-", "--stdin-filename", "draft.md", stdin=SPACED.encode(), cwd=tmp_path)
    assert result.out.startswith("--- a/draft.md\n+++ b/draft.md\n@@ ")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes: use it with --fix or --diff"),
        (["--diff", "--output-file", "json=a.json"], "--diff writes no file; leave out --output-file"),
        (["--diff", "--write-baseline", "a.json"], "--diff writes no file; leave out --write-baseline"),
    ],
)
def test_options_that_contradict_each_other(tmp_path: Path, options: list[str], line: str) -> None:
    write(tmp_path / "draft.md", RIGHT)
    result = run("check", *options, "draft.md", cwd=tmp_path)
    assert (result.code, result.err) == (2, f"reportlint: {line}\n")


def test_html_shows_each_edit(tmp_path: Path) -> None:
    write(tmp_path / "draft.md", DISPLACED)
    page = run("check", "--output-format", "html", "draft.md", cwd=tmp_path).out
    assert "Safe fix" in page
    assert "<del>Fiji</del> <ins>Chad</ins>" in page
    assert "<del>Chad</del> <ins>Fiji</ins>" in page
    write(tmp_path / "draft.md", ABBREVIATED.format("RELICA"))
    page = run("check", "--output-format", "html", "draft.md", cwd=tmp_path).out
    assert "Safe fix" not in page
    assert "<del>RELICA</del> <ins>RELICO</ins>" in page


def test_sarif_carries_the_edits(tmp_path: Path) -> None:
    write(tmp_path / "draft.md", DISPLACED)
    (run_,) = run("check", "--output-format", "sarif", "draft.md", cwd=tmp_path).json["runs"]
    (change,) = run_["results"][0]["fixes"][0]["artifactChanges"]
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == ["Chad", "Fiji"]


def test_sarif_tells_the_grade_of_a_fix(tmp_path: Path) -> None:
    write(tmp_path / "draft.md", ABBREVIATED.format("RELICA").replace("secretariat.", "secretariat ."))
    (run_,) = run("check", "--output-format", "sarif", "draft.md", cwd=tmp_path).json["runs"]
    fixes = {result["ruleId"]: result["fixes"][0] for result in run_["results"]}
    assert fixes["ABB003"]["properties"] == {"applicability": "unsafe"}
    assert fixes["TYP001"]["properties"] == {"applicability": "safe"}
