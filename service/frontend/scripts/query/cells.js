/** Makes the cells of an answer as the service makes them: things by their names, texts with their language. */

const LONG = 600;
const START = 160;
const LABELS = { de: 1, "": 2, en: 3 };
const DULL = /^http:\/\/www\.w3\.org\/2002\/07\/owl#(NamedIndividual|Thing)$/;

/** The names of things, asked of the graph by the query that the pages use, each once. */
export class Names {
  constructor(graph, query) {
    Object.assign(this, { graph, query, known: new Map(), language: document.documentElement.lang });
  }

  /** Finds the names of all things in `terms`; afterwards `of` has them. */
  async find(terms) {
    const wanted = [...new Set(terms.filter((term) => term?.type === "uri").map((term) => term.value))].filter((iri) => !this.known.has(iri));
    if (!wanted.length) return;
    const values = wanted.map((iri) => `<${iri}>`).join(" ");
    const { rows } = await this.graph.ask({ query: this.query.replace(/VALUES \?iri \{[^}]*\}/, () => `VALUES ?iri { ${values} }`) });
    for (const iri of wanted) this.known.set(iri, null);
    for (const { iri, label, type } of rows) {
      if (type && !DULL.test(type.value)) this.known.set(iri.value, this.known.get(iri.value) ?? { text: local(iri.value), rank: 9 });
      if (label?.type !== "literal") continue;
      const lang = (label["xml:lang"] ?? "").split("-")[0].toLowerCase();
      const found = { text: label.value.trim(), lang: label["xml:lang"], rank: lang === this.language ? 0 : (LABELS[lang] ?? 4) };
      if (found.text && before(found, this.known.get(iri.value))) this.known.set(iri.value, found);
    }
  }

  of(iri) {
    return this.known.get(iri);
  }
}

function before(one, other) {
  const key = ({ rank, text }) => [rank, text.length, text];
  if (!other) return true;
  const [a, b] = [key(one), key(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at] < b[at];
}

function local(iri) {
  return iri.replace(/[/#]+$/, "").split(/[/#:]/).at(-1) || iri;
}

/** Makes one element; text and elements go inside. */
export function make(name, members = {}, ...inside) {
  const { lang, attributes = {}, ...properties } = members;
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(lang ? { lang, ...attributes } : attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export class Cells {
  constructor(names, prefixes, words) {
    Object.assign(this, { names, prefixes, words });
  }

  /** What stands in the cell of `term`. */
  of(term) {
    if (!term) return [make("span", { className: "unknown" }, this.words.open)];
    if (term.type === "uri") return this.thing(term.value);
    if (term.type === "bnode") return [make("span", { className: "code soft" }, `_:${term.value}`)];
    const lang = term["xml:lang"];
    const tag = lang ? `@${lang}` : /#string$/.test(term.datatype ?? "#string") ? "" : this.curie(term.datatype);
    const shown = make("bdi", { lang }, term.value);
    const text = term.value.length > LONG
      ? make("details", { className: "long" }, make("summary", {}, make("bdi", { lang }, shortened(term.value))), shown)
      : shown;
    return tag ? [text, " ", make("span", { className: "tag" }, tag)] : [text];
  }

  thing(iri) {
    const name = this.names.of(iri);
    if (!name) return [outward(iri, this.curie(iri))];
    const foreign = name.lang && name.lang.split("-")[0] !== this.names.language;
    const text = foreign ? make("span", { lang: name.lang }, name.text) : name.text;
    return [make("a", { href: this.address(iri), title: iri }, text), " ", make("span", { className: "tag iri" }, this.short(iri))];
  }

  /** How a thing is shown: by its name, else in short. */
  called(iri) {
    return this.names.of(iri)?.text ?? this.curie(iri);
  }

  /** Where the page about a thing is. */
  address(iri) {
    const { sn, question } = this.prefixes;
    const things = question.replace(/question\/$/, "");
    const at = `/${this.names.language}`;
    if (iri.startsWith(sn)) return `${at}/ontology#${encodeURIComponent(iri.slice(sn.length))}`;
    if (iri.startsWith(question)) return `${at}/questions/${iri.slice(question.length)}`;
    return iri.startsWith(things) ? `${at}/${iri.slice(things.length)}` : `${at}/thing?iri=${encodeURIComponent(iri)}`;
  }

  short(iri) {
    const [prefix, start] = Object.entries(this.prefixes).reduce((best, one) => (iri.startsWith(one[1]) && one[1].length > best[1].length ? one : best), ["", ""]);
    return prefix ? `${prefix}:${iri.slice(start.length)}` : iri;
  }

  /** An IRI in short where a plain name follows its prefix; others as they are. */
  curie(iri) {
    const short = this.short(iri);
    return /^[a-z-]+:[\p{L}\p{N}_-]+$/u.test(short) ? short : iri;
  }
}

function outward(iri, short) {
  if (!/^https?:\/\/[^/]/.test(iri)) return make("span", { className: "code" }, iri);
  const [title, text] = short === iri ? ["", iri.replace(/https?:\/\//, "")] : [iri, short];
  return make("a", { className: "out", href: iri, title, rel: "noopener noreferrer external" }, text);
}

function shortened(text) {
  return `${text.replace(/\s+/g, " ").trim().slice(0, START - 1).trimEnd()}…`;
}
