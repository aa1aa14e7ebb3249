/** Lets a table show only the rows that contain what is typed above it; it looks through the rows on the page, and says so. */
import { folded } from "./query/terms.js";

export function addRowSearch(root) {
  for (const search of root.querySelectorAll("[data-rows][hidden]")) {
    const field = search.querySelector("input");
    const said = search.querySelector("[role=status]");
    const rows = [...search.parentElement.querySelector("table.result").tBodies[0].rows].map((row) => ({ row, text: folded(row.textContent) }));
    field.addEventListener("input", () => {
      const wanted = folded(field.value).split(/\s+/).filter(Boolean);
      for (const { row, text } of rows) row.hidden = !wanted.every((word) => text.includes(word));
      const shown = rows.filter(({ row }) => !row.hidden).length;
      said.textContent = wanted.length ? said.dataset.shown.replace("{}", shown).replace("{}", rows.length) : "";
    });
    search.hidden = false;
  }
}
