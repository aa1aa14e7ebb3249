/** Asks whether the query can be read; underlines what cannot, says it below, and mends it on demand. */
import { forceLinting, linter, nextDiagnostic } from "@codemirror/lint";

const DELAY = 450;

export class Faults {
  /** `read` takes the text and a signal, and returns { faults }, or null when it does not know. */
  constructor(read, list, say, words) {
    this.read = read;
    this.list = list;
    this.say = say;
    this.words = words;
    this.faults = [];
    this.asking = null;
    this.last = "";
  }

  /** What CodeMirror needs to underline the faults. */
  get extension() {
    return linter((view) => this.look(view), { delay: DELAY });
  }

  get keys() {
    return [
      { key: "Alt-Enter", run: (view) => this.mend(view, this.faults[0]?.mended[0]) },
      { key: "F8", run: nextDiagnostic },
    ];
  }

  async look(view) {
    const text = view.state.doc.toString();
    const answer = await this.ask(text);
    if (!answer || view.state.doc.toString() !== text) return [];
    this.faults = answer.faults;
    this.show(view);
    return this.faults.map((fault) => this.diagnostic(view, fault));
  }

  async ask(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      return await this.read(text, this.asking.signal);
    } catch {
      return null;
    }
  }

  diagnostic(view, fault) {
    const { from, to } = place(view.state.doc, fault);
    const actions = fault.mended.map((one) => ({ name: `${this.words.mend}: ${one.text}`, apply: () => this.mend(view, one) }));
    return { from, to, severity: "error", message: `${fault.text}\n${fault.remedy}`, actions };
  }

  show(view) {
    const said = this.faults.map((fault) => `${fault.text} ${fault.remedy}`).join(" ");
    const fine = this.last && view.state.doc.toString().trim() ? this.words.fine : "";
    if (said !== this.last) this.say(said || fine);
    this.last = said;
    view.contentDOM.setAttribute("aria-invalid", String(Boolean(said)));
    this.list.hidden = !said;
    this.list.replaceChildren(...this.faults.map((fault) => this.item(view, fault)));
  }

  item(view, fault) {
    const item = document.createElement("li");
    const where = this.words.line.replace("{}", fault.line).replace("{}", fault.column);
    const go = button(where, "as-link", () => {
      view.dispatch({ selection: { anchor: place(view.state.doc, fault).from }, scrollIntoView: true });
      view.focus();
    });
    const text = document.createElement("p");
    text.append(go, ` ${fault.text} ${fault.remedy}`);
    item.append(text);
    for (const one of fault.mended) {
      const row = document.createElement("p");
      row.className = "row";
      const key = Object.assign(document.createElement("kbd"), { textContent: "Alt+Enter" });
      row.append(button(this.words.mend, "button", () => this.mend(view, one)), `${one.text} `, key);
      item.append(row);
    }
    return item;
  }

  /** Puts the mended query in place, changing no more than what differs. */
  mend(view, mended) {
    if (!mended) return false;
    replaceBy(view, mended.query);
    this.last = "";
    this.say(this.words.mended);
    view.focus();
    forceLinting(view);
    return true;
  }
}

/** Changes the text into another one by one change between what both begin and end with. */
export function replaceBy(view, text) {
  const old = view.state.doc.toString();
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, text.length) - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) }, userEvent: "input.replace" });
}

function place(doc, fault) {
  const line = doc.line(Math.min(Math.max(fault.line, 1), doc.lines));
  const units = (count) => [...line.text].slice(0, count).join("").length;
  const from = line.from + units(fault.column - 1);
  const rest = line.text.slice(from - line.from);
  const length = fault.length ? units(fault.column - 1 + fault.length) - (from - line.from) : (rest.match(/^[\p{L}\p{N}_:?$.-]+|^\S/u)?.[0].length ?? 0);
  return { from: length || from === line.from ? from : from - 1, to: Math.min(from + length, line.to) };
}

export function button(text, className, run) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className });
  made.addEventListener("click", run);
  return made;
}
