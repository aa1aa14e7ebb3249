/** Why the engine may not be asked a query that it would answer otherwise than SPARQL 1.1 says. */
import { tokensOf } from "./tokens.js";

/**
 * Returns { kind, name }: "graph" for a subquery within GRAPH ?name that does not name ?name or limits its rows,
 * "label" for BNODE with an argument; null for a query that may be asked.
 */
export function refusal(query) {
  const tokens = tokensOf(query).filter(({ kind }) => kind !== "space" && kind !== "comment");
  const groups = [{ graph: "" }];
  let graph = null;
  let chosen = null;
  let depth = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    const here = groups.at(-1);
    const word = kind === "word" ? text.toUpperCase() : "";
    if (text === "{") {
      if (chosen && !chosen.has(here.graph)) return { kind: "graph", name: here.graph };
      groups.push({ graph: graph ?? here.graph });
      graph = chosen = null;
    } else if (text === "}") groups.length > 1 && groups.pop();
    else if (text === "(") depth += 1;
    else if (text === ")") depth -= 1;
    else if (tokens[at - 1]?.text.toUpperCase() === "GRAPH" && tokens[at - 1].kind === "word") graph = kind === "variable" ? text.slice(1) : "";
    else if (word.startsWith("SELECT") && here.graph) [here.isSubquery, chosen, depth] = [true, new Set(), 0];
    else if (/^(LIMIT|OFFSET)/.test(word) && here.isSubquery) return { kind: "graph", name: here.graph };
    else if (word === "BNODE" && tokens[at + 1]?.text === "(" && tokens[at + 2]?.text !== ")") return { kind: "label" };
    else if (kind === "variable" && chosen && !depth) chosen.add(text.slice(1));
  }
  return null;
}
