/** The switch by which queries are answered in this browser: it loads the graph, says how far that is, and ends it. */
import { Names } from "./cells.js";
import { Graph } from "./graph.js";

export class Local {
  /** `prefixes` is a promise of the namespaces that queries know by a prefix. */
  constructor(box, words, prefixes) {
    const about = JSON.parse(box.dataset.about);
    Object.assign(this, { about, prefixes });
    this.words = { ...words, ...about.words };
    this.switch = box.querySelector("input");
    this.progress = box.querySelector("[data-progress]");
    this.state = box.querySelector("[role=status]");
    this.graph = new Graph(about, (state) => this.show(state));
    this.names = new Names(this.graph, about.names);
    this.switch.addEventListener("change", () => (this.switch.checked ? this.begin() : this.end(this.words.ended)));
    this.progress.querySelector("button").addEventListener("click", () => {
      this.end(this.words.cancelled);
      this.switch.focus();
    });
  }

  get isOn() {
    return this.graph.isOn;
  }

  begin() {
    this.say(this.words.begun);
    this.graph.begin();
  }

  end(said) {
    this.graph.end();
    this.switch.checked = false;
    this.progress.hidden = true;
    this.say(said);
  }

  /** Says where `query` cannot be read, as the service would; null while that is not known. */
  async check(query) {
    if (!this.graph.isReady) return null;
    const fault = await this.graph.ask({ check: query }).catch((fault) => fault);
    if (!fault) return { faults: [] };
    if (!fault.kind) return null;
    const { line = 1, column = 1 } = fault;
    const [text, remedy] = this.explained(fault);
    const start = fault.kind === "prefix" && (await this.prefixes)[fault.name];
    const declared = `PREFIX ${fault.name}: <${start}>`;
    return { faults: [{ line, column, length: 0, text, remedy, mended: start ? [{ text: declared, query: `${declared}\n${query}` }] : [] }] };
  }

  /** What went wrong with a query, and what to do. */
  explained({ kind, name }) {
    return this.words.faults[kind].map((words) => words.replaceAll("{}", name ?? ""));
  }

  show({ at, done, total, ready, failed }) {
    if (failed) return this.fail(failed);
    this.progress.hidden = Boolean(ready);
    if (ready) return this.say(this.words.ready.replace("{}", number(ready.statements)), "good");
    const [bar, words] = this.progress.children;
    const share = total ? Math.min(1, done / total) : 0;
    if (total) bar.value = share;
    else bar.removeAttribute("value");
    const figures = at === "data" ? [megabytes(done), megabytes(total)] : [Math.round(share * 100)];
    words.textContent = figures.reduce((text, figure) => text.replace("{}", figure), this.words[at] ?? "");
  }

  fail(kind) {
    this.end();
    this.say((this.words.troubles[kind] ?? this.words.troubles.failed).join(" "), "fault");
  }

  say(text = "", look = "soft") {
    this.state.textContent = text;
    this.state.className = `notice small ${look}`;
  }
}

export function number(value, digits = 0) {
  return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
}

function megabytes(bytes) {
  return (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
}
