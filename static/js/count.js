// Under a text of limited length, how many signs are left: what is over is said, never cut.
for (const area of document.querySelectorAll("[data-most]")) {
  const most = Number(area.dataset.most);
  const words = document.createElement("p");
  words.className = "field__count";
  words.id = `${area.id}-compte`;
  area.after(words);
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${words.id}`.trim());
  const count = () => {
    // A line end travels as two signs.
    const left = most - [...area.value.trim().replace(/\n/g, "\r\n")].length;
    words.textContent = (left < 0 ? area.dataset.over : area.dataset.left).replace("#", Math.abs(left).toLocaleString("fr-FR"));
    words.classList.toggle("field__count--over", left < 0);
  };
  area.addEventListener("input", count);
  count();
}
