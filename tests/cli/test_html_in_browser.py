"""The HTML page in headless Chromium."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
from drafts import EXAMPLES
from html_tree import parse
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from .conftest import CLEAN, FAULTY, run

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DRAFT = "seed-heritage-not-adopted.en.md"
VISIBLE_TEXTS = """
const elements = [...document.querySelectorAll(arguments[0])];
return elements.filter((element) => element.getClientRects().length).map((element) => element.innerText);
"""
# The number of texts, and those with a contrast below 4.5:1 to their background, with translucent colours blended.
LOW_CONTRAST = """
const channels = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
const over = ([r, g, b, a = 1], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (node) => node
  ? over(channels(getComputedStyle(node).backgroundColor), ground(node.parentElement)) : [255, 255, 255];
const seen = [...document.body.querySelectorAll("*")].filter((node) => node.getClientRects().length
  && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
const faint = seen.filter((node) => {
  const below = ground(node), text = over(channels(getComputedStyle(node).color), below);
  const [low, high] = [light(below), light(text)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05) < 4.5;
});
return [seen.length, faint.map((node) => node.outerHTML.slice(0, 80))];
"""


class Chromium:
    """A browser with one page, and the operations that the tests need."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, page: Path) -> None:
        self.command("Emulation.setDeviceMetricsOverride", width=1400, height=900, deviceScaleFactor=1, mobile=False)
        self.driver.get(page.as_uri())

    def command(self, name: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(name, arguments)

    def script(self, code: str, *arguments: object) -> Any:
        return self.driver.execute_script(code, *arguments)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def only(self, selector: str) -> WebElement:
        """Return the only element that matches ``selector``."""
        (element,) = self.all(selector)
        return element

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the visible elements that match ``selector``."""
        return cast(list[str], self.script(VISIBLE_TEXTS, selector))

    def press(self, *keys: str) -> str:
        """Press keys and return the id or class of the element that has the focus afterwards."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)
        return cast(str, self.script("return document.activeElement.id || document.activeElement.className"))

    def box(self, selector: str) -> dict[str, float]:
        code = "return document.querySelector(arguments[0]).getBoundingClientRect()"
        return cast(dict[str, float], self.script(code, selector))

    def is_in_view(self, identity: str) -> bool:
        box = self.box(f"#{identity}")
        return box["top"] >= 0 and box["bottom"] <= self.script("return innerHeight") + 1

    def log(self, kind: str) -> list[dict[str, Any]]:
        """Return the log entries since the last call."""
        return cast(list[dict[str, Any]], self.driver.get_log(kind))  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    if not (BROWSER and DRIVER):
        if os.environ.get("REPORTLINT_REQUIRE_BROWSER"):
            pytest.fail("a browser is required, and chromium or chromedriver is missing")
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield Chromium(driver)
    driver.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A long draft, and a report in two parts that contradict one another."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(EXAMPLES / "faulty" / DRAFT, folder / "long.md")
    (folder / "reportlint.toml").write_text('[report]\nparts = ["part.1.md", "part.2.md"]\n', encoding="utf-8")
    head, number, tail = FAULTY.partition("5. Several")
    (folder / "part.1.md").write_text(head, encoding="utf-8")
    (folder / "part.2.md").write_text(number + tail, encoding="utf-8")
    path = folder / "page.html"
    path.write_text(run("check", "--output-format", "html", ".", cwd=folder).out, encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium: Chromium, page: Path) -> Chromium:
    chromium.open(page)
    return chromium


def test_page_loads_nothing_and_logs_nothing(chromium: Chromium, page: Path, tmp_path: Path) -> None:
    attack = "&lt;/script>&lt;img src=x onerror=alert(1)>"
    (tmp_path / "attack.md").write_text(FAULTY.replace("small", attack).replace("# Report", f"# Report {attack}"))
    attacked_page = tmp_path / "page.html"
    attacked_page.write_text(run("check", "--output-format", "html", "attack.md", cwd=tmp_path).out, encoding="utf-8")
    for path in (page, attacked_page):
        chromium.log("performance")
        chromium.open(path)
        assert chromium.texts(".note")
        assert not chromium.all("img, iframe, link")
        assert chromium.log("browser") == []
        requested = re.findall(r'"Network.requestWillBeSent".*?"url":"([^"]+)"', str(chromium.log("performance")))
        # The browser's own first page may still be loading.
        assert {url for url in requested if not url.startswith("chrome://")} <= {path.as_uri()}


def test_filters_hide_findings_and_update_counts(opened: Chromium) -> None:
    total = len(opened.texts(".note"))
    warnings = opened.texts(".note.warning")
    assert 0 < len(warnings) < total
    assert opened.only("[role=status]").text == f"{total} of {total} findings shown"
    opened.only("input[value=warning]").click()
    assert len(opened.texts(".note")) == total - len(warnings)
    assert opened.texts(".note.warning, a.number.warning, mark.warning") == []
    assert opened.only("[role=status]").text == f"{total - len(warnings)} of {total} findings shown"
    labels = [label.text.split() for label in opened.all("fieldset:last-of-type label")]
    counts = {label[0]: int(label[-1]) for label in labels}
    assert sum(counts.values()) == total - len(warnings)
    for choice in opened.all("input[name=family]"):
        choice.click()
    assert opened.texts(".note, .numbers, mark:not(.off)") == []
    assert opened.only("input[value=error] ~ .count").text == "0"
    opened.only("input[value=warning]").click()
    opened.only("input[value=NUM]").click()
    assert {note.get_attribute("data-family") for note in opened.all(".note:not([hidden])")} == {"NUM"}


def test_paragraphs_without_findings_can_be_hidden(opened: Chromium) -> None:
    """As for printing a long report: only paragraphs with findings or related places remain."""
    blocks, with_findings = ".text .lead > *, .text .rest > *", ":is(.lead, .rest) > :has(.numbers:not([hidden]))"
    pages, all_blocks = len(printed(opened).pages), len(opened.texts(blocks))
    opened.only("input[name=whole]").click()
    brief = opened.texts(blocks)
    assert len(brief) == len(opened.all(with_findings)) < all_blocks / 2
    assert len(opened.texts(".rest > *")) > 1
    opened.only("input[value=error]").click()
    assert 0 < len(opened.texts(blocks)) == len(opened.all(with_findings)) < len(brief)
    paper = printed(opened)
    assert len(paper.pages) < pages
    assert f"{len(opened.texts('.note'))} of " in "".join(page.extract_text() for page in paper.pages)
    opened.only("input[name=whole]").click()
    assert len(opened.texts(blocks)) == all_blocks


def test_notes_words_and_related_places_are_linked(opened: Chromium) -> None:
    """A note links to its words and related places, even in another file, and these link back."""
    links_to_other_files = 0
    notes = [element.get_attribute("id") for element in opened.all(".note:has(.related a)")]
    for note in (*notes[:6], notes[-1]):
        file = opened.only(f"article:has(#{note})").get_attribute("id")
        for link in opened.all(f"#{note} .head a, #{note} .related a"):
            link.click()
            target = opened.script("return location.hash.slice(1)")
            assert target.startswith("s")
            assert opened.is_in_view(target)
            links_to_other_files += opened.only(f"article:has(#{target})").get_attribute("id") != file
            opened.only(f"#{target} a[href='#{note}']").click()
            assert opened.script("return location.hash.slice(1)") == note
    assert links_to_other_files == 1
    opened.only("#f1 .head a").click()
    opened.only(f"mark[data-spot='{opened.script('return location.hash.slice(2)')}']").click()
    assert opened.script("return location.hash") == "#f1"


def test_keys(opened: Chromium) -> None:
    assert opened.press(Keys.TAB) == "skip"
    assert opened.box(".skip")["top"] >= 0
    assert opened.press(Keys.ENTER) == "text"
    assert opened.press("n") == "f1"
    assert opened.is_in_view("f1")
    assert opened.script("return getComputedStyle(document.activeElement).outlineWidth") != "0px"
    assert opened.texts("mark.current")
    assert [opened.press(key) for key in "njpk"] == ["f2", "f3", "f2", "f1"]
    last = len(opened.all(".note"))
    assert [opened.press(key) for key in "pn"] == [f"f{last}", "f1"]
    assert opened.press(Keys.TAB) == "number warning"
    opened.only("input[value=warning]").click()
    shown = [note.get_attribute("id") for note in opened.all(".note:not([hidden])")]
    assert opened.press("n") == shown[0]
    assert opened.press("n") == shown[1]
    opened.only("input[name=keys]").click()
    assert opened.press("n") == opened.press() != shown[2]
    opened.only("button[data-step='1']").click()
    assert opened.press() == shown[2]


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_notes_are_beside_their_paragraphs_and_the_page_fits_the_window(opened: Chromium, width: int) -> None:
    opened.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    assert opened.script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    places = opened.script("""return [...document.querySelectorAll(".lead + .notes")].map((notes) => {
      const [text, note] = [notes.previousSibling, notes].map((element) => element.getBoundingClientRect());
      return [text.top, text.bottom, text.right, note.top, note.left];
    })""")
    assert len(places) > 10
    for top, bottom, right, note_top, note_left in places:
        if width == 360:
            assert note_top >= bottom
        else:
            assert note_left > right
            assert abs(note_top - top) < 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(opened: Chromium, scheme: str) -> None:
    opened.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    text_count, low_contrast = opened.script(LOW_CONTRAST)
    assert text_count > 200
    assert low_contrast == []
    background = opened.script("return getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    opened.command("Emulation.setEmulatedMedia", features=[])


def test_print(opened: Chromium) -> None:
    pdf = printed(opened)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}
    text = squeezed("".join(page.extract_text() for page in pdf.pages))
    for words in opened.texts(".note > p:nth-child(2), .note .related, .lead p"):
        assert squeezed(words) in text
    assert squeezed(opened.only("button[data-step='1']").text) not in text


def printed(chromium: Chromium) -> pypdf.PdfReader:
    try:
        data = chromium.command("Page.printToPDF", preferCSSPageSize=True)["data"]
    except WebDriverException:  # the process that prints may be late on a busy machine
        data = chromium.command("Page.printToPDF", preferCSSPageSize=True)["data"]
    return pypdf.PdfReader(io.BytesIO(base64.b64decode(data)))


def squeezed(text: str) -> str:
    """Return ``text`` without white space and ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def test_page_without_script(chromium: Chromium, page: Path) -> None:
    chromium.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(page)
        notes = parse(page.read_text(encoding="utf-8")).classed("note")
        assert sum(note.is_displayed() for note in chromium.all(".note")) == len(notes)
        assert not any(control.is_displayed() for control in chromium.all("input, button"))
        assert all(count.is_displayed() for count in chromium.all("fieldset .count"))
    finally:
        chromium.command("Emulation.setScriptExecutionDisabled", value=False)


def test_draft_of_a_megabyte_with_thousands_of_findings(chromium: Chromium, tmp_path: Path) -> None:
    paragraph = (
        "{}. The Committee recalled resolution 5/2, adopted at its fourth session" + ", and the lights" * 25 + " .\n\n"
    )
    draft = CLEAN + "".join(map(paragraph.format, range(5, 2105)))
    assert len(draft) > 1_000_000
    path = tmp_path / "page.html"
    path.write_text(run("check", "--output-format", "html", "-", stdin=draft.encode()).out, encoding="utf-8")
    chromium.open(path)
    # The browser may say that it has loaded a page of several megabytes before it has read all of it.
    WebDriverWait(chromium.driver, 60).until(
        lambda _: chromium.script("return document.querySelectorAll('.note').length") >= 2002  # two rules, 1,001 each
    )
    chromium.only("input[value=warning]").click()
    assert chromium.only("[role=status]").text.split()[0] == "0"
