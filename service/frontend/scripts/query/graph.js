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
    const worker = (this.worker = new Worker(this.about.worker, { type: "module" }));
    // One that was ended may have said something before.
    const ifStill = (then) => (event) => worker === this.worker && then(event);
    worker.onmessage = ifStill(({ data }) => this.hear(data));
    // An error of its script comes with words; where the script itself did not come, there are none.
    worker.onerror = ifStill((event) => this.fail(event instanceof ErrorEvent ? "program" : "fetch"));
    worker.postMessage({ load: { ...this.about, kept: this.kept } });
  }

  /** Ends it and frees its memory; whoever waits for an answer is refused. */
  end() {
    this.leave();
    for (const { refuse } of this.waiting.values()) refuse(stopped());
    this.waiting.clear();
  }

  /** Asks { query }, { query, file: media type, prefixes } or { check: query } as soon as it is there; ends that where `signal` aborts. */
  ask(message, signal) {
    return new Promise((answer, refuse) => {
      if (!this.worker || signal?.aborted) return refuse(stopped());
      const id = (this.asked += 1);
      this.waiting.set(id, { message, answer, refuse });
      if (this.isReady) this.send(id, message);
      signal?.addEventListener("abort", () => this.stop(id), { once: true });
    });
  }

  send(id, message) {
    this.worker.postMessage({ id, ...message });
  }

  stop(id) {
    const one = this.waiting.get(id);
    if (!one) return;
    this.waiting.delete(id);
    one.refuse(stopped());
    if (this.isReady) this.again();
  }

  /** Makes the store anew; those who still wait are answered by the new one. */
  again() {
    this.leave();
    this.begin();
  }

  leave() {
    this.worker?.terminate();
    this.worker = null;
    this.isReady = false;
  }

  hear({ id, answer, fault, ready, ...progress }) {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    if (ready) {
      this.kept = ready.kept;
      this.isReady = true;
      for (const [asked, { message }] of this.waiting) this.send(asked, message);
      this.changed({ ready });
    } else if (fault && one) {
      one.refuse(fault);
      if (fault.kind === "memory") this.again();
    } else if (fault) this.fail(fault.kind);
    else if (one) one.answer(answer);
    else this.changed(progress);
  }

  fail(kind) {
    this.end();
    this.changed({ failed: kind });
  }
}

function stopped() {
  return new DOMException("", "AbortError");
}
