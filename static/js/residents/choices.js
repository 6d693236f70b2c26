// Says how many choices are left where a question has a maximum. Every page works without this file.
for (const hint of document.querySelectorAll("[data-most]")) {
  const most = Number(hint.dataset.most);
  const boxes = hint.closest("fieldset").querySelectorAll(`input[name="${hint.dataset.of}"]`);
  const rule = hint.textContent;
  const say = () => {
    const left = most - [...boxes].filter((box) => box.checked).length;
    const words = left === most ? "" : left > 0 ? hint.dataset.left.replace("#", left) : left === 0 ? hint.dataset.full : hint.dataset.over.replace("#", -left);
    hint.textContent = words ? `${rule} ${words}` : rule;
  };
  for (const box of boxes) box.addEventListener("change", say);
  say();
}
