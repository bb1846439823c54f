"use strict";
(() => {
  const all = [...document.querySelectorAll(".finding")];
  const roots = [...document.querySelectorAll("#roots li")].map((each) => each.textContent);
  const sets = [...document.querySelectorAll("#sets li")].map((each) => numbers(each.textContent));
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const clear = document.getElementById("clear");
  const toggles = [...document.querySelectorAll("[data-level-toggle], [data-side-toggle]")];
  const picks = [...document.querySelectorAll("[data-root]")];
  let texts = null;
  let root = null;

  function numbers(text) {
    const found = new Set();
    for (const part of text.split(",")) {
      if (part === "") continue;
      const [first, last = first] = part.split("-").map(Number);
      for (let each = first; each <= last; each += 1) found.add(each);
    }
    return found;
  }

  function pressed(name) {
    const on = toggles.filter((each) => each.dataset[name] && each.getAttribute("aria-pressed") === "true");
    return new Set(on.map((each) => each.dataset[name]));
  }

  function update() {
    const levels = pressed("levelToggle");
    const sides = pressed("sideToggle");
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && texts === null) texts = all.map((each) => each.textContent.toLowerCase());
    let count = 0;
    all.forEach((each, number) => {
      const fits =
        levels.has(each.dataset.level) &&
        each.dataset.sides.split(" ").some((side) => sides.has(side)) &&
        (root === null || sets[Number(each.dataset.set)].has(root)) &&
        words.every((word) => texts[number].includes(word));
      each.hidden = !fits;
      if (fits) count += 1;
    });
    for (const section of document.querySelectorAll("section, .alike")) {
      section.hidden = !section.querySelector(".finding:not([hidden])");
    }
    const only = root === null ? "" : " · " + roots[root];
    shown.textContent = count + " of " + all.length + " findings" + only;
    document.getElementById("nothing").hidden = count > 0 || all.length === 0;
    clear.hidden = root === null && !words.length && toggles.every((each) => each.getAttribute("aria-pressed") === "true");
  }

  function pick(number) {
    root = number;
    for (const each of picks) each.setAttribute("aria-pressed", String(Number(each.dataset.root) === root));
    update();
  }

  function reset() {
    search.value = "";
    for (const each of toggles) each.setAttribute("aria-pressed", "true");
    pick(null);
  }

  function fill(finding) {
    const list = finding.querySelector(".names");
    if (!list || list.childElementCount) return;
    for (const number of sets[Number(finding.dataset.set)]) {
      const item = document.createElement("li");
      const code = document.createElement("code");
      code.textContent = roots[number];
      item.append(code);
      list.append(item);
    }
  }

  for (const each of toggles) {
    each.addEventListener("click", () => {
      each.setAttribute("aria-pressed", String(each.getAttribute("aria-pressed") !== "true"));
      update();
    });
  }
  for (const each of picks) {
    each.addEventListener("click", () => {
      const number = Number(each.dataset.root);
      pick(root === number ? null : number);
    });
  }
  for (const each of all) each.addEventListener("toggle", () => each.open && fill(each));
  search.addEventListener("input", update);
  clear.addEventListener("click", reset);
  document.getElementById("unfold").addEventListener("click", (event) => {
    const visible = all.filter((each) => !each.hidden);
    const open = visible.some((each) => !each.open);
    for (const each of visible) each.open = open;
    for (const each of document.querySelectorAll(".alike:not([hidden])")) each.open = open;
    event.currentTarget.textContent = open ? "Fold all" : "Unfold all";
  });

  const theme = document.getElementById("theme");
  const themes = ["auto", "light", "dark"];
  function paint(name) {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    theme.textContent = "Theme: " + name;
    theme.dataset.name = name;
  }
  theme.addEventListener("click", () => {
    const next = themes[(themes.indexOf(theme.dataset.name) + 1) % themes.length];
    paint(next);
    try { localStorage.setItem("theme", next); } catch { /* a page from disk may not keep anything */ }
  });
  let kept = "auto";
  try { kept = localStorage.getItem("theme") || "auto"; } catch { /* the same */ }
  paint(themes.includes(kept) ? kept : "auto");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "Escape") {
      reset();
      if (typing) search.blur();
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (!typing && (event.key === "j" || event.key === "k")) {
      // What a closed group contains has no box, and cannot be focused.
      const visible = [...document.querySelectorAll("section summary")].filter((each) => each.offsetParent !== null);
      const now = visible.indexOf(document.activeElement);
      const next = event.key === "j" ? now + 1 : Math.max(now - 1, 0);
      visible[Math.min(next, visible.length - 1)]?.focus();
    }
  });

  function arrive() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.classList.contains("finding")) {
      target.open = true;
      const group = target.closest(".alike");
      if (group) group.open = true;
      target.scrollIntoView();
    }
  }
  for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;
  addEventListener("hashchange", arrive);
  update();
  arrive();
})();
