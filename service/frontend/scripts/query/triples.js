/** Reads the triples of a query, complete or not: which variable has which properties, and what stands at the caret. */
import { tokensOf } from "./tokens.js";

const TERM = new Set(["variable", "iri", "name", "string", "number"]);
const PATH = new Set(["/", "|", "^", "*", "+", "?", "!"]);
const ALONE = new Set(["OPTIONAL", "UNION", "MINUS", "EXISTS", "NOT", "WHERE", "SELECT", "DISTINCT", "REDUCED"]);

/** Returns { triples: [{ subject, path, object }], at: { slot, subject, path } }; slot is subject, path, object,
 *  expression or head. */
export function readTriples(text, caret) {
  const triples = [];
  let at = { slot: "head" };
  let depth = 0;
  let parens = 0;
  let skipBraces = 0;
  let values = false;
  let anonymous = 0;
  const outer = [];
  let now = fresh();
  const seen = (from) => {
    if (from < caret) return;
    if (!at.fixed) at = { ...here(), fixed: true };
  };
  const here = () => {
    if (parens) return { slot: "expression" };
    if (!depth) return { slot: "head" };
    return { slot: now.slot, subject: now.subject, path: [...now.path], joined: now.joined };
  };
  for (const token of tokensOf(text)) {
    if (token.kind === "space" || token.kind === "comment") continue;
    const { kind, text: said } = token;
    // The word the caret is in, or right behind, is the one being written.
    seen(kind === "sign" ? token.from : token.to);
    const word = kind === "word" ? said.toUpperCase() : "";
    if (said === "(") parens += 1;
    else if (said === ")") parens = Math.max(0, parens - 1);
    else if (said === "{") {
      if (values) skipBraces += 1;
      depth += 1;
      parens && (outer.push({ parens }), (parens = 0));
      now = fresh();
    } else if (said === "}") {
      depth = Math.max(0, depth - 1);
      if (skipBraces) skipBraces -= 1;
      values = false;
      now = fresh();
    } else if (skipBraces || parens || !depth) continue;
    else if (word === "VALUES") values = true;
    else if (word === "GRAPH" || word === "SERVICE") now = { ...fresh(), slot: "graph" };
    else if (now.slot === "graph") now = fresh();
    else if (ALONE.has(word) || word === "FILTER" || word === "BIND") now = fresh();
    else if (said === "[") {
      const subject = `[${(anonymous += 1)}`;
      if (now.slot === "object") triples.push({ subject: now.subject, path: now.path, object: subject });
      outer.push({ now });
      now = { ...fresh(), slot: "path", subject };
    } else if (said === "]") {
      const before = outer.pop()?.now;
      now = before ? { ...before, slot: before.slot === "subject" ? "path" : "done" } : fresh();
    } else if (said === ".") now = fresh();
    else if (said === ";") now = { ...now, slot: "path", path: [], joined: false };
    else if (said === ",") now = { ...now, slot: "object" };
    else if (now.slot === "subject" && TERM.has(kind)) now = { ...now, slot: "path", subject: said };
    else if (now.slot === "path" || (now.slot === "object" && PATH.has(said))) {
      if (PATH.has(said)) {
        const further = said === "/" || said === "|" || said === "^" || said === "!";
        now = { ...now, slot: further ? "path" : now.slot, joined: said === "/", alternative: said === "|" };
      } else if (TERM.has(kind) || word === "A")
        now = { ...now, slot: "object", path: now.alternative ? now.path : [...now.path, said], joined: false };
    } else if (now.slot === "object" && (TERM.has(kind) || kind === "word")) {
      triples.push({ subject: now.subject, path: now.path, object: said });
      now = { ...now, slot: "done" };
    }
  }
  seen(Infinity);
  return { triples, at };
}

function fresh() {
  return { slot: "subject", subject: "", path: [], joined: false, alternative: false };
}
