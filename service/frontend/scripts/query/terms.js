/** The classes, properties and concepts of the release, and what a query says of the class of a variable. */
const TYPE = new Set(["a", "A", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);

export const isType = (path) => path.length === 1 && TYPE.has(path[0]);

export class Terms {
  constructor(data) {
    this.prefixes = data.prefixes;
    this.classes = data.classes;
    this.properties = data.properties;
    this.concepts = data.concepts;
    this.byId = new Map([...data.classes, ...data.properties, ...data.concepts].map((one) => [one.id, one]));
    for (const one of this.byId.values()) {
      one.topics = folded([one.about, ...(one.topics ?? [])].join(" "));
      one.words = [one.id, one.id.split(":").at(-1), one.label, ...one.also].map(folded);
    }
  }

  /** The id of a term, however the query abbreviates it. */
  id(text, declared) {
    if (this.byId.has(text)) return text;
    const [prefix] = text.split(":", 1);
    const iri = text.startsWith("<") ? text.slice(1, -1) : (declared.get(prefix) ?? "") + text.slice(prefix.length + 1);
    for (const [name, space] of Object.entries(this.prefixes))
      if (iri.startsWith(space) && this.byId.has(`${name}:${iri.slice(space.length)}`)) return `${name}:${iri.slice(space.length)}`;
    return text;
  }

  /** The classes that `subject` has by what the query says: named, or reached by a property; narrow ones first. */
  classesOf(subject, triples, declared) {
    const id = (text) => this.id(text, declared);
    const named = triples.filter((one) => one.subject === subject && isType(one.path)).map((one) => id(one.object));
    if (named.length) return named;
    const reached = triples.filter((one) => one.object === subject && one.path.length);
    return this.narrow(reached.flatMap((one) => this.endsOf(id(one.path.at(-1)))));
  }

  /** Where a property leads. */
  endsOf(property) {
    return this.byId.get(property)?.to ?? [];
  }

  /** Whether a thing of these classes may stand where one of `wanted` does; where nothing is known, all may. */
  fits(classes, wanted) {
    const all = classes.flatMap((one) => [one, ...(this.byId.get(one)?.above ?? [])]);
    return !wanted.length || !classes.length || all.some((one) => wanted.includes(one));
  }

  /** Without the classes that stand above another of them. */
  narrow(classes) {
    const above = new Set(classes.flatMap((one) => this.byId.get(one)?.above ?? []));
    const narrow = classes.filter((one) => !above.has(one));
    return [...new Set(narrow.length ? narrow : classes)];
  }

  /** How much a property belongs to the classes: the number of statements, 0 for allowed, undefined for neither. */
  belongs(property, classes) {
    const all = new Set(classes.flatMap((one) => [one, ...(this.byId.get(one)?.above ?? [])]));
    const counts = Object.entries(property.of).filter(([name]) => all.has(name)).map(([, count]) => count);
    return counts.length ? Math.max(...counts) : undefined;
  }
}

/** How well a term fits what was typed: 0 for not at all, 3 for the beginning of one of its names; 0.5 for a word of
 *  what it is about, its definition or that of its terms. */
export function fit(words, typed, topics = "") {
  let best = 0;
  for (const word of words) {
    if (word.startsWith(typed)) return 3;
    if (best < 2 && word.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(typed))) best = 2;
    if (!best && typed.length > 2 && word.includes(typed)) best = 1;
  }
  if (!best && typed.length > 2 && topics.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(typed))) return 0.5;
  return best;
}

export function folded(text) {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
}
