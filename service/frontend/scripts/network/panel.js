/** The frame of the picture: the canvas that takes the keyboard, buttons for the mouse, and a line that says where one is. */
export function panelOf(words) {
  const make = (tag, more, ...inside) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...inside);
    return element;
  };
  const buttons = {};
  for (const name of ["nearer", "farther", "whole", "pin"]) buttons[name] = make("button", { type: "button", className: "button", textContent: words[name] });
  const canvas = make("div", { className: "walk-canvas", tabIndex: 0 });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words.title);
  canvas.setAttribute("aria-describedby", "walk-help");
  const said = make("p", { className: "walk-said" });
  said.setAttribute("role", "status");
  const page = make("a", { textContent: words.page });
  const help = make("p", { id: "walk-help", className: "small soft", textContent: words.help });
  const host = make("div", { className: "walk" }, help, canvas, said, make("p", { className: "row" }, page, ...Object.values(buttons)));
  return {
    host,
    canvas,
    say(text, node, isPinned) {
      said.textContent = text;
      page.href = node.page;
      page.textContent = words.page.replace("#", node.label);
      buttons.pin.disabled = node.kind !== "actor";
      buttons.pin.setAttribute("aria-pressed", String(isPinned));
    },
    on(does) {
      canvas.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (does.key(event.key)) event.preventDefault();
      });
      for (const [name, button] of Object.entries(buttons)) button.addEventListener("click", does[name]);
    },
  };
}
