/* Where a point stands: touched on the outline, or given by the device when asked. */
"use strict";
(() => {
  const drawing = document.querySelector("svg[data-tap]");
  const [latitude, longitude] = ["latitude", "longitude"].map((id) => document.getElementById(id));
  const said = document.querySelector("[data-said]");
  const written = (value) => value.toFixed(6).replace(/0+$/, "").replace(".", ",");
  const SVG = "http://www.w3.org/2000/svg";

  const mark = (x, y) => {
    let point = drawing.querySelector("[data-current]");
    if (!point) {
      point = document.createElementNS(SVG, "g");
      point.setAttribute("class", "walk__point walk__point--current");
      point.dataset.current = "";
      point.append(document.createElementNS(SVG, "circle"));
      point.firstChild.setAttribute("r", "11");
      drawing.append(point);
    }
    point.setAttribute("transform", `translate(${x} ${y})`);
  };

  const MARGIN = 6;
  drawing?.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    const { west, north, across, down } = drawing.dataset;
    longitude.value = written(Number(west) + (at.x - MARGIN) / Number(across));
    latitude.value = written(Number(north) - (at.y - MARGIN) / Number(down));
    mark(at.x, at.y);
    said.textContent = said.dataset.located;
  });

  document.querySelector("[data-here]").addEventListener("click", () => {
    said.textContent = said.dataset.locating;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      latitude.value = written(coords.latitude);
      longitude.value = written(coords.longitude);
      said.textContent = said.dataset.located;
    }, () => { said.textContent = said.dataset.lost; }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
  });
  document.querySelectorAll("[data-script]").forEach((part) => { part.hidden = false; });
})();
