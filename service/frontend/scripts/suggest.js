/** Offers what is likely meant while someone types into a search box; the browser shows it as its own list. */
export function addSuggestions(root) {
  for (const form of root.querySelectorAll("form[role=search]")) {
    const input = form.querySelector("input[name=q]");
    if (!input) continue;
    const list = document.createElement("datalist");
    list.id = `${input.id}-suggestions`;
    input.after(list);
    input.setAttribute("list", list.id);
    let waiting = 0;
    let asked = "";
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        asked = input.value.trim();
        const wanted = asked;
        const answer = await fetch(`${form.action}/suggest?q=${encodeURIComponent(wanted)}`).catch(() => null);
        // An answer that comes late, or none at all, leaves the list as it is.
        if (!answer?.ok || wanted !== asked) return;
        const found = await answer.json();
        list.replaceChildren(...found.map((one) => Object.assign(document.createElement("option"), { value: one.label })));
      }, 150);
    });
  }
}
