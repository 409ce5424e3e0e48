// What pages do beyond forms and links: stay current, keys, the time zone. All of it works without.
"use strict";

(() => {
  const LOOK_EVERY = 1000;
  // Words such as "3 h ago" grow old although nothing changed.
  const RENEW_EVERY = 300000;
  const byId = (id) => document.getElementById(id);
  const live = byId("live");
  const changed = new Set();
  const title = document.title;
  let held = false;
  let failures = 0;
  let renewed = Date.now();

  // Live: ask whether something changed, once a second, while the page is seen.

  function look() {
    if (document.hidden || !live) return;
    if (Date.now() - renewed > RENEW_EVERY) renew();
    window.htmx.trigger(live, "look");
  }

  function renew() {
    renewed = Date.now();
    byId("version").value = "-1";
  }

  function handIn(part) {
    if (part.contains(document.activeElement) || part.querySelector("details[open]") || typedIn(part)) return true;
    const pointer = window.matchMedia("(hover: hover)").matches;
    return part.dataset.hold === "hand" && pointer && part.matches(":hover");
  }

  // What was typed and not sent yet is never taken away, wherever the hand is by now.
  function typedIn(part) {
    const fields = [...part.querySelectorAll("textarea, input:not([type=hidden])")];
    return fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  }

  function cardsIn(part) {
    return new Map([...part.querySelectorAll("[data-card][id]")].map((card) => [card.id, card]));
  }

  function markChanged(card) {
    card.classList.add("is-changed");
    if (!card.querySelector(".changed-note")) {
      const note = document.createElement("p");
      note.className = "changed-note";
      note.textContent = "Changed just now";
      (card.querySelector(".what") || card).append(note);
    }
  }

  // What is new in a part that is about to be shown, as against what is on the page.
  function compare(part, fresh) {
    const before = cardsIn(part);
    const news = [];
    for (const [id, card] of cardsIn(fresh)) {
      const old = before.get(id);
      if (old && old.dataset.card === card.dataset.card) continue;
      changed.add(id);
      news.push(card);
    }
    for (const [id, card] of cardsIn(fresh)) if (changed.has(id)) markChanged(card);
    return news;
  }

  // The hand is in the part: change the words of its cards where they stand, and move nothing.
  function changeInPlace(part, news) {
    const before = cardsIn(part);
    for (const fresh of news) {
      const card = before.get(fresh.id);
      if (!card || handInCardForm(card)) continue;
      const focused = card.contains(document.activeElement) ? document.activeElement.id : "";
      card.replaceChildren(...fresh.cloneNode(true).childNodes);
      card.className = fresh.className;
      card.dataset.card = fresh.dataset.card;
      if (focused && byId(focused)) byId(focused).focus({ preventScroll: true });
    }
  }

  function handInCardForm(card) {
    const active = document.activeElement;
    return Boolean(card.querySelector("details[open]")) || (active.form && card.contains(active));
  }

  function announce(news) {
    const words = news.map((card) => card.dataset.say || card.querySelector("h3")?.textContent);
    byId("said").textContent = words.filter(Boolean).join(". ");
    const icon = byId("favicon");
    document.title = `● ${title}`;
    if (!icon.dataset.calm) icon.dataset.calm = icon.getAttribute("href");
    icon.setAttribute("href", icon.dataset.dot);
  }

  function calm() {
    const icon = byId("favicon");
    if (document.title === title || document.hidden) return;
    document.title = title;
    icon.setAttribute("href", icon.dataset.calm);
  }

  function beforePart(event) {
    const { target, fragment } = event.detail;
    if (!target.hasAttribute("data-part")) return;
    const news = compare(target, fragment);
    if (news.length) announce(news);
    if (!handIn(target) || held === "release") return;
    event.detail.shouldSwap = false;
    const fresh = fragment.querySelector(`#${target.id}`) || fragment.firstElementChild;
    if (!fresh || fresh.innerHTML === target.innerHTML) return;
    if (target.dataset.reorder) changeInPlace(target, news);
    offer(target.dataset.reorder || "Show what is new");
  }

  function offer(words) {
    held = true;
    byId("reorder").lastElementChild.textContent = words;
    byId("reorder").hidden = false;
  }

  function release() {
    held = "release";
    byId("reorder").hidden = true;
    renew();
    window.htmx.trigger(live, "look");
  }

  function answered(event) {
    if (event.detail.elt !== live) return;
    if (held === "release") held = false;
    const status = event.detail.xhr.status;
    failures = event.detail.failed && status !== 401 ? failures + 1 : 0;
    byId("offline").hidden = failures < 3;
    // Signed out elsewhere, or the thing is gone: the page itself says so best.
    if (status === 401 || status === 404) window.location.reload();
  }

  if (live) {
    document.body.addEventListener("htmx:oobBeforeSwap", beforePart);
    document.body.addEventListener("htmx:afterRequest", answered);
    byId("reorder").addEventListener("click", release);
    document.addEventListener("visibilitychange", look);
    for (const kind of ["pointermove", "keydown", "focus"]) window.addEventListener(kind, calm);
    setInterval(look, LOOK_EVERY);
  }

  // Keys: j and k walk through what is listed, one letter acts on where one stands.

  const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.checkVisibility());
  const handle = (item) => item.querySelector("h3 a") || item;
  const current = () => document.activeElement.closest("[data-item]");

  function walk(step) {
    const all = items();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next) handle(next).focus();
  }

  function act(key) {
    const standing = current();
    const first = standing || document.querySelector(".questions [data-item]");
    const scope = key === "u" ? document.querySelector(".notice:has([data-key=u])") : first;
    scope?.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
  }

  const KEYS = {
    j: () => walk(1),
    k: () => walk(-1),
    a: () => openAdd(),
    b: () => document.querySelector(".brand").click(),
    r: () => document.querySelector('nav a[href$="/review"]')?.click(),
    "?": () => byId("keys")?.showModal(),
  };

  function openAdd() {
    const add = byId("add");
    if (!add) return;
    add.open = true;
    add.querySelector("input[name=company]").focus();
  }

  function typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const field = "input:not([type=radio], [type=checkbox]), select, textarea, dialog[open]";
    if (event.target.closest?.(field) || document.querySelector("dialog[open]")) return;
    if (event.key !== "?" && stored("keys") === "off") return;
    if (KEYS[event.key]) KEYS[event.key]();
    else if (/^[ynush1-9]$/.test(event.key)) act(event.key);
    else return;
    event.preventDefault();
  }

  function stored(name) {
    try {
      return window.localStorage.getItem(name);
    } catch {
      return null; // Storage is switched off in this browser: then nothing is remembered.
    }
  }

  document.addEventListener("keydown", typed);
  const off = byId("keys-off");
  if (off) {
    off.checked = stored("keys") === "off";
    off.addEventListener("change", () => window.localStorage.setItem("keys", off.checked ? "off" : "on"));
  }
  for (const button of document.querySelectorAll("[data-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => byId(button.dataset.open).showModal());
  }
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".account[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  for (const radio of document.querySelectorAll(".tab")) {
    if (radio.value === stored("tab")) radio.checked = true;
    radio.addEventListener("change", () => window.localStorage.setItem("tab", radio.value));
  }

  // The time zone: told once, so that the server writes times as this reader knows them.

  const reader = byId("reader");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (reader?.dataset.tell && zone && zone !== reader.dataset.timezone) {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const body = new URLSearchParams({ timezone: zone });
    fetch(reader.dataset.tell, { method: "POST", body, headers: { "X-CSRFToken": token } }).then((answer) => {
      if (answer.ok && live) renew();
    });
  }
})();
