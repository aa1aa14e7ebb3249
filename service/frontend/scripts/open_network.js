/** Offers the picture of the network that one can walk through; what draws it is fetched only when it is asked for. */
export function offerNetwork(root) {
  for (const place of root.querySelectorAll("[data-network][data-script]")) {
    if (!place.dataset.script) continue;
    const words = JSON.parse(place.dataset.words);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.open });
    const said = Object.assign(document.createElement("span"), { className: "small" });
    said.setAttribute("role", "status");
    const row = Object.assign(document.createElement("p"), { className: "row open-network" });
    row.append(button, said);
    place.before(row);
    const open = async () => {
      button.disabled = true;
      said.textContent = words.loading;
      try {
        const { openNetwork } = await import(place.dataset.script);
        const canvas = await openNetwork(place, words);
        row.remove();
        return canvas;
      } catch {
        said.textContent = words.failed;
        button.disabled = false;
      }
    };
    button.addEventListener("click", async () => (await open())?.focus());
    // A walk that the address tells goes on where it was; the keyboard stays where pages begin.
    if ("walk" in place.dataset) open();
  }
}
