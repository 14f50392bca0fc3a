// Draws the timeline. Expressions are interpreted, not compiled, so that the page needs no "unsafe-eval".
"use strict";

(() => {
  const place = document.getElementById("chart");
  if (!place || !window.vegaEmbed) return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // What a mark says when it is pointed at: when and where, the words, the article. Text, never markup.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  document.body.append(tip);
  function show(_, event, item, value) {
    tip.hidden = !value;
    if (!value) return;
    tip.replaceChildren(...String(value).split("\n").map((line) => {
      const part = document.createElement("p");
      part.textContent = line;
      return part;
    }));
    const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8), below = event.clientY + 16;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below + tip.offsetHeight < innerHeight ? below : Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
  }
  addEventListener("scroll", () => { tip.hidden = true; });
  addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });

  async function draw() {
    const answer = await fetch(place.dataset.spec, { headers: { accept: "application/json" } });
    if (!answer.ok) { place.textContent = "The chart could not be loaded; the figures stand below."; return; }
    const spec = await answer.json();
    const ink = colour("--soft"), line = colour("--line");
    spec.config = {
      background: null,
      font: "system-ui, Liberation Sans, sans-serif",
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line },
      legend: { labelColor: ink, orient: "top", symbolType: "square" },
      range: { category: [colour("--content-line"), colour("--cue-line"), colour("--machine")] },
    };
    spec.config.rect = { stroke: colour("--sheet"), strokeWidth: 1 };
    await vegaEmbed(place, spec, { ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: show });
    place.dataset.drawn = "yes";
  }
  draw();
  dark.addEventListener("change", draw);
})();
