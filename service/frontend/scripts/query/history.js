/** The queries of this reader, kept in this browser and sent nowhere. */
import { button } from "./faults.js";
import { folded } from "./terms.js";

const KEY = "sorgenetz-queries";
const MOST = 100;

export class Past {
  constructor(box, load, say, words) {
    this.box = box;
    this.load = load;
    this.say = say;
    this.words = words;
    this.list = box.querySelector("ul");
    this.search = box.querySelector("input");
    this.undo = box.querySelector("[data-undo]");
    this.clear = box.querySelector("[data-clear]");
    this.removed = null;
    box.hidden = false;
    this.search.addEventListener("input", () => this.show());
    this.undo.addEventListener("click", () => this.bringBack());
    this.clear.addEventListener("click", () => this.keep([], this.search));
    this.show();
  }

  get kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(found) ? found.filter((one) => typeof one?.query === "string") : [];
    } catch {
      return [];
    }
  }

  add(query) {
    if (!query.trim()) return;
    const others = this.kept.filter((one) => one.query !== query);
    this.write([{ query, at: new Date().toISOString() }, ...others].slice(0, MOST));
    this.show();
  }

  /** Keeps only `entries`, until that is undone; the focus goes on to `next`. */
  keep(entries, next) {
    this.removed = this.kept;
    this.write(entries);
    this.show();
    this.say(this.words.removed);
    (this.undo.hidden ? next : this.undo).focus();
  }

  bringBack() {
    this.write(this.removed ?? this.kept);
    this.removed = null;
    this.show();
    this.search.focus();
  }

  write(entries) {
    try {
      localStorage.setItem(KEY, JSON.stringify(entries));
    } catch {
      // A browser that keeps nothing has no list; everything else works.
    }
  }

  show() {
    const wanted = folded(this.search.value.trim());
    const all = this.kept;
    const found = all.filter((one) => folded(one.query).includes(wanted));
    this.undo.hidden = !this.removed;
    this.clear.hidden = !all.length;
    this.search.parentElement.hidden = all.length < 4 && !this.search.value;
    this.list.replaceChildren(...found.map((one) => this.item(one)));
    if (!all.length) this.list.append(Object.assign(document.createElement("li"), { className: "soft", textContent: this.words.none }));
  }

  item(entry) {
    const item = document.createElement("li");
    // Days are written as everywhere on these pages: "28 Nov 2026", never "Nov 28".
    const { lang } = document.documentElement;
    const day = new Date(entry.at).toLocaleString(lang === "en" ? "en-GB" : lang, { dateStyle: "medium", timeStyle: "short" });
    const gist = entry.query.replace(/^\s*(PREFIX|BASE)\b[^>]*>/gim, "").replace(/\s+/g, " ").trim();
    const open = button(gist.length > 90 ? `${gist.slice(0, 90)}…` : gist || entry.query.slice(0, 90), "as-link code", () => this.load(entry.query));
    const remove = button("×", "button remove", () => this.keep(this.kept.filter((one) => one.query !== entry.query), this.search));
    remove.setAttribute("aria-label", `${this.words.remove}: ${gist.slice(0, 60)}`);
    item.append(open, remove, Object.assign(document.createElement("span"), { className: "small soft", textContent: day }));
    return item;
  }
}
