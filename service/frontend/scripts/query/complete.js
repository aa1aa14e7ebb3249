/** What is offered where the caret stands: properties of the class there first, then the concepts a property takes. */
import { fit, folded, isType } from "./terms.js";
import { FUNCTIONS, KEYWORDS } from "./keywords.js";
import { prefixesIn, tokensOf } from "./tokens.js";
import { readTriples } from "./triples.js";

const MOST = 200;
/** What a caret stands behind while a name or variable is written. */
export const WORD = /[?$]?[\p{L}\p{M}\p{N}_:.-]*$/u;

/** Returns a source for CodeMirror; `terms` is a promise of Terms, `words` the words of the page. */
export function completions(terms, words) {
  return async (context) => {
    const word = context.matchBefore(WORD);
    const typed = word?.text ?? "";
    if (!context.explicit && !/[\p{L}\p{N}:?$]$/u.test(typed)) return null;
    const text = context.state.doc.toString();
    const node = tokensOf(text).find((token) => token.from < context.pos && token.to >= context.pos);
    if (["comment", "string", "iri"].includes(node?.kind)) return null;
    const known = await terms.catch(() => null);
    if (!known || context.aborted) return null;
    const options = offered(known, words, text, context.pos, typed);
    return options.length ? { from: word ? word.from : context.pos, options, filter: false } : null;
  };
}

function offered(terms, words, text, caret, typed) {
  const tokens = tokensOf(text);
  const declared = prefixesIn(tokens);
  const { triples, at } = readTriples(text, caret);
  const wanted = folded(typed.replace(/^[?$]/, ""));
  const asked = (options) => ranked(options, wanted);
  const make = (one, type, section, rank, count) => option(one, type, section, rank, count, declared, terms, words);
  if (/^[?$]/.test(typed)) return asked(variables(tokens, typed, words));
  if (at.slot === "path") {
    const reached = at.joined && at.path.length ? terms.narrow(terms.endsOf(terms.id(at.path.at(-1), declared))) : null;
    const classes = reached ?? terms.classesOf(at.subject, triples, declared);
    const title = classes.map((one) => terms.byId.get(one)?.label ?? one).join(", ");
    return asked(terms.properties.map((one) => {
      const count = classes.length ? terms.belongs(one, classes) : undefined;
      return count === undefined ? make(one, "property", classes.length ? words.others : "", 2, one.count)
        : make(one, "property", words.forClass.replace("{}", title), 1, count);
    }));
  }
  if (at.slot === "object" && isType(at.path)) return asked(terms.classes.map((one) => make(one, "class", "", 1, one.count)));
  if (at.slot === "object") {
    const property = terms.byId.get(terms.id(at.path.at(-1) ?? "", declared));
    const taken = terms.concepts.filter((one) => property?.schemes?.includes(one.scheme));
    return asked([...taken.map((one) => make(one, "concept", "", 1, 0)), ...named(property, terms, words), ...variables(tokens, "?", words)]);
  }
  const plain = (list, type, rank) => list.map((label) => ({ label, type, detail: words[type], rank, words: [folded(label)] }));
  if (at.slot === "expression") return asked([...plain(FUNCTIONS, "function", 1), ...variables(tokens, "?", words), ...plain(["AS", "IN", "NOT", "EXISTS", "DISTINCT"], "keyword", 2)]);
  return asked([...plain(KEYWORDS, "keyword", 1), ...variables(tokens, "?", words),
    ...(at.slot === "head" ? plain(FUNCTIONS, "function", 2) : terms.concepts.map((one) => make(one, "concept", "", 3, 0)))]);
}

/** Those that fit what was typed: by how well, by rank, by how often they are used. */
function ranked(options, wanted) {
  const good = options.map((one) => ({ ...one, fits: wanted ? fit(one.words, wanted, one.topics) : 1 })).filter((one) => one.fits);
  good.sort((a, b) => (a.fits < 1) - (b.fits < 1) || a.rank - b.rank || b.fits - a.fits || (b.count ?? 0) - (a.count ?? 0) || (a.label < b.label ? -1 : 1));
  return good.slice(0, MOST);
}

function option(one, type, section, rank, count, declared, terms, words) {
  const said = count ? words.statements.replace("{}", count.toLocaleString(document.documentElement.lang)) : "";
  return {
    label: one.id,
    detail: one.label,
    type,
    rank,
    count,
    words: one.words,
    topics: one.topics,
    section: section ? { name: section, rank } : undefined,
    info: () => about(one, words[type], type === "property" ? said : ""),
    apply: (view, _, from, to) => insert(view, one.id, from, to, declared, terms),
  };
}

/** A variable named after the class that a property leads to. */
function named(property, terms, words) {
  return terms.narrow(property?.to ?? []).slice(0, 3).filter((one) => one.includes(":") && !one.startsWith("xsd:")).map((one) => {
    const local = one.split(":")[1].replace(/\W/g, "");
    const label = `?${local.charAt(0).toLowerCase()}${local.slice(1)}`;
    return { label, type: "variable", detail: terms.byId.get(one)?.label ?? "", rank: 2, words: [folded(label.slice(1))] };
  });
}

function variables(tokens, typed, words) {
  const names = new Set(tokens.filter((token) => token.kind === "variable" && token.text !== typed).map((token) => token.text));
  return [...names].map((label) => ({ label, type: "variable", detail: words.variable, rank: 2, words: [folded(label.slice(1))] }));
}

/** Writes a name, and the line that declares its prefix where that is missing, in one step. */
export function insert(view, name, from, to, declared, terms) {
  const prefix = name.startsWith("<") ? "" : name.split(":")[0];
  const missing = prefix && !declared.has(prefix) && terms.prefixes[prefix];
  const changes = [{ from, to, insert: name }];
  const line = missing ? `PREFIX ${prefix}: <${missing}>\n` : "";
  if (line) changes.unshift({ from: 0, insert: line });
  view.dispatch({ changes, selection: { anchor: from + line.length + name.length }, userEvent: "input.complete" });
}

/** A box with what a term or thing is called, what it is, and its definition. */
export function about(one, kind, said) {
  const box = document.createElement("div");
  const add = (tag, text, className) => {
    if (text) box.append(Object.assign(document.createElement(tag), { textContent: text, className }));
  };
  add("strong", one.label, "");
  add("div", [kind, said].filter(Boolean).join(" · "), "kind");
  add("p", one.about, "");
  return box;
}
