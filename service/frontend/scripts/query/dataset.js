/** What a query says outside of all braces: its form, and the graphs it is asked of. */
import { tokensOf } from "./tokens.js";

const FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);

/** Returns { form, from, named }; the form is SELECT where none is found. */
export function readQuery(text) {
  const found = { form: "", from: new Set(), named: new Set() };
  const prefixes = new Map();
  let base;
  let depth = 0;
  const kept = tokensOf(text).filter((token) => token.kind !== "space" && token.kind !== "comment");
  const word = (at) => (kept[at]?.kind === "word" ? kept[at].text.toUpperCase() : "");
  const iri = (at) => (kept[at]?.kind === "name" ? full(kept[at].text, prefixes) : resolved(kept[at]?.text.slice(1, -1) ?? "", base));
  for (let at = 0; at < kept.length; at += 1) {
    if (kept[at].text === "{") depth += 1;
    else if (kept[at].text === "}") depth -= 1;
    else if (depth) continue;
    else if (FORMS.has(word(at))) found.form ||= word(at);
    else if (word(at) === "BASE") base = iri(at + 1);
    else if (word(at) === "PREFIX") prefixes.set(kept[at + 1]?.text.slice(0, -1), iri(at + 2));
    else if (word(at) === "FROM" && word(at + 1) === "NAMED") found.named.add(iri(at + 2));
    else if (word(at) === "FROM") found.from.add(iri(at + 1));
  }
  return { form: found.form || "SELECT", from: [...found.from], named: [...found.named] };
}

function full(text, prefixes) {
  const at = text.indexOf(":");
  return (prefixes.get(text.slice(0, at)) ?? "") + text.slice(at + 1).replace(/\\(.)/g, "$1");
}

function resolved(reference, base) {
  try {
    return new URL(reference) && reference;
  } catch {
    return base ? new URL(reference, base).href : reference;
  }
}
