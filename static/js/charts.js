"use strict";

// Draws each .chart from its JSON block once it can be seen. Its table, open until then, folds away: it stays one
// click from the figure.
const draw = (place) => {
  const figure = JSON.parse(place.querySelector("script").textContent);
  place.classList.add("chart--drawn");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", place.dataset.label);
  Plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false, responsive: true, showTips: false });
  const table = document.querySelector(`[data-chart="${place.id}"]`);
  if (table) table.open = false;
};

const drawOpen = (within) => {
  for (const place of within.querySelectorAll(".chart:not(.chart--drawn)")) if (place.offsetParent) draw(place);
};

drawOpen(document);
for (const fold of document.querySelectorAll("details.more")) fold.addEventListener("toggle", () => drawOpen(fold));

// Paper shows everything, and is narrower than the screen the figures were drawn for (pixels between A4 margins).
const PAPER = 660;
const drawn = () => [...document.querySelectorAll(".chart--drawn")];

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.more")) fold.open = true;
  drawOpen(document);
  for (const place of drawn()) if (place.clientWidth > PAPER) Plotly.relayout(place, { width: PAPER });
});
addEventListener("afterprint", () => {
  for (const place of drawn()) Plotly.relayout(place, { width: null, autosize: true });
});
