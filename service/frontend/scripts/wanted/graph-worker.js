// A release in a store of its own, in the browser and beside the page: fetched, checked, loaded, and asked.
import start, { defaultGraph, namedNode, parse, Store } from "oxigraph/web.js";
import program from "oxigraph/web_bg.wasm";
import { readQuery } from "../query/dataset.js";
import { misread, place, READ_AHEAD } from "../query/misread.js";
import { refusal } from "../query/refused.js";
import { turtle } from "../query/turtle.js";

// As in a release: the named graphs say who says it, and each distinct statement stands once in the default graph.
const EACH_ONCE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }";
const QUADS = "application/n-quads";
const TRIPLES = "application/n-triples";
const ROWS = "application/sparql-results+json";
const CSV = "text/csv";
const TURTLE = "text/turtle";
const TYPE = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ";
const PIECE = 1 << 20;

let store;
let nothing;

class Trouble extends Error {}

class Refused extends Error {}

onmessage = async ({ data: { id, load, check, query, file, prefixes } }) => {
  try {
    if (load) await fill(load);
    else if (check !== undefined) postMessage({ id, answer: read(check) && null });
    else postMessage({ id, answer: file ? written(query, file, prefixes) : answered(query) });
  } catch (error) {
    postMessage({ id, fault: fault(error, check ?? query ?? "") });
  }
};

async function fill({ dump, sums, file, bytes, programBytes, kept }) {
  if (!crypto.subtle) throw new Trouble("insecure");
  const code = kept?.code ?? (await fetched(new URL(program, import.meta.url), "program", programBytes));
  await start({ module_or_path: code }).catch(() => {
    throw new Trouble("program");
  });
  const packed = kept?.packed ?? (await checked(await fetched(dump, "data", bytes), sums, file));
  const unpacking = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const quads = new Uint8Array(await new Response(unpacking).arrayBuffer());
  nothing = new Store();
  store = new Store();
  store.load(pieces(quads), { format: QUADS });
  const statements = store.size;
  postMessage({ at: "once" });
  store.update(EACH_ONCE);
  postMessage({ ready: { statements, kept: { code, packed } } }, [code.buffer, packed.buffer]);
}

function* pieces(quads) {
  for (let at = 0; at < quads.length; at += PIECE) {
    postMessage({ at: "load", done: at, total: quads.length });
    yield quads.subarray(at, at + PIECE);
  }
}

async function fetched(address, at, total) {
  const found = [];
  let done = 0;
  postMessage({ at, done, total });
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Trouble("fetch");
    const reader = response.body.getReader();
    for (let piece; !(piece = await reader.read()).done; found.push(piece.value)) {
      done += piece.value.length;
      postMessage({ at, done, total });
    }
    if (total && done !== total) throw new Trouble("fetch");
  } catch {
    throw new Trouble("fetch");
  }
  return new Uint8Array(await new Blob(found).arrayBuffer());
}

/** Returns the bytes, if they are those that the release lists under the name of the file. */
async function checked(bytes, sums, file) {
  const listed = new TextDecoder().decode(await fetched(sums, "check")).split("\n").map((line) => line.split(/ [ *]/));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sum = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (listed.find(([, name]) => name === file)?.[0] !== sum) throw new Trouble("sum");
  return bytes;
}

/** Reads a query without asking anything; throws where it may not be asked or cannot be read, in the order of the service. */
function read(query) {
  const refused = refusal(query);
  if (refused) throw Object.assign(new Refused(), { refused: { ...refused, ...place(query.slice(0, refused.at)) } });
  nothing.query(query + READ_AHEAD);
  return readQuery(query);
}

function answered(query) {
  const { form, ...dataset } = read(query);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  if (form === "SELECT" || form === "ASK") {
    const { head, results, boolean } = JSON.parse(ask(query, dataset, ROWS));
    return { form, yes: boolean, columns: head.vars ?? [], rows: results?.bindings ?? [], seconds: seconds() };
  }
  const found = parse(statements(query, dataset), { format: TRIPLES });
  const rows = found.map((quad) => ({ subject: term(quad.subject), predicate: term(quad.predicate), object: term(quad.object) }));
  return { form, columns: ["subject", "predicate", "object"], rows, seconds: seconds() };
}

/** The answer as the text of a file. */
function written(query, format, prefixes = {}) {
  const { form, ...dataset } = read(query);
  if (format === CSV) return csv(JSON.parse(ask(query, dataset, ROWS)));
  if (form === "SELECT" || form === "ASK") return ask(query, dataset, format);
  const lines = statements(query, dataset);
  if (format === TRIPLES) return lines && `${lines}\n`;
  if (format === TURTLE) return turtle(parse(lines, { format: TRIPLES }), prefixes);
  const made = new Store();
  made.load(lines, { format: TRIPLES, to_graph_name: defaultGraph() });
  return made.dump({ format, from_graph_name: defaultGraph() });
}

/** Rows as CSV; the engine itself sets no quotation marks around a comma in an IRI, and leaves a line empty. */
function csv({ head, results }) {
  const cell = ({ type, value } = { value: "" }) => {
    const text = type === "bnode" ? `_:${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = results.bindings.map((row) => head.vars.map((name) => cell(row[name])));
  const nothing = head.vars.length === 1 ? '""' : "";
  return [head.vars, ...rows].map((cells) => `${cells.join(",") || nothing}\r\n`).join("");
}

/** Each statement once, by subjects, the class of each first. */
function statements(query, dataset) {
  const key = (line) => line.replace(TYPE, "  ");
  const lines = new Set(ask(query, dataset, TRIPLES).split("\n").filter(Boolean));
  return [...lines].sort((a, b) => (key(a) < key(b) ? -1 : 1)).join("\n");
}

/** Several graphs in FROM are merged first: the engine would find a statement of two of them twice. */
function ask(query, { from, named }, format) {
  if (from.length < 2) return store.query(query, { results_format: format });
  const of = (graph) => store.dump({ format: TRIPLES, from_graph_name: namedNode(graph) });
  const merged = new Store();
  const text = from.map(of).join("") + named.map((graph) => of(graph).replaceAll(" .\n", ` <${graph}> .\n`)).join("");
  merged.load(text, { format: QUADS });
  return merged.query(query, { results_format: format, default_graph: defaultGraph(), named_graphs: named.map((graph) => namedNode(graph)) });
}

function term(node) {
  if (node.termType === "NamedNode") return { type: "uri", value: node.value };
  if (node.termType === "BlankNode") return { type: "bnode", value: node.value };
  if (node.language) return { type: "literal", value: node.value, "xml:lang": node.language };
  return { type: "literal", value: node.value, datatype: node.datatype?.value };
}

/** What went wrong, as the page can say it; where a query cannot be read, with the place. */
function fault(error, query) {
  if (error instanceof Trouble) return { kind: error.message };
  if (error instanceof Refused) return error.refused;
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return { kind: "memory" };
  if (/\bservice\b.*not supported/i.test(error.message)) return { kind: "service" };
  return misread(query, error.message) ?? { kind: "failed" };
}
