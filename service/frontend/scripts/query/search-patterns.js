/** What REGEX and REPLACE search for, and what the engine would read otherwise than XPath and XQuery Functions 3.1, 5.6.1. */
const CONTROLS = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };

/** Returns a reference back such as \1, or "-[" for characters taken from a class, out of the call at `index`; else "". */
export function readOtherwise(tokens, index) {
  let [inClass, before] = [false, ""];
  for (const [sign] of searched(tokens, index).matchAll(/\\[^]|[^]/gu)) {
    if (inClass && before + sign === "-[") return "-[";
    if (!inClass && /^\\[1-9]$/.test(sign)) return sign;
    if (sign === "[" || sign === "]") inClass = sign === "[";
    before = sign;
  }
  return "";
}

/** The second argument of the call when it is a string and nothing else. */
function searched(tokens, index) {
  let depth = 0;
  const comma = tokens.findIndex(({ text }, at) => {
    if (at > index) depth += { "(": 1, ")": -1 }[text] ?? 0;
    return at > index && (depth < 1 || (text === "," && depth === 1));
  });
  const [first, string, end] = comma < 0 ? [] : tokens.slice(comma, comma + 3);
  if (first?.text !== "," || string?.kind !== "string" || ![",", ")"].includes(end?.text)) return "";
  const quotes = /^("""|''')/.test(string.text) ? 3 : 1;
  return string.text.slice(quotes, -quotes).replace(/\\([^])/g, (_, sign) => CONTROLS[sign] ?? sign);
}
