/** Where a page says that it waits for something, asks for it again until that is there, and says meanwhile how far it is. */
export function askAgain(root) {
  const waiting = root.querySelector("[data-again]");
  if (!waiting) return;
  const later = () => setTimeout(ask, 1000 * waiting.dataset.again);
  const ask = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer && answer.status !== 202) return location.reload();
    const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page?.querySelector("[data-again] span");
    if (said) waiting.querySelector("span").textContent = said.textContent;
    later();
  };
  later();
}
