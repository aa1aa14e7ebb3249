/** Says what a name in the query means: under the pointer in a box, at the caret on demand. */
import { hoverTooltip } from "@codemirror/view";
import { about } from "./complete.js";
import { prefixesIn, tokensOf } from "./tokens.js";

export class Meanings {
  /** `terms` is a promise of Terms; `address` tells of single things, while `isAllowed`. */
  constructor(terms, address, isAllowed, words) {
    Object.assign(this, { terms, address, isAllowed, words, told: new Map() });
  }

  get extension() {
    return hoverTooltip(async (view, at) => {
      const found = await this.at(view.state.doc.toString(), at);
      if (!found) return null;
      const dom = about(found, found.kind, "");
      dom.className = "meaning";
      return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
    });
  }

  /** Says what the name at the caret means. */
  async tell(view, say) {
    const found = await this.at(view.state.doc.toString(), view.state.selection.main.head);
    say(found ? [found.name, found.label, found.kind, found.about].filter(Boolean).join(" – ") : this.words.noMeaning, true);
  }

  async at(text, place) {
    const tokens = tokensOf(text);
    const token = tokens.find(({ kind, from, to }) => ["name", "iri"].includes(kind) && from <= place && place <= to);
    const known = token && (await this.terms.catch(() => null));
    if (!known) return null;
    const declared = prefixesIn(tokens);
    const where = { from: token.from, to: token.to, name: token.text };
    const term = known.byId.get(known.id(token.text, declared));
    if (term) return { ...where, label: term.label, kind: this.kind(known, term), about: term.about };
    const [prefix] = token.text.split(":", 1);
    const iri = token.kind === "iri" ? token.text.slice(1, -1) : declared.has(prefix) && declared.get(prefix) + token.text.slice(prefix.length + 1);
    const thing = iri && (await this.thing(iri));
    return thing?.label ? { ...where, label: thing.label, kind: thing.class, about: "" } : null;
  }

  kind(known, term) {
    const kinds = { class: known.classes, property: known.properties, concept: known.concepts };
    return this.words[Object.keys(kinds).find((one) => kinds[one].includes(term))];
  }

  /** What the service says of a thing, asked once. */
  async thing(iri) {
    if (!this.told.has(iri) && this.isAllowed()) {
      const response = await fetch(`${this.address}?iri=${encodeURIComponent(iri)}`).catch(() => null);
      this.told.set(iri, response?.ok ? await response.json() : null);
    }
    return this.told.get(iri);
  }
}
