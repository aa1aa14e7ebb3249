/** Searches the questions as one types, narrows them by tag, and puts the chosen one into the editor. */
import { folded } from "./terms.js";

export function makeGallery(box, load, say, words) {
  const search = box.querySelector("input");
  const items = [...box.querySelectorAll("[data-tags]")];
  const chips = [...box.querySelectorAll("[data-tag]")];
  const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.words}`));
  let tag = "";
  box.querySelector("[data-search]").hidden = false;

  const show = () => {
    const wanted = folded(search.value).split(/\s+/).filter(Boolean);
    items.forEach((item, at) => {
      const tagged = !tag || item.dataset.tags.split("|").includes(tag);
      item.hidden = !tagged || !wanted.every((word) => texts[at].includes(word));
    });
    const count = items.filter((item) => !item.hidden).length;
    box.querySelector("output").textContent = words.shown.replace("{}", count).replace("{}", items.length);
  };
  search.addEventListener("input", show);
  for (const chip of chips)
    chip.addEventListener("click", () => {
      tag = tag === chip.dataset.tag ? "" : chip.dataset.tag;
      for (const one of chips) one.setAttribute("aria-pressed", String(one.dataset.tag === tag));
      show();
    });
  box.addEventListener("keydown", (event) => move(event, search, items));
  box.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-query]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const response = await fetch(link.dataset.query).catch(() => null);
    if (!response?.ok) return location.assign(link.href);
    load(await response.text());
    say(words.loaded);
  });
  show();
}

/** The arrow keys go through the questions that are shown, and back into the search. */
function move(event, search, items) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = items.filter((item) => !item.hidden).map((item) => item.querySelector("a"));
  const at = links.indexOf(event.target);
  if (!step || (at < 0 && event.target !== search)) return;
  event.preventDefault();
  (links[at + step] ?? (step < 0 ? search : links.at(-1)))?.focus();
}
