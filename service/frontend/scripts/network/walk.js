/** Where someone is in the network, and which neighbour is chosen next; knows nothing of pictures. */
export class Walk {
  #order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  /** Begins at the first of `starts` that is in the graph, else at the actor with most ties. */
  constructor(graph, starts, past) {
    this.graph = graph;
    const names = graph.filterNodes((_, { kind }) => kind === "actor");
    const most = names.reduce((best, one) => (graph.degree(one) > graph.degree(best) ? one : best), names[0] ?? graph.nodes()[0]);
    this.be(starts.find((name) => graph.hasNode(name)) ?? most, past);
  }

  /** Is at a node, having come by others. */
  be(name, past) {
    this.past = past.filter((one) => this.graph.hasNode(one));
    this.at = name;
    const label = (one) => this.graph.getNodeAttribute(one, "label");
    this.neighbours = this.graph.neighbors(name).sort((one, other) => this.#order.compare(label(one), label(other)));
    this.chosen = -1;
  }

  /** Goes to a node, from where its neighbours can be chosen. */
  go(name) {
    this.be(name, [...this.past, this.at]);
  }

  /** Returns the neighbour that is chosen, if any. */
  get next() {
    return this.neighbours[this.chosen];
  }

  /** Follows a key; tells whether it meant anything. */
  press(key) {
    const count = this.neighbours.length;
    if ((key === "ArrowRight" || key === "ArrowLeft") && count) {
      const step = key === "ArrowRight" ? 1 : -1;
      this.chosen = this.chosen < 0 ? (step > 0 ? 0 : count - 1) : (this.chosen + step + count) % count;
    } else if ((key === "ArrowDown" || key === "Enter") && this.next) {
      this.go(this.next);
    } else if ((key === "ArrowUp" || key === "Backspace") && this.past.length) {
      this.be(this.past.at(-1), this.past.slice(0, -1));
    } else {
      return key.startsWith("Arrow");
    }
    return true;
  }

  /** Returns in words where one is, or what is chosen and how it is tied. */
  words(words) {
    const said = (name) => {
      const { label, kind } = this.graph.getNodeAttributes(name);
      const count = this.graph.degree(name);
      return { label, kind: words.kinds[kind] ?? words.kinds.thing, ties: (count === 1 ? words.tie : words.ties).replace("#", count) };
    };
    if (!this.next) {
      const { label, kind, ties } = said(this.at);
      return `${words.around} ${label}, ${kind}, ${ties}`;
    }
    const { label, kind, ties } = said(this.next);
    const roles = this.graph.getEdgeAttribute(this.graph.edge(this.at, this.next), "roles");
    const place = words.nth.replace("#", this.chosen + 1).replace("#", this.neighbours.length);
    return `${place}: ${label}, ${kind}, ${roles}, ${ties}`;
  }
}
