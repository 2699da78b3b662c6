"use strict";
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const notes = all(".note");
  const status = form.querySelector("[role=status]");
  const noteOf = new Map(notes.map((note) => [note.id, note]));
  const marksOf = Map.groupBy ? Map.groupBy(all("mark[data-spot]"), (mark) => mark.dataset.spot) : grouped();
  let current = null;

  function grouped() {
    const found = new Map();
    for (const mark of all("mark[data-spot]")) {
      found.set(mark.dataset.spot, [...(found.get(mark.dataset.spot) || []), mark]);
    }
    return found;
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
      numbers.hidden = links.every((link) => link.hidden);
      for (const mark of marksOf.get(numbers.id.slice(1)) || []) mark.classList.toggle("off", numbers.hidden);
    }
    status.textContent = status.dataset.shown.replace("{shown}", shown).replace("{total}", notes.length);
    status.classList.toggle("partial", shown < notes.length);
  }

  function select(note) {
    for (const mark of all("mark.current")) mark.classList.remove("current");
    current = note;
    for (const mark of marksOf.get(note.dataset.spot) || []) mark.classList.add("current");
  }

  function step(by) {
    const visible = notes.filter((note) => !note.hidden);
    if (!visible.length) return;
    const from = notes.indexOf(current);
    const found =
      by > 0
        ? visible.find((note) => notes.indexOf(note) > from) || visible[0]
        : visible.findLast((note) => notes.indexOf(note) < from) || visible[visible.length - 1];
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
  }

  for (const element of all("[hidden]", form)) element.hidden = false;
  form.addEventListener("change", filter);
  for (const button of all("[data-step]", form)) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("focusin", (event) => {
    const note = event.target.closest(".note");
    if (note) select(note);
  });
  document.addEventListener("keydown", (event) => {
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey || !form.elements.keys.checked) return;
    event.preventDefault();
    step(by);
  });
})();
