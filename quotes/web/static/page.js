// What pages do beyond links and forms: keys of the review, words marked in an article, files dropped. Every page works without it.
"use strict";

(() => {
  const points = (text) => [...text].length; // offsets count code points, JavaScript counts UTF-16

  // What is typed into the name of a speaker takes the place of the old one.
  document.addEventListener("focusin", (event) => {
    const field = event.target;
    if (field.matches("input[name=speaker]")) setTimeout(() => document.activeElement === field && field.select());
  });

  // Keys: an element with data-key is pressed by that key, unless somebody is typing.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && typing && typing.form) {
      event.preventDefault();
      typing.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea[data-submits]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && typing) typing.blur();
    else if (event.key === "Escape") closePanel();
    if (typing || document.querySelector("dialog[open]")) return;
    if (event.key === "/" ) {
      const box = document.querySelector("[data-search], textarea[data-submits]");
      event.preventDefault();
      if (box) box.focus();
      else location.assign("/search");
      return;
    }
    if (event.key === " " && event.target.closest("button, summary, a")) return; // a key of that element itself
    const keyed = document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`);
    const wanted = [...keyed].find((element) => element.checkVisibility()); // not what lies in a box that is closed
    if (!wanted || document.body.dataset.leaving) return;
    event.preventDefault();
    if (wanted.matches("summary")) {
      const box = wanted.parentElement;
      box.open = !box.open;
      const field = box.open && box.querySelector("input:not([type=hidden]), textarea, select, form button");
      if (field) field.focus();
      if (field && field.matches("input")) field.select(); // what is typed takes the place of the old value
      return;
    }
    const form = wanted.form;
    if (form && !form.reportValidity()) return;
    if (form || wanted.matches("a")) document.body.dataset.leaving = "yes"; // one review for one key
    wanted.click();
  });
  window.addEventListener("pageshow", () => delete document.body.dataset.leaving);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const goes = event.target.closest("[data-goes]");
    if (goes) {
      choose(goes.dataset.goes);
      document.getElementById(`q-${goes.dataset.goes}`)?.scrollIntoView({ block: "center", behavior: "instant" });
    }
    const piece = event.target.closest("#text a.seg");
    if (piece && String(getSelection()).trim()) event.preventDefault(); // words are being marked
    if (piece) choose(piece.dataset.q.split(" ")[0]);
  });

  // Citations: with the whole address of this server, to be copied; moments in the time of this place
  const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
  function prepare(root) {
    for (const place of root.querySelectorAll("[data-permalink]")) place.textContent = location.origin + place.dataset.permalink;
    for (const time of root.querySelectorAll("time[data-moment]")) {
      time.title ||= time.textContent; // UTC
      time.textContent = MOMENT.format(new Date(time.dateTime));
    }
    for (const button of root.querySelectorAll("[data-copies][hidden]")) button.hidden = !navigator.clipboard;
    for (const part of root.querySelectorAll(".handles, [data-takes]")) part.hidden = !document.getElementById("text");
  }
  prepare(document);
  document.addEventListener("htmx:after:swap", () => prepare(document));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.replace(/\s+/g, " ").trim());
    button.textContent = "Copied";
  });

  // Forms of an article and of the queue: the page comes back where it was scrolled to
  const PLACE = "quotes-scroll";
  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".page-article, .page-quote")) return;
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, y: scrollY, at: Date.now() }));
  });
  addEventListener("load", () => {
    const place = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (place && place.path === location.pathname && Date.now() - place.at < 20000) scrollTo({ top: place.y, behavior: "instant" });
  });

  // Names: the speakers that fit what is being typed
  let asking = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-people]")) return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      if (field.value.trim().length < 2) return;
      const address = new URLSearchParams({ q: field.value, document: field.dataset.people });
      const answer = await fetch(`/api/people?${address}`);
      if (!answer.ok) return;
      const options = (await answer.json()).items.map((person) => {
        const option = document.createElement("option");
        option.value = person.name;
        option.textContent = person.label;
        return option;
      });
      if (options.length) field.list.replaceChildren(...options);
    }, 150);
  });

  // The queue: the next quotes are on the page already, the first is shown at once. Reviews are sent one after the other;
  // further quotes are loaded meanwhile, so that somebody quick does not wait for them.
  const AHEAD = 5;
  let sending = Promise.resolve(), loading = null, unsent = 0, stale = false;
  const ahead = () => document.getElementById("following")?.content;
  function next() {
    const waiting = ahead()?.firstElementChild, card = document.querySelector("[data-review]");
    if (!waiting || !card) return false;
    card.replaceWith(document.importNode(waiting, true));
    waiting.remove();
    prepare(document);
    if (window.htmx) htmx.process(document.querySelector("[data-review]"));
    delete document.body.dataset.leaving;
    document.querySelector("[data-review]").scrollIntoView({ block: "nearest" });
    reveal();
    return true;
  }
  function reveal() { // the words to be judged are not behind the bar, as on a phone
    const words = document.querySelector("[data-review] #text mark.content"), bar = document.querySelector("[data-review] .decide");
    if (words && bar && words.getBoundingClientRect().bottom > bar.getBoundingClientRect().top) words.scrollIntoView({ block: "center", behavior: "instant" });
  }
  reveal();
  const last = () => (ahead()?.lastElementChild || document.querySelector("[data-review]"))?.dataset.place;
  const few = () => ahead().childElementCount < AHEAD && !ended;
  let ended = !ahead()?.firstElementChild; // the queue has no more
  async function fetchMore() {
    const place = last(), wanted = few() ? AHEAD - ahead().childElementCount : 0, address = new URL("/review/after" + location.search, location);
    if (!place) return;
    address.searchParams.delete("at");
    address.searchParams.set("after", place);
    address.searchParams.set("wanted", wanted);
    const shows = unsent === 0; // the progress with all reviews
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html"), cards = part.querySelectorAll("[data-review]");
    if (shows) for (const id of ["progress", "undo", "own"]) document.getElementById(id).replaceWith(part.getElementById(id));
    if (last() !== place) return; // other prints were decided, too
    for (const card of cards) ahead().append(document.importNode(card, true));
    ended = wanted > 0 && cards.length < wanted;
  }
  function load() { // what is shown beside the quote, and further quotes; one request at a time
    if (loading) {
      stale = true; // it asks again when that one is there
      return loading;
    }
    loading = fetchMore().finally(() => {
      loading = null;
      if (stale) {
        stale = false;
        return load();
      }
    });
    return loading;
  }
  async function send(body) {
    const answer = await fetch("/reviews", { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
    unsent -= 1;
    if (!answer || answer.type !== "opaqueredirect") return location.assign(`/review?at=${body.get("quote")}`); // not saved: look at it again
    if (body.get("prints")) { // other prints may be among those that wait
      ahead().replaceChildren();
      ended = false;
      await load();
    }
    if (unsent === 0) load();
  }
  document.addEventListener("submit", (event) => { // what is undone last must have been saved
    if (!event.target.closest("#undo") || event.defaultPrevented) return;
    event.preventDefault();
    sending.then(() => document.querySelector("#undo form").submit());
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-review] form[data-decides]") || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    if (!ahead()?.firstElementChild && !ended) { // the next quote is still on its way
      await (loading || load());
      if (!ahead().firstElementChild && !ended) await sending.then(load);
    }
    if (!next()) return form.submit(); // there is none: an ordinary form
    unsent += 1;
    sending = sending.then(() => send(body));
    if (ahead().childElementCount < AHEAD - 1) load();
  });
  document.addEventListener("click", (event) => {
    const skip = event.target.closest("[data-review] a[data-skips]");
    if (!skip || event.ctrlKey || event.metaKey || !next()) return;
    event.preventDefault();
    history.replaceState(history.state, "", skip.href);
    load();
  });

  // Where the server does not answer, that is said
  document.addEventListener("htmx:error", () => {
    if (document.getElementById("unanswered")) return;
    const note = Object.assign(document.createElement("p"), { id: "unanswered", className: "message bad", textContent: "The server does not answer. What was saved before is safe: try again when it runs." });
    note.setAttribute("role", "alert");
    document.querySelector("header.top").after(note);
  });
  document.addEventListener("htmx:after:swap", () => document.getElementById("unanswered")?.remove());

  // An article: the address says which quote is chosen; j and k go to the next and the last one
  function closePanel() {
    const piece = document.querySelector("#text .seg.on");
    const close = document.querySelector("#panel .close");
    if (!close || !piece) return;
    document.getElementById("panel").replaceChildren();
    choose("");
    piece.focus();
  }
  document.addEventListener("htmx:after:swap", () => {
    const evidence = document.querySelector(".page-article #panel .evidence");
    if (!evidence) return;
    const address = new URL(location);
    address.searchParams.set("quote", evidence.dataset.quote);
    address.hash = "";
    history.replaceState(history.state, "", address);
    evidence.tabIndex = -1;
    evidence.focus({ preventScroll: true });
    const piece = document.querySelector("#text .seg.on"), panel = document.getElementById("panel");
    if (piece && getComputedStyle(panel).position === "fixed" && piece.getBoundingClientRect().bottom > panel.getBoundingClientRect().top) {
      scrollBy({ top: piece.getBoundingClientRect().top - 70, behavior: "instant" }); // not behind the sheet
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select") || !document.querySelector(".page-article")) return;
    const starts = [...document.querySelectorAll("#text a.seg[id]")], on = document.querySelector("#text .seg.on");
    const at = on ? starts.findIndex((start) => start.dataset.q.split(" ")[0] === on.dataset.q.split(" ")[0]) : -1;
    const wanted = starts[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
    if (!wanted) return;
    event.preventDefault();
    wanted.scrollIntoView({ block: "center", behavior: "instant" });
    wanted.click();
  });

  // A long press on a passage selects words, and does not open the menu of a link
  if (matchMedia("(hover: none) and (pointer: coarse)").matches) {
    for (const piece of document.querySelectorAll("#text a.seg")) {
      piece.removeAttribute("href");
      piece.setAttribute("role", "button");
      if (!piece.hasAttribute("tabindex")) piece.tabIndex = 0;
    }
  }

  // Which quote the panel shows
  function choose(id) {
    for (const piece of document.querySelectorAll("#text .seg[data-q]")) {
      piece.classList.toggle("on", Boolean(id) && piece.dataset.q.split(" ").includes(id));
    }
  }
  const states = document.getElementById("states");
  if (states) choose(states.dataset.chosen);

  // Marking words: the selection as offsets into the article's text
  function offset(node, at) {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".seg[data-start]");
    if (!piece) return null;
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, at) : at ? piece.textContent : "";
    return Number(piece.dataset.start) + points(before);
  }
  document.addEventListener("selectionchange", () => {
    const selection = getSelection(), text = document.getElementById("text");
    if (!text || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    taken = { words: String(selection).trim(), spans: `${start}-${end}` };
    for (const form of document.querySelectorAll("form[data-marks]")) {
      if (!form.closest("details") || form.closest("details").open || form.elements.action.value === "add") fill(form, "content", taken);
    }
  });
  let taken = null; // the words that were selected last
  function fill(form, name, marked) {
    form.elements[name].value = marked.words;
    form.elements[`${name}_spans`].value = marked.spans;
    if (name === "content") show(marked.spans);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-takes]");
    if (button && taken) fill(button.form, button.dataset.takes, taken);
  });

  // Handles: the words of a quote begin or end a word earlier or later
  function whole() {
    const found = []; // the code points of the article, at their offsets
    for (const piece of document.querySelectorAll("#text .seg[data-start]")) {
      [...piece.textContent].forEach((point, at) => { found[Number(piece.dataset.start) + at] = point; });
    }
    return found;
  }
  const pairs = (spans) => spans.split(",").map((part) => part.split("-").map(Number)); // "5-20,30-41"
  const blank = (point) => point === undefined || /\s/.test(point);
  function moved(text, at, by, isEnd) {
    let place = at; // an end lies behind its word
    if (by > 0) {
      while (place < text.length && blank(text[place])) place += 1;
      while (place < text.length && !blank(text[place])) place += 1;
      if (!isEnd) while (place < text.length && blank(text[place])) place += 1;
    } else {
      while (place > 0 && blank(text[place - 1])) place -= 1;
      while (place > 0 && !blank(text[place - 1])) place -= 1;
      if (isEnd) while (place > 0 && blank(text[place - 1])) place -= 1;
    }
    return place;
  }
  document.addEventListener("click", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    const form = handle.form, text = whole(), by = Number(handle.dataset.by);
    const parts = pairs(form.elements.content_spans.value);
    if (!parts[0] || parts[0].length < 2) return;
    if (handle.dataset.handle === "start") parts[0][0] = moved(text, parts[0][0], by, false);
    else parts[parts.length - 1][1] = moved(text, parts[parts.length - 1][1], by, true);
    if (parts.some(([start, end]) => start >= end || blank(text[start]))) return;
    const words = parts.map(([start, end]) => text.slice(start, end).join("").replace(/\s+/g, " ")).join(" … ");
    fill(form, "content", { words, spans: parts.map((part) => part.join("-")).join(",") });
  });
  function show(spans) {
    if (!CSS.highlights) return;
    const ranges = [];
    for (const [from, to] of pairs(spans)) {
      for (const piece of document.querySelectorAll("#text .seg[data-start]")) {
        const start = Number(piece.dataset.start), list = [...piece.textContent], node = piece.firstChild;
        const a = Math.max(from - start, 0), b = Math.min(to - start, list.length);
        if (a >= b || !node) continue;
        const range = document.createRange();
        range.setStart(node, list.slice(0, a).join("").length);
        range.setEnd(node, list.slice(0, b).join("").length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("marking", new Highlight(...ranges));
  }
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.target.name === "content" && form && form.elements.content_spans) form.elements.content_spans.value = "";
  });

  // Files dropped on the field
  for (const drop of document.querySelectorAll(".drop")) {
    const field = drop.querySelector("input");
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); field.files = event.dataTransfer.files; });
  }
})();
