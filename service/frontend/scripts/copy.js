/** Puts a button after each element that names its label in data-copy; the button copies its text. */
export function addCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const element of root.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.textContent = element.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(element.value ?? element.textContent);
      button.textContent = element.dataset.copied;
      setTimeout(() => (button.textContent = element.dataset.copy), 2000);
    });
    element.after(button);
  }
}
