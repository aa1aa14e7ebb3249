/** The graph of a release within this browser: a worker that holds it, its state, and what is asked of it. */

export class Graph {
  /** `about` says where the release is; `changed` is told each new state: { at, done, total }, { ready } or { failed }. */
  constructor(about, changed) {
    Object.assign(this, { about, changed, worker: null, isReady: false, kept: null, waiting: new Map(), asked: 0 });
  }

  get isOn() {
    return this.worker !== null;
  }

  /** Begins to load it; what was fetched and checked once is not fetched again while the page is open. */
  begin() {
    if (typeof WebAssembly === "undefined") return this.fail("program");
    this.worker = new Worker(this.about.worker, { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = () => this.fail("program");
    this.ready = new Promise((resolve) => (this.loaded = resolve));
    this.worker.postMessage({ load: { ...this.about, kept: this.kept } });
  }

  /** Ends it and frees its memory; whoever waits for an answer is refused, as one who stopped it or for `reason`. */
  end(reason = new DOMException("", "AbortError")) {
    this.worker?.terminate();
    this.worker = null;
    this.isReady = false;
    this.loaded?.();
    for (const one of this.waiting.values()) one.refuse(reason);
    this.waiting.clear();
  }

  /** Asks { query }, { query, file: media type } or { check: query }; where `signal` aborts, the store is made anew. */
  async ask(message, signal) {
    while (this.worker && !this.isReady && !signal?.aborted) await Promise.race([this.ready, aborted(signal)]);
    if (!this.worker || signal?.aborted) throw new DOMException("", "AbortError");
    const id = (this.asked += 1);
    const stop = () => this.again();
    signal?.addEventListener("abort", stop, { once: true });
    return new Promise((answer, refuse) => {
      this.waiting.set(id, { answer, refuse });
      this.worker.postMessage({ id, ...message });
    }).finally(() => signal?.removeEventListener("abort", stop));
  }

  again(reason) {
    this.end(reason);
    this.begin();
  }

  hear({ id, answer, fault, ready, ...progress }) {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    if (ready) {
      this.kept = ready.kept;
      this.isReady = true;
      this.loaded();
      this.changed({ ready });
    } else if (fault?.kind === "memory" && one) {
      one.refuse(fault);
      this.again(fault);
    } else if (fault) one ? one.refuse(fault) : this.fail(fault.kind);
    else if (one) one.answer(answer);
    else this.changed(progress);
  }

  fail(kind) {
    this.end();
    this.changed({ failed: kind });
  }
}

function aborted(signal) {
  return new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
}
