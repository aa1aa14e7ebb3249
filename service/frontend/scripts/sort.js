/** Turns the heads of table[data-sort] into buttons; numbers sort as numbers, words by the page's language. */
export function makeSortable(root) {
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  for (const table of root.querySelectorAll("table[data-sort]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        const rows = [...table.tBodies[0].rows].sort((a, b) => {
          const [x, y] = [text(a), text(b)];
          const order = x !== "" && y !== "" && !isNaN(x) && !isNaN(y) ? x - y : words.compare(x, y);
          return down ? -order : order;
        });
        table.tBodies[0].append(...rows);
      });
    });
  }
}
