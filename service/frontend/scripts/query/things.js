/** Offers single things, such as places and initiatives, by their names while these are typed. */
import { about, insert, WORD } from "./complete.js";
import { KEYWORDS } from "./keywords.js";
import { isType } from "./terms.js";
import { prefixesIn, tokensOf } from "./tokens.js";
import { readTriples } from "./triples.js";

const SHORTEST = 3;
const SLOTS = new Set(["subject", "object", "expression"]);

// Several words with a space between them, the last of which is still being written.
const WORDS = /(?<![\p{L}\p{M}\p{N}_.:?$<@%"'-])\p{L}[\p{L}\p{M}\p{N}_.-]*(?: [\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*)+$/u;

/** Returns a source for CodeMirror beside that of the terms; names are asked of `address`, while `isAllowed`. */
export function namedThings(terms, address, isAllowed) {
  return async (context) => {
    const text = context.state.doc.toString();
    const tokens = tokensOf(text);
    const { from, to, kind, name, isQuoted } = quoted(context.pos, tokens) ?? written(context, text, tokens) ?? { name: "" };
    if (name.length < SHORTEST || !isAllowed()) return null;
    const { at } = readTriples(text, from + 1);
    // A class is what stands behind `a`; no single thing does.
    if (!SLOTS.has(at.slot) || (at.slot === "object" && isType(at.path))) return null;
    const known = await terms.catch(() => null);
    if (!known || context.aborted) return null;
    const declared = prefixesIn(tokens);
    const wanted = at.slot === "object" ? known.endsOf(known.id(at.path.at(-1) ?? "", declared)) : [];
    // What stands in quotation marks is a text, but where a thing has to stand.
    if (isQuoted && !wanted.some((one) => known.byId.has(one))) return null;
    const found = await ask(address, name.replaceAll("_", " "), context);
    if (context.aborted) return null;
    const fitting = found.filter(({ id, classes }) => (!kind || id.startsWith(`${kind}:`)) && !known.byId.has(id) && known.fits(classes, wanted));
    return fitting.length ? { from, to, options: fitting.map((one) => option(one, declared, known)), filter: false } : null;
  };
}

/** The name in the quotation marks around the caret, null when there are none. */
function quoted(caret, tokens) {
  const token = tokens.find(({ kind, from, to }) => kind === "string" && from < caret && to > caret);
  return token ? { from: token.from, to: token.to, kind: "", name: token.text.slice(1, -1), isQuoted: true } : null;
}

/** The name that ends at the caret, of one word or several, with its prefix; null in a remark, an IRI, behind a text. */
function written(context, text, tokens) {
  const token = tokens.find(({ from, to }) => from < context.pos && to >= context.pos);
  const word = context.matchBefore(WORD);
  if (!word?.text || /^[?$]/.test(word.text) || ["comment", "string", "iri"].includes(token?.kind)) return null;
  if (word.text.includes(":")) {
    const [kind, name] = word.text.split(/:(.*)/s);
    return { from: word.from, kind, name };
  }
  for (let { from, text: words } = context.matchBefore(WORDS) ?? word; from < word.from; ) {
    const [first] = words.split(" ");
    if (!KEYWORDS.includes(first.toUpperCase()) && SLOTS.has(readTriples(text, from + 1).at.slot)) return { from, kind: "", name: words };
    from += first.length + 1;
    words = words.slice(first.length + 1);
  }
  return { from: word.from, kind: "", name: word.text };
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
