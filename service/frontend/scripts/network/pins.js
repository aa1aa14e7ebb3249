/** The actors that stay marked, as the address says; each change is in the address at once. */
export class Pins {
  all() {
    return new URLSearchParams(location.search).getAll("pin");
  }

  has(name) {
    return this.all().includes(name);
  }

  /** Pins an actor, or no longer; returns whether it is pinned now. */
  toggle(name) {
    const query = new URLSearchParams(location.search);
    const held = query.getAll("pin");
    const left = held.includes(name) ? held.filter((one) => one !== name) : [...held, name];
    query.delete("pin");
    for (const one of left) query.append("pin", one);
    const text = query.toString().replaceAll("%2F", "/");
    history.replaceState(null, "", location.pathname + (text ? `?${text}` : "") + location.hash);
    return left.includes(name);
  }
}
