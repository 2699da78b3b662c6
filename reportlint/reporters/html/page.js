"use strict";
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  // From highest to lowest: words are marked by the highest severity of their visible findings.
  const KINDS = ["error", "warning", "info", "other"];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const notes = all(".note");
  const status = form.querySelector("[role=status]");
  const noteOf = new Map(notes.map((note) => [note.id, note]));
  const marks = new Map();
  let current = null;

  function marksOf(spot) {
    return marks.get(spot) || [];
  }

  function chosen(name) {
    return new Set(all(`input[name=${name}]:checked`, form).map((input) => input.value));
  }

  function filter() {
    const severities = chosen("severity");
    const families = chosen("family");
    const counts = new Map();
    let shown = 0;
    for (const note of notes) {
      const { severity, family } = note.dataset;
      note.hidden = !(severities.has(severity) && families.has(family));
      shown += !note.hidden;
      for (const [name, value, counted] of [
        ["severity", severity, families.has(family)],
        ["family", family, severities.has(severity)],
      ]) {
        const key = name + value;
        counts.set(key, (counts.get(key) || 0) + counted);
      }
    }
    for (const input of all("[name=severity], [name=family]", form)) {
      input.parentElement.querySelector(".count").textContent = counts.get(input.name + input.value);
    }
    for (const numbers of all(".numbers")) {
      const links = all("a", numbers);
      for (const link of links) link.hidden = noteOf.get(link.hash.slice(1)).hidden;
      const shownLinks = links.filter((link) => !link.hidden);
      const highest = KINDS.find((kind) => shownLinks.some((link) => link.classList.contains(kind)));
      numbers.hidden = !highest;
      for (const mark of marksOf(numbers.id.slice(1))) {
        mark.classList.remove(...KINDS, "off");
        mark.classList.add(highest || "off");
      }
    }
    status.textContent = status.dataset.shown.replace("{shown}", shown).replace("{total}", notes.length);
    status.classList.toggle("partial", shown < notes.length);
  }

  function select(note) {
    for (const mark of all("mark.current")) mark.classList.remove("current");
    current = note;
    for (const mark of marksOf(note.dataset.spot)) mark.classList.add("current");
  }

  function step(by) {
    const from = current ? notes.indexOf(current) : by > 0 ? -1 : 0;
    for (let i = 1; i <= notes.length; i++) {
      const note = notes.at((from + i * by) % notes.length);
      if (note.hidden) continue;
      note.focus({ preventScroll: true });
      note.scrollIntoView();
      return;
    }
  }

  for (const mark of all("mark[data-spot]")) {
    const spot = mark.dataset.spot;
    if (!marks.has(spot)) marks.set(spot, []);
    marks.get(spot).push(mark);
  }
  for (const element of all("[hidden]", form)) element.hidden = false;
  form.addEventListener("change", filter);
  form.elements.whole.addEventListener("change", (event) => {
    document.body.classList.toggle("brief", !event.target.checked);
  });
  for (const button of all("[data-step]", form)) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("focusin", (event) => {
    const note = event.target.closest(".note");
    if (note) select(note);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-spot]:not(.off)");
    if (mark && !event.target.closest("a") && getSelection().isCollapsed) {
      document.querySelector(`#s${mark.dataset.spot} a:not([hidden])`).click();
    }
  });
  document.addEventListener("keydown", (event) => {
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey || !form.elements.keys.checked) return;
    event.preventDefault();
    step(by);
  });
})();
