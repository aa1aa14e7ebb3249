/** Offers places while someone types a name (APG: editable combobox with a list); what is picked names one place alone. */
const WAIT = 150;
const SHORTEST = 2;

export function addPlaceChoices(root) {
  for (const form of root.querySelectorAll("form.place-chooser")) new PlaceChoice(form, form.querySelector("input[name=place]:not([type=hidden])"));
}

class PlaceChoice {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.asked = "";
    this.waiting = 0;
    this.list = Object.assign(document.createElement("ul"), { id: `${input.id}-choices`, className: "choices", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.choices);
    this.said = Object.assign(document.createElement("span"), { className: "unseen" });
    this.said.setAttribute("role", "status");
    // The place that was picked; without one, the name goes out as it was typed.
    this.picked = Object.assign(document.createElement("input"), { type: "hidden" });
    input.after(this.picked);
    input.parentElement.after(this.list, this.said);
    input.type = "text";
    const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(marks)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]")));
  }

  typed() {
    this.input.name = "place";
    this.picked.removeAttribute("name");
    this.close();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const wanted = (this.asked = this.input.value.trim());
    if (wanted.length < SHORTEST) return;
    const answer = await fetch(`${this.form.action}/suggest?q=${encodeURIComponent(wanted)}`).catch(() => null);
    const found = answer?.ok ? await answer.json() : [];
    // An answer that comes late is of no use.
    if (wanted === this.input.value.trim() && document.activeElement === this.input && !this.picked.name) this.show(found);
  }

  show(found) {
    this.list.replaceChildren(...found.map((one, at) => {
      const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.place = one.place;
      option.dataset.label = one.label;
      option.append(one.label, " ", Object.assign(document.createElement("span"), { className: "soft small", textContent: one.around }));
      return option;
    }));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!!found.length));
    this.said.textContent = `${this.form.dataset.choices}: ${found.length}`;
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = "";
  }

  key(event) {
    const options = [...this.list.children];
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.isComposing) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      event.preventDefault();
      if (!options.length) this.ask();
      // One place of the circle is the field itself.
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      this.mark(options, next < -1 ? options.length - 1 : next >= options.length ? -1 : next);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      this.pick(options[at]);
    } else if (event.key === "Escape" && options.length) {
      event.preventDefault();
      this.close();
    }
  }

  mark(options, at) {
    options.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
  }

  pick(option) {
    if (!option) return;
    this.input.value = option.dataset.label;
    this.picked.value = option.dataset.place;
    this.picked.name = "place";
    this.input.removeAttribute("name");
    this.close();
  }
}
