/* The rows of the sheet: what they say, where they stand in the tree, how one more is made. No network, no store. */
import { newId } from "./lines-store.js";

const PLAIN = ["text", "kind", "speaker", "carried", "wording", "table", "point", "latitude", "longitude", "manager"];
const DEEPEST = 6;

export const control = (row, name) => row.querySelector(`[name="${name}"]`);
export const textOf = (row) => control(row, "text").value.trim();
export const isSaved = (row) => "saved" in row.dataset;
export const isBlank = (row) => !textOf(row) && !isSaved(row) && !("kept" in row.dataset);
/* Whether it is no longer as the server wrote it. */
export const isTouched = (row) => [...row.querySelectorAll("input:not([type=hidden], [type=file]), textarea, select")].some((field) => {
  if (field.tagName === "SELECT") return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
});
export const depthOf = (row) => Number(row.dataset.depth) || 0;

const boxes = (row) => [...row.querySelectorAll(".pick-places input")];

export const sayPlaces = (row) => {
  const said = row.querySelector("[data-chosen]");
  const chosen = boxes(row).filter((box) => box.checked).map((box) => box.nextElementSibling.textContent);
  said.textContent = chosen.join(", ") || said.dataset.own;
};

export const valuesOf = (row) => {
  const values = { parent: row.dataset.parent ?? "", places: boxes(row).filter((box) => box.checked).map((box) => box.value) };
  for (const name of PLAIN) values[name] = control(row, name)?.value ?? "";
  return values;
};

export const fill = (row, values) => {
  for (const name of PLAIN) if (control(row, name) && name in values) control(row, name).value = values[name] ?? "";
  for (const box of boxes(row)) box.checked = (values.places ?? []).includes(box.value);
  row.dataset.parent = values.parent ?? "";
  sayPlaces(row);
};

export const setRevision = (row, revision) => { control(row, "revision").value = revision ?? ""; };

export const makeRows = (list, blank) => {
  const prototype = blank.cloneNode(true);
  const all = () => [...list.querySelectorAll(":scope > .line[data-line]")];
  const find = (id) => (id ? list.querySelector(`:scope > .line[data-line="${CSS.escape(id)}"]`) : null);

  const renumber = () => {
    const numbers = new Map(all().map((row, rank) => [row.dataset.line, rank + 1]));
    for (const row of all()) {
      for (const mark of row.querySelectorAll("[data-number]")) mark.textContent = numbers.get(row.dataset.line);
      const under = control(row, "under");
      if (under && under !== document.activeElement) under.value = numbers.get(row.dataset.parent) ?? "";
    }
  };

  const make = (id = newId()) => {
    const row = prototype.cloneNode(true);
    row.dataset.line = id;
    control(row, "id").value = control(row, "remove").value = id;
    for (const box of boxes(row)) box.name = `places-${id}`;
    return row;
  };

  const add = (after, id) => {
    const row = make(id);
    if (after) after.after(row); else list.append(row);
    return row;
  };

  /* A row and all that hangs from it, which follow it. */
  const branch = (row) => {
    const found = [row];
    for (let next = row.nextElementSibling; next?.dataset.line && depthOf(next) > depthOf(row); next = next.nextElementSibling) found.push(next);
    return found;
  };

  const shift = (row, by) => { for (const one of branch(row)) one.dataset.depth = Math.max(0, depthOf(one) + by); };

  const above = (row) => {
    for (let before = row.previousElementSibling; before; before = before.previousElementSibling) {
      if (!before.dataset.line || depthOf(before) > depthOf(row)) continue;
      return depthOf(before) === depthOf(row) ? before : null;
    }
    return null;
  };

  const indent = (row) => {
    const parent = above(row);
    if (!parent || isBlank(parent) || depthOf(row) >= DEEPEST) return false;
    shift(row, 1);
    row.dataset.parent = parent.dataset.line;
    return true;
  };

  const outdent = (row) => {
    const parent = find(row.dataset.parent);
    if (!parent) return false;
    const moved = branch(row);
    const last = branch(parent).at(-1);
    shift(row, -1);
    row.dataset.parent = parent.dataset.parent ?? "";
    // What is left under the old branch stays with it: the row goes after the whole of it.
    if (!moved.includes(last)) last.after(...moved);
    return true;
  };

  const hang = (row, parent) => {
    if (parent && branch(row).includes(parent)) return false;
    const moved = branch(row);
    const depth = parent ? depthOf(parent) + 1 : 0;
    if (parent) { const last = branch(parent).filter((one) => !moved.includes(one)).at(-1); last.after(...moved); }
    const by = depth - depthOf(row);
    for (const one of moved) one.dataset.depth = Math.max(0, depthOf(one) + by);
    row.dataset.parent = parent?.dataset.line ?? "";
    return true;
  };

  const next = (row) => {
    const after = branch(row).at(-1).nextElementSibling;
    return after?.dataset.line && depthOf(after) === depthOf(row) ? after : null;
  };

  const move = (row, up) => {
    const other = up ? above(row) : next(row);
    if (!other || isBlank(other)) return false;
    if (up) other.before(...branch(row)); else branch(other).at(-1).after(...branch(row));
    return true;
  };

  return { all, find, renumber, add, branch, indent, outdent, hang, move };
};
