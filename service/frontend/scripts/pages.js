// Everything works without this file. It adds: copy a query, sort a table, search its rows, suggest while typing, walk through the network, wait for an answer, run a query with Ctrl+Enter.
import { askAgain } from "./again.js";
import { addPlaceChoices } from "./combobox.js";
import { addCopyButtons } from "./copy.js";
import { offerNetwork } from "./open_network.js";
import { addRowSearch } from "./rows.js";
import { makeSortable } from "./sort.js";
import { addSuggestions } from "./suggest.js";

addCopyButtons(document);
makeSortable(document);
addRowSearch(document);
document.addEventListener("answered", (event) => addRowSearch(event.target));
addSuggestions(document);
addPlaceChoices(document);
offerNetwork(document);
askAgain(document);

for (const area of document.querySelectorAll("textarea[data-run]")) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit();
    }
  });
}
