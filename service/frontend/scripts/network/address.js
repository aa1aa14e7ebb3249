/** What the address says of a walk: where someone is, and the actors that stay marked. The way there is kept beside it. */
export class Address {
  get at() {
    return new URLSearchParams(location.search).get("walk");
  }

  get past() {
    return history.state?.past ?? [];
  }

  get pins() {
    return new URLSearchParams(location.search).getAll("pin");
  }

  /** Says where a walk is; each step is one of the browser's history, but for the one that `begins`. */
  say({ at, past }, { pins = this.pins, begins = false } = {}) {
    const query = this.#said(location.search, at, pins);
    history[begins ? "replaceState" : "pushState"]({ past }, "", `${location.pathname}?${query}${location.hash}`);
  }

  /** Has what leads from a part of this page to the same in other order, choice or language lead to where someone is. */
  goesAlong(part) {
    const isHere = ({ origin, pathname }) => origin === location.origin && pathname.slice(3) === location.pathname.slice(3);
    part.addEventListener("formdata", ({ target, formData }) => {
      if (isHere(new URL(target.action)) && !formData.has("actor")) this.#add(formData, this.at, this.pins);
    });
    const lead = ({ target }) => {
      const link = target.closest("a[href]");
      if (link && isHere(link)) link.search = this.#said(link.search, this.at, this.pins);
    };
    // The middle button and the menu of a link open it elsewhere without a click.
    for (const way of ["click", "pointerdown", "contextmenu"]) part.addEventListener(way, lead);
  }

  #said(search, at, pins) {
    return this.#add(new URLSearchParams(search), at, pins).toString().replaceAll("%2F", "/");
  }

  #add(query, at, pins) {
    query.set("walk", at);
    query.delete("pin");
    for (const one of pins) query.append("pin", one);
    return query;
  }
}
