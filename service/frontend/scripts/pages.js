// Everything works without this file. It adds: copy a query, sort a table, run a query with Ctrl+Enter.
import { addCopyButtons } from "./copy.js";
import { makeSortable } from "./sort.js";

addCopyButtons(document);
makeSortable(document);

for (const area of document.querySelectorAll("textarea[data-run]")) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit();
    }
  });
}
