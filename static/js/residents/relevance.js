// What a rule is worth, from the tree that the server made of it (surveys/relevance/emitting.py): no text is read here.
// The verdicts are those of surveys/relevance/evaluation.py; the same table of cases is put to both.
const judgeRule = (() => {
  const daysOf = (text) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
    const [year, month, day] = text.split("-").map(Number);
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    // A day that does not exist falls in another month.
    return year > 0 && date.getUTCMonth() === month - 1 ? Math.round(date.getTime() / 864e5) : null;
  };

  const digitsOf = (value) => {
    const [written, exponent] = String(Math.abs(value)).split("e");
    const sign = value < 0 ? "-" : "";
    if (exponent === undefined) return sign + written;
    const [whole, part = ""] = written.split(".");
    const digits = whole + part;
    const point = whole.length + Number(exponent);
    if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
    return sign + digits.padEnd(point, "0");
  };

  const textOf = (value) => {
    if (typeof value === "number") return Number.isFinite(value) ? digitsOf(value) : String(value);
    return (Array.isArray(value) ? value.join(" ") : String(value)).normalize("NFC");
  };

  const numberOf = (value) => {
    if (typeof value === "number" || typeof value === "boolean") return Number(value);
    const plain = textOf(value).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    const days = daysOf(plain);
    if (days !== null) return days;
    return /^-?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) + 0 : NaN;
  };

  const isTrue = (value) => {
    if (typeof value === "boolean") return value;
    return typeof value === "number" ? value !== 0 && !Number.isNaN(value) : value.length > 0;
  };

  const areEqual = (left, right) => {
    if (typeof left === "boolean" || typeof right === "boolean") return isTrue(left) === isTrue(right);
    if (typeof left === "number" || typeof right === "number") return numberOf(left) === numberOf(right);
    return textOf(left) === textOf(right);
  };

  const itemsOf = (value) => (Array.isArray(value) ? value : textOf(value).split(" ").filter(Boolean));

  const itemAt = (value, rank) => {
    const [items, at] = [itemsOf(value), numberOf(rank)];
    return Number.isInteger(at) && at >= 0 && at < items.length ? items[at] : "";
  };

  const reached = (program, starts) => {
    const states = new Set(starts);
    for (const state of states) {
      const [kind, ...ways] = state < program.length ? program[state] : ["end"];
      if (kind === "go") for (const way of ways) states.add(state + way);
    }
    return states;
  };

  const takes = ([kind, negated, ranges], character) => {
    const point = character.codePointAt(0);
    return kind === "take" && negated !== ranges.some(([first, last]) => first.codePointAt(0) <= point && point <= last.codePointAt(0));
  };

  const matches = (program, text) => {
    let states = reached(program, [0]);
    for (const character of text) {
      const taken = [...states].filter((state) => state < program.length && takes(program[state], character));
      states = reached(program, taken.map((state) => state + 1));
    }
    return states.has(program.length);
  };

  const words = {
    "=": areEqual,
    "!=": (left, right) => !areEqual(left, right),
    "<": (left, right) => numberOf(left) < numberOf(right),
    "<=": (left, right) => numberOf(left) <= numberOf(right),
    ">": (left, right) => numberOf(left) > numberOf(right),
    ">=": (left, right) => numberOf(left) >= numberOf(right),
    "+": (left, right) => numberOf(left) + numberOf(right) + 0,
    "-": (left, right) => numberOf(left) - numberOf(right) + 0,
    "*": (left, right) => numberOf(left) * numberOf(right) + 0,
    div: (left, right) => numberOf(left) / numberOf(right) + 0,
    mod: (left, right) => (numberOf(left) % numberOf(right)) + 0,
    minus: (value) => 0 - numberOf(value),
    selected: (value, code) => textOf(code) !== "" && (itemsOf(value).includes(textOf(code)) || textOf(code) === textOf(value)),
    "selected-at": itemAt,
    "count-selected": (value) => itemsOf(value).length,
    "string-length": (value) => [...textOf(value)].length,
    contains: (value, part) => textOf(value).includes(textOf(part)),
    "starts-with": (value, part) => textOf(value).startsWith(textOf(part)),
    not: (value) => !isTrue(value),
    true: () => true,
    false: () => false,
    if: (test, then, otherwise) => (isTrue(test) ? then : otherwise),
    coalesce: (first, second) => (areEqual(first, "") ? second : first),
    number: numberOf,
    int: (value) => Math.trunc(numberOf(value)) + 0,
    date: (value) => {
      const day = textOf(value).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
      return daysOf(day) === null ? "" : day;
    },
  };

  // `answers` is a Map from names to a text, a number or a list of codes; a name it lacks is an empty answer.
  const worth = ([word, ...parts], answers, today) => {
    switch (word) {
      case "value": return parts[0];
      case "answer": return answers.get(parts[0]) ?? "";
      case "today": return today;
      case "regex": return matches(parts[1], textOf(worth(parts[0], answers, today)));
      case "and": return parts.every((part) => isTrue(worth(part, answers, today)));
      case "or": return parts.some((part) => isTrue(worth(part, answers, today)));
      default: return words[word](...parts.map((part) => worth(part, answers, today)));
    }
  };

  return (tree, answers, today) => isTrue(worth(tree, answers, today));
})();
