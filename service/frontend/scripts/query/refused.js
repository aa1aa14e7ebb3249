/** Why the engine may not be asked a query that it would answer otherwise than SPARQL 1.1 says. */
import { readOtherwise } from "./search-patterns.js";
import { tokensOf } from "./tokens.js";

/**
 * Returns { kind, name, at }: "graph" for a subquery within GRAPH ?name that does not name ?name or limits its rows,
 * "label" for BNODE with an argument, "service" for SERVICE, wherever it stands, "pattern" for REGEX or REPLACE with the sign `name`, `at` where its reason stands;
 * null for a query that may be asked.
 */
export function refusal(query) {
  const tokens = tokensOf(query).filter(({ kind }) => kind !== "space" && kind !== "comment");
  const service = tokens.find(({ kind, text }) => kind === "word" && text.toUpperCase().includes("SERVICE"));
  if (service) return { kind: "service", at: service.from };
  const groups = [{ graph: "", depth: 0 }];
  for (const [index, { kind, text, from: at }] of tokens.entries()) {
    const here = groups.at(-1);
    const word = kind === "word" ? text.toUpperCase() : "";
    if (text === "{") {
      // Within a parenthesis it is the pattern of an EXISTS, and what is chosen goes on after it.
      const ends = here.chosen && !here.depth;
      if (ends && !here.chosen.has(here.graph)) return { kind: "graph", name: here.graph, at: here.selectAt };
      groups.push({ graph: here.nextGraph ?? here.graph, depth: 0 });
      Object.assign(here, { nextGraph: undefined, chosen: ends ? undefined : here.chosen });
    } else if (text === "}") groups.length > 1 && groups.pop();
    else if (text === "(") here.depth += 1;
    else if (text === ")") here.depth -= 1;
    else if (tokens[index - 1]?.text.toUpperCase() === "GRAPH" && tokens[index - 1].kind === "word")
      here.nextGraph = kind === "variable" ? text.slice(1) : "";
    else if (word.startsWith("SELECT") && here.graph) Object.assign(here, { isSubquery: true, selectAt: at, chosen: new Set(), depth: 0 });
    else if (/^(LIMIT|OFFSET)/.test(word) && here.isSubquery) return { kind: "graph", name: here.graph, at };
    else if (word === "BNODE" && tokens[index + 1]?.text === "(" && tokens[index + 2]?.text !== ")") return { kind: "label", at };
    else if (kind === "variable" && here.chosen && !here.depth) here.chosen.add(text.slice(1));
    else if (word === "REGEX" || word === "REPLACE") {
      const name = readOtherwise(tokens, index);
      if (name) return { kind: "pattern", name, at };
    }
  }
  return null;
}
