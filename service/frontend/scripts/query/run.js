/** Runs the query without leaving the page: shows how long it takes, stops it on demand, puts the answer in its place.
 *  It is asked of the service, or of the graph in this browser, when there is one. */
import { addCopyButtons } from "../copy.js";

const LONGEST_ADDRESS = 4000;

export class Run {
  constructor(form, outcome, box, say, words, before, locally) {
    Object.assign(this, { form, outcome, box, say, words, before, locally, running: null });
    this.stop = box.querySelector("button");
    this.clock = box.querySelector("span");
    this.stop.addEventListener("click", () => this.running?.abort());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.start();
    });
    addEventListener("popstate", () => location.reload());
  }

  async start() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.before();
    const began = performance.now();
    const tick = () => (this.clock.textContent = this.words.running.replace("{}", seconds(began, 0)));
    const ticking = setInterval(tick, 500);
    tick();
    this.box.hidden = false;
    this.outcome.setAttribute("aria-busy", "true");
    try {
      const query = new FormData(this.form).get("query");
      const nodes = await ((query.trim() && this.locally(query, running.signal)) || this.byService(query, running.signal));
      if (this.running === running) this.show(nodes);
    } catch (error) {
      const why = error.name === "AbortError" ? this.words.stopped.replace("{}", seconds(began, 1)) : this.words.lost;
      this.say(this.outcome.firstElementChild ? `${why} ${this.words.older}` : why, true);
    } finally {
      clearInterval(ticking);
      if (this.running === running) {
        this.running = null;
        this.box.hidden = true;
        this.outcome.removeAttribute("aria-busy");
      }
    }
  }

  async byService(query, signal) {
    const [place] = this.form.action.split("#");
    const address = `${place}?${new URLSearchParams({ query })}`;
    const short = query.length <= LONGEST_ADDRESS;
    const response = await fetch(short ? address : place, {
      method: short ? "GET" : "POST", headers: { Accept: "text/html" }, signal,
      ...(short ? {} : { body: new URLSearchParams({ query }) }),
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (short) history.pushState(null, "", address);
    const found = page.getElementById(this.outcome.id) ?? page.querySelector("main");
    return [...found.childNodes].map((node) => document.importNode(node, true));
  }

  show(nodes) {
    this.outcome.replaceChildren(...nodes);
    addCopyButtons(this.outcome);
    this.outcome.dispatchEvent(new CustomEvent("answered", { bubbles: true }));
    const status = this.outcome.querySelector("[role=status]")?.textContent.trim();
    if (status) this.say(`${this.words.done} ${status}`);
    const head = this.outcome.querySelector("h2, [role=alert]");
    // A heading at the lower edge would hide the answer below it; in the middle, query and answer are both seen.
    head?.scrollIntoView({ block: head.getBoundingClientRect().top > innerHeight / 2 ? "center" : "nearest" });
  }
}

function seconds(began, digits) {
  const passed = (performance.now() - began) / 1000;
  return passed.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
