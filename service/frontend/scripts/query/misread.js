/** Where a query cannot be read, out of what the parser of the graph says of it. */
import { prefixesIn, tokensOf } from "./tokens.js";

// To be set behind each query: the parser reads as many characters as a keyword has before it compares, and at the end
// of the text it would name the end as the place of every mistake.
export const READ_AHEAD = "\n" + " ".repeat(20);
const PLACE = /error at (\d+):(\d+): expected (?:one of )?([^]*)/;
const FUNCTION = /custom (?:aggregate )?function <([^>]*)>/;
const KEYWORD = /^\w+$/;

/** Returns { kind, line, column, name }, lines and columns from 1, `name` that of a prefix; null for other troubles. */
export function misread(query, message) {
  const called = FUNCTION.exec(message)?.[1];
  if (called) return { kind: "syntax", ...place(query.slice(0, callOf(query, called))) };
  const [found, line, column, expected] = PLACE.exec(message) ?? [];
  if (!found) return null;
  const missing = expected.includes("Prefix not found") && undeclared(query);
  if (missing) return { kind: "prefix", name: missing.prefix, ...place(query.slice(0, missing.at)) };
  const told = whole(query, expected);
  if (told) return { kind: "syntax", ...place(query.slice(0, told.from)) };
  const letters = [...query];
  const lines = query.split("\n").slice(0, line - 1);
  let at = [...lines.join("\n")].length + (lines.length ? 1 : 0) + Number(column) - 1 - readAhead(expected);
  at = Math.max(0, Math.min(at, letters.length));
  while (at < letters.length && /\s/.test(letters[at])) at += 1;
  return { kind: "syntax", ...place(letters.slice(0, at).join("")) };
}

/** How far behind the trouble the parser looked; what it expected besides keywords stands where it says. */
function readAhead(expected) {
  const items = expected.split(", ").filter((item) => item !== "[_]");
  return items.length && items.every((item) => KEYWORD.test(item)) ? Math.min(...items.map((item) => item.length)) : 0;
}

/** What is found out only when the parser is behind it: an IRI that is not whole, and a SELECT that does not fit the rest. */
function whole(query, expected) {
  const tokens = tokensOf(query);
  if (expected.includes("IRI parsing failed")) return tokens.find(({ kind, text }) => kind === "iri" && !/^<[a-z][a-z0-9+.-]*:/i.test(text));
  return /SELECT (?:contains|overrides|\*)|in SELECT/.test(expected) && tokens.find(({ kind, text }) => kind === "word" && text.toUpperCase() === "SELECT");
}

/** Where a function that is not known is called, by its IRI or by the end of its name. */
function callOf(query, iri) {
  const local = (text) => text.slice(text.indexOf(":") + 1);
  const isIt = ({ kind, text }) => (kind === "iri" && text === `<${iri}>`) || (kind === "name" && local(text) && iri.endsWith(local(text)));
  return tokensOf(query).find(isIt)?.from ?? 0;
}

function undeclared(query) {
  const tokens = tokensOf(query);
  const declared = prefixesIn(tokens);
  const token = tokens.find(({ kind, text }) => kind === "name" && !declared.has(text.split(":", 1)[0]));
  return token && { prefix: token.text.split(":", 1)[0], at: token.from };
}

/** The line and the column, both from 1, of what stands behind `before`. */
export function place(before) {
  const lines = before.split("\n");
  return { line: lines.length, column: [...lines.at(-1)].length + 1 };
}
