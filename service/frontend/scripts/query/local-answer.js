/** Shows what the graph in this browser answers, as the service shows its answers: table, raw text, files. */
import { addRowSearch } from "../rows.js";
import { Cells, make } from "./cells.js";
import { number } from "./local.js";
import { order } from "./order.js";

const PAGE_ROWS = 200;
const MOST_SORTED = 5000;
const MOST_CHARACTERS = 200_000;
// So many rows fill that many characters, however short they are.
const MOST_RAW = MOST_CHARACTERS / 8;
const SOON_MS = 300;

/** Answers { query } and returns the elements to show; an abort goes on to the one who asked. */
export async function localAnswer(local, query, signal) {
  try {
    const found = await local.graph.ask({ query }, signal);
    return await new Answer(local, query, found, await local.prefixes).made();
  } catch (fault) {
    if (fault instanceof Error || fault instanceof DOMException) throw fault;
    return problem(local, fault, query);
  }
}

class Answer {
  constructor(local, query, found, prefixes) {
    Object.assign(this, { local, query, found, prefixes, words: local.words, page: 1, sort: "", down: false, raw: false });
    this.names = local.names;
    this.cells = new Cells(this.names, prefixes, this.words);
    this.formats = local.about.formats[{ SELECT: "rows", ASK: "yes" }[found.form] ?? "graph"];
    this.body = make("div");
    [this.above, this.below] = [1, 2].map(() => make("p", { className: "small soft", attributes: { role: "status" } }));
  }

  async made() {
    const { form, rows, yes, seconds } = this.found;
    const { words } = this;
    const [one, many] = form === "SELECT" ? words.rows : words.statements;
    const count = form === "ASK" ? words.yesOrNo : (rows.length === 1 ? one : many).replace("{}", number(rows.length));
    const status = [count, words.seconds.replace("{}", number(Math.max(seconds, 0.001), 3)), words.release].join(" · ");
    const section = make("section", { id: "answer", className: "answer" }, make("h2", { className: "section-line" }, words.answer),
      make("p", { attributes: { role: "status" } }, status),
      make("div", { className: "on-paper" }, make("h3", {}, words.query), make("pre", {}, make("code", {}, this.query))));
    if (form === "ASK") section.append(make("p", { className: "lead" }, make("b", {}, yes ? words.yes : words.no)));
    else if (!rows.length) section.append(make("p", { className: "notice" }, words.empty));
    else {
      section.append(this.above, this.body);
      await this.show();
    }
    section.append(make("p", { className: "files-head" }, words.files), this.files(), this.below, this.further());
    return [section];
  }

  async show() {
    const inside = this.raw ? await this.rawText() : await this.table();
    this.body.replaceChildren(this.views(), ...inside);
    addRowSearch(this.body);
  }

  views() {
    const view = (raw, word) => make("li", {}, this.button(word, () => (this.raw = raw), raw === this.raw && "page"));
    return make("nav", { className: "views", attributes: { "aria-label": this.words.views } },
      make("ul", {}, view(false, this.words.table), view(true, this.words.raw)));
  }

  /** A button that changes what is shown; the focus stays on it, or goes to what is shown when it is gone. */
  button(word, change, current = "") {
    const made = make("button", { type: "button", className: "as-link", attributes: current ? { "aria-current": current } : {} }, word);
    made.addEventListener("click", () => this.meanwhile(this.above, async () => {
      change();
      await this.show();
      const same = [...this.body.querySelectorAll("button")].find((one) => one.textContent === made.textContent);
      (same ?? this.body.querySelector("[role=region]")).focus();
    }));
    return made;
  }

  /** Does one thing at a time; says at `place` that it is being done when it takes long, and why it is not when it cannot be. */
  async meanwhile(place, work) {
    if (this.isBusy) return;
    this.isBusy = true;
    const saying = setTimeout(() => (place.textContent = this.words.computing), SOON_MS);
    const why = await work().then(() => "", (fault) => {
      if (fault instanceof Error && !(fault instanceof DOMException)) throw fault;
      return this.local.isOn ? this.words.faults.failed.join(" ") : this.words.ended;
    }).finally(() => {
      clearTimeout(saying);
      place.textContent = "";
      this.isBusy = false;
    });
    place.textContent = why;
  }

  async table() {
    const { columns, rows } = this.found;
    const pages = Math.ceil(rows.length / PAGE_ROWS);
    const canSort = rows.length > 1 && rows.length <= MOST_SORTED;
    if (this.sort) await this.names.find(rows.map((row) => row[this.sort]));
    const ordered = this.sort ? order(rows, this.sort, this.down, (iri) => this.cells.called(iri)) : rows;
    const shown = ordered.slice((this.page - 1) * PAGE_ROWS, this.page * PAGE_ROWS);
    await this.names.find(shown.flatMap((row) => columns.map((column) => row[column])));
    const head = make("tr", {}, ...columns.map((column) => this.head(column, canSort)));
    const body = shown.map((row) => make("tr", {}, ...columns.map((column) => make("td", {}, ...this.cells.of(row[column])))));
    const table = make("table", { className: "result" }, make("thead", {}, head), make("tbody", {}, ...body));
    const framed = [...(shown.length > 1 ? [this.rowSearch(shown.length)] : []), frame("div", "table-frame", this.words.answer, table)];
    if (pages < 2) return framed;
    const first = (this.page - 1) * PAGE_ROWS + 1;
    const figures = [first, first + shown.length - 1, rows.length];
    const words = figures.reduce((text, figure) => text.replace("{}", number(figure)), this.words.part);
    return [make("p", { className: "small soft" }, canSort ? words : `${words} ${this.words.unsorted}`), ...framed, this.paging(pages)];
  }

  rowSearch(count) {
    const [label, searched, shown] = this.words.rowSearch;
    const field = make("input", { id: "rows-containing", type: "search", autocomplete: "off", attributes: { "aria-describedby": "rows-searched" } });
    const said = make("p", { className: "small soft" }, make("span", { id: "rows-searched" }, searched.replace("{}", number(count))), " ",
      make("b", { attributes: { role: "status", "data-shown": shown } }));
    return make("div", { className: "row-search", hidden: true, attributes: { "data-rows": "" } },
      make("label", { htmlFor: field.id }, label), field, said);
  }

  head(column, canSort) {
    const word = (this.found.form === "SELECT" ? {} : this.words.statement)[column] ?? column;
    const attributes = { scope: "col" };
    if (this.sort === column) attributes["aria-sort"] = this.down ? "descending" : "ascending";
    const turn = () => Object.assign(this, { down: this.sort === column && !this.down, sort: column, page: 1 });
    return make("th", { attributes }, canSort ? this.button(word, turn) : word);
  }

  paging(pages) {
    const near = [...Array(pages).keys()].map((at) => at + 1).filter((one) => one === 1 || one === pages || Math.abs(one - this.page) < 3);
    const items = near.flatMap((one, at) => {
      const gap = at && one > near[at - 1] + 1 ? [make("li", {}, make("span", { attributes: { "aria-hidden": "true" } }, "…"))] : [];
      const here = make("span", { className: "here", attributes: { "aria-current": "page" } }, make("span", { className: "unseen" }, `${this.words.page} `), number(one));
      return [...gap, make("li", {}, one === this.page ? here : this.button(number(one), () => (this.page = one)))];
    });
    return make("nav", { className: "paging", attributes: { "aria-label": this.words.pages } }, make("ol", {}, ...items));
  }

  async rawText() {
    const text = this.found.form === "SELECT" ? this.rowsAsJson() : await this.file(this.formats[0].type);
    const pre = frame("pre", "", this.words.answer, make("code", {}, text.slice(0, MOST_CHARACTERS)));
    return text.length > MOST_CHARACTERS ? [make("p", { className: "notice" }, this.words.cut), pre] : [pre];
  }

  file(type) {
    return this.local.graph.ask({ query: this.query, file: type, prefixes: this.prefixes });
  }

  rowsAsJson() {
    return JSON.stringify({ head: { vars: this.found.columns }, results: { bindings: this.found.rows.slice(0, MOST_RAW) } }, null, 2);
  }

  files() {
    return make("ul", { className: "formats" }, ...this.formats.map((one) => {
      const made = make("button", { type: "button", className: "as-link" }, one.label);
      made.addEventListener("click", () => this.meanwhile(this.below, () => this.save(one)));
      return make("li", {}, made);
    }));
  }

  async save({ type, ending }) {
    const text = await this.file(type);
    const href = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href, download: `${this.local.about.fileName}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  further() {
    const address = `${location.pathname}?${new URLSearchParams({ query: this.query })}`;
    return make("p", { className: "small further" }, make("a", { href: address }, this.words.onServer), ` ${this.words.onServerGives}`);
  }
}

function problem(local, fault, query) {
  const { line, column } = fault;
  const { words } = local;
  const [text, remedy] = local.explained(fault);
  const place = line ? `${words.line.replace("{}", line).replace("{}", column)}: ` : "";
  const shown = line ? [make("p", { className: "small code" }, query.split("\n")[line - 1] ?? "")] : [];
  return [make("div", { className: "notice fault", attributes: { role: "alert" } },
    make("p", {}, make("b", {}, `${place}${text}`)), make("p", {}, remedy), ...shown)];
}

function frame(name, className, label, inside) {
  return make(name, { className, tabIndex: 0, attributes: { role: "region", "aria-label": label } }, inside);
}
