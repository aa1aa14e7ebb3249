/** Offers single things, such as places and initiatives, by their names while these are typed. */
import { about, insert, WORD } from "./complete.js";
import { isType } from "./terms.js";
import { prefixesIn, tokensOf } from "./tokens.js";
import { readTriples } from "./triples.js";

const SHORTEST = 3;
const SLOTS = new Set(["subject", "object", "expression"]);

/** Returns a source for CodeMirror beside that of the terms; names are asked of `address`, while `isAllowed`. */
export function namedThings(terms, address, isAllowed) {
  return async (context) => {
    const word = context.matchBefore(WORD);
    const [kind, name] = word?.text.includes(":") ? word.text.split(/:(.*)/s) : ["", word?.text ?? ""];
    if (name.length < SHORTEST || /^[?$]/.test(name) || !isAllowed()) return null;
    const text = context.state.doc.toString();
    const tokens = tokensOf(text);
    const token = tokens.find(({ from, to }) => from < context.pos && to >= context.pos);
    const { at } = readTriples(text, context.pos);
    // A class is what stands behind `a`; no single thing does.
    const isClass = at.slot === "object" && isType(at.path);
    if (["comment", "string", "iri"].includes(token?.kind) || !SLOTS.has(at.slot) || isClass) return null;
    const [known, found] = await Promise.all([terms.catch(() => null), ask(address, name.replaceAll("_", " "), context)]);
    if (!known || context.aborted) return null;
    const declared = prefixesIn(tokens);
    const wanted = at.slot === "object" ? known.endsOf(known.id(at.path.at(-1) ?? "", declared)) : [];
    const fitting = found.filter(({ id, classes }) => (!kind || id.startsWith(`${kind}:`)) && !known.byId.has(id) && known.fits(classes, wanted));
    return fitting.length ? { from: word.from, options: fitting.map((one) => option(one, declared, known)), filter: false } : null;
  };
}

async function ask(address, wanted, context) {
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  try {
    const response = await fetch(`${address}?q=${encodeURIComponent(wanted)}`, { signal: stop.signal });
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

function option(one, declared, terms) {
  return {
    label: one.id,
    detail: one.label,
    type: "thing",
    info: () => about({ ...one, about: "" }, one.class, ""),
    apply: (view, _, from, to) => insert(view, one.id, from, to, declared, terms),
  };
}
