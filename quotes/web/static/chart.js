// Draws the timeline. Expressions are interpreted, not compiled, so that the page needs no "unsafe-eval".
"use strict";

(() => {
  const place = document.getElementById("chart");
  if (!place || !window.vegaEmbed) return;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dark = matchMedia("(prefers-color-scheme: dark)");

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
    await vegaEmbed(place, spec, { ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: false });
    place.dataset.drawn = "yes";
  }
  draw();
  dark.addEventListener("change", draw);
})();
