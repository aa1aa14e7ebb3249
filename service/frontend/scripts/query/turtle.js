/** Writes statements as Turtle, as the service does: those of a subject together, names in short, numbers bare. */
const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const BARE = {
  boolean: /^(true|false)$/,
  integer: /^[+-]?\d+$/,
  decimal: /^[+-]?\d*\.\d+$/,
  double: /^[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d+$/,
};
const PLAIN_NAME = /^[\p{L}\d_]([\p{L}\d_.-]*[\p{L}\d_-])?$/u;

/** `quads` are sorted by subjects and their properties; only prefixes that are needed are declared. */
export function turtle(quads, prefixes) {
  const used = new Set();
  const name = ({ value }) => {
    const cut = Math.max(value.lastIndexOf("#"), value.lastIndexOf("/")) + 1;
    const prefix = PLAIN_NAME.test(value.slice(cut)) && Object.keys(prefixes).find((one) => prefixes[one] === value.slice(0, cut));
    if (!prefix) return `<${value}>`;
    used.add(prefix);
    return `${prefix}:${value.slice(cut)}`;
  };
  const term = (node) => {
    if (node.termType === "NamedNode") return name(node);
    const datatype = node.termType === "Literal" && !node.language && node.datatype.value;
    if (!datatype || datatype === `${XSD}string`) return node.toString();
    if (BARE[datatype.replace(XSD, "")]?.test(node.value)) return node.value;
    return `${node.toString().slice(0, -node.datatype.toString().length)}${name(node.datatype)}`;
  };
  let text = "";
  let before;
  for (const { subject, predicate, object } of quads) {
    if (before?.subject.equals(subject) && before.predicate.equals(predicate)) text += ` , ${term(object)}`;
    else {
      const start = before?.subject.equals(subject) ? " ;\n\t" : `${before ? " .\n" : ""}${term(subject)} `;
      text += `${start}${predicate.value === TYPE ? "a" : name(predicate)} ${term(object)}`;
    }
    before = { subject, predicate };
  }
  const declared = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`);
  return before ? `${declared.join("")}${text} .\n` : "";
}
