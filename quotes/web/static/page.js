// What pages do beyond links and forms: keys of the review, words marked in an article, files dropped. Every page works without it.
"use strict";

(() => {
  const points = (text) => [...text].length; // offsets count code points, JavaScript counts UTF-16

  // Keys: an element with data-key is pressed by that key, unless somebody is typing.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea[data-submits]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || document.querySelector("dialog[open]")) return;
    if (event.key === "/" ) {
      const box = document.querySelector("textarea[data-submits]");
      if (box) { event.preventDefault(); box.focus(); }
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
    const piece = event.target.closest("#text a.seg");
    if (piece && String(getSelection()).trim()) event.preventDefault(); // words are being marked
    if (piece) choose(piece.getAttribute("href").split("/").pop());
  });

  // Which quote the panel shows
  function choose(id) {
    for (const piece of document.querySelectorAll("#text .seg[data-q]")) {
      piece.classList.toggle("on", Boolean(id) && piece.dataset.q.split(" ").includes(id));
    }
  }
  const states = document.getElementById("states");
  if (states) {
    const checked = states.dataset.checked.split(" ").filter(Boolean);
    for (const piece of document.querySelectorAll("#text .seg[data-q]")) {
      if (checked.includes(piece.dataset.q.split(" ")[0])) piece.classList.add("checked");
    }
    choose(states.dataset.chosen);
  }

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
    for (const form of document.querySelectorAll("form[data-marks]")) {
      form.elements.content.value = String(selection).trim();
      form.elements.content_spans.value = `${start}-${end}`;
    }
  });
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
