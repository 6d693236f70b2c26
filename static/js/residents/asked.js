// Shows and hides the questions of a page as its answers change, and says early when an answer breaks its rule.
// What was typed under a hidden question stays in the form: it comes back with the question, and the server never stores it.
for (const ruled of document.querySelectorAll("form[data-rules]")) {
  const rules = JSON.parse(ruled.dataset.rules);
  const says = ruled.parentElement.querySelector("[data-changes]");
  const MONTHS = ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"];

  const named = (name) => [...ruled.elements].filter((field) => field.name === name);
  const typed = (name) => (named(name).find((field) => field.type !== "radio" && field.type !== "checkbox")?.value ?? "").trim();
  const ticked = (name) => named(name).filter((field) => field.checked).map((field) => field.value);
  const otherCode = (name) => named(name).find((field) => field.closest(".other"))?.value;

  // On paper keyed in later, « today » is the day the form was filled.
  const today = () => dayIn(typed("jour")) || rules.today;

  const numberIn = (text) => {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
    return /^[+-]?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : "";
  };

  const dayIn = (text) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
    const plain = text.toLowerCase().normalize("NFKD").replace(/[^\x20-\x7e]/g, "");
    const found = /^(\d{1,2})(?:er)?[\s/.-]+(\d{1,2}|[a-z]+)\.?[\s/.-]+(\d{4}|\d{2})$/.exec(plain);
    if (!found) return "";
    const month = /^\d+$/.test(found[2]) ? found[2] : String(MONTHS.findIndex((name) => found[2].startsWith(name)) + 1);
    const year = found[3].length === 2 ? String(2000 + Number(found[3])) : found[3];
    return `${year}-${month.padStart(2, "0")}-${found[1].padStart(2, "0")}`;
  };

  const ranked = (name) => {
    const codes = [];
    for (let rank = 1; named(`${name}-${rank}`).length; rank += 1) codes.push(typed(`${name}-${rank}`));
    return codes.filter(Boolean);
  };

  const oneOf = (name) => {
    const [code] = ticked(name);
    const chosen = code ?? (typed(`${name}--autre`) ? otherCode(name) : undefined);
    if (chosen === undefined) return "";
    return chosen.startsWith("-") ? chosen.slice(1) : [chosen];
  };

  const severalOf = (name, codes) => {
    const chosen = new Set(ticked(name));
    if (typed(`${name}--autre`) && otherCode(name)) chosen.add(otherCode(name));
    return codes.filter((code) => chosen.has(code));
  };

  const readers = {
    line: typed,
    paragraph: (name) => typed(name).replace(/\r\n/g, "\n"),
    number: (name) => numberIn(typed(name)),
    date: (name) => dayIn(typed(name)),
    radios: oneOf,
    scale: oneOf,
    checkboxes: severalOf,
    ranking: ranked,
    note: () => "",
  };

  const learn = (answers, { name, widget, codes, rows }) => {
    const base = `q-${name}`;
    const [apart] = ticked(`${base}--sans`);
    if (widget === "grid") {
      const given = rows.map((row) => apart ?? ticked(`${base}-${row}`)[0] ?? "");
      rows.forEach((row, at) => answers.set(`${name}.${row}`, given[at]));
      answers.set(name, apart ?? given.filter(Boolean));
    } else answers.set(name, apart ?? readers[widget](base, codes));
  };

  const holderOf = (name) => ruled.querySelector(`[data-question="${name}"]`);

  const show = (holder, yes) => {
    if (holder.hidden === !yes) return 0;
    if (!yes && holder.contains(document.activeElement)) {
      // Never leave the keyboard nowhere: back to the question before.
      const before = [...ruled.querySelectorAll("[data-question]:not([hidden])")].filter((other) => other !== holder && other.compareDocumentPosition(holder) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
      (before?.querySelector("input, select, textarea") ?? document.querySelector("#contenu"))?.focus();
    }
    holder.hidden = !yes;
    return yes ? 1 : -1;
  };

  const isEmpty = (value) => value === "" || (Array.isArray(value) && value.length === 0);

  const hint = (holder, question, answers) => {
    const place = holder.querySelector("[data-hint]");
    if (!place) return;
    const own = answers.get(question.name);
    const apart = ticked(`q-${question.name}--sans`).length || (typeof own === "string" && ["radios", "scale"].includes(question.widget));
    const breaks = question.holds && !isEmpty(own) && !apart && !judgeRule(question.holds, new Map([...answers, [".", own]]), today());
    const words = breaks ? place.dataset.hint : "";
    if (place.textContent !== words) place.textContent = words;
  };

  const judge = (first) => {
    const answers = new Map(Object.entries(rules.known));
    let [more, less] = [0, 0];
    for (const question of rules.questions) {
      const holder = holderOf(question.name);
      const isPut = question.put.every((rule) => judgeRule(rule, answers, today()));
      const change = show(holder, isPut);
      if (change > 0) more += 1;
      if (change < 0) less += 1;
      if (!isPut) continue;
      learn(answers, question);
      if (!first) hint(holder, question, answers);
    }
    for (const part of document.querySelectorAll(".part:has([data-question])")) part.hidden = !part.querySelector("[data-question]:not([hidden])");
    if (says && !first && (more || less)) says.textContent = more ? says.dataset.more : says.dataset.less;
  };

  for (const line of ruled.querySelectorAll("[data-if]")) line.hidden = true;
  ruled.addEventListener("change", () => judge(false));
  // An agent goes on with a key, before the change of a text is told.
  if ("entry" in ruled.dataset) ruled.addEventListener("input", () => judge(false));
  // Another script filled the form.
  ruled.addEventListener("rules", () => judge(true));
  ruled.addEventListener("reset", () => setTimeout(() => judge(true)));
  window.addEventListener("pageshow", () => judge(true));
  judge(true);
}
