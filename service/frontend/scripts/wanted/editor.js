// The query page with all its comforts; without this file it is a form with a text field, a list of links, and answers.
import { Faults, replaceBy } from "../query/faults.js";
import { formatted } from "../query/format.js";
import { makeGallery } from "../query/gallery.js";
import { Past } from "../query/history.js";
import { Local } from "../query/local.js";
import { localAnswer } from "../query/local-answer.js";
import { mount } from "../query/mount.js";
import { Meanings } from "../query/meaning.js";
import { Run } from "../query/run.js";
import { Terms } from "../query/terms.js";
import { namedThings } from "../query/things.js";

const at = (name) => document.querySelector(`[data-editor="${name}"]`);
const form = at("form");
const words = JSON.parse(form.dataset.words);
const area = form.querySelector("textarea[name=query]");
const said = at("said");

function say(text, seen = false) {
  said.textContent = text;
  said.classList.toggle("unseen", !seen);
}

const terms = fetch(form.dataset.terms).then((response) => response.json()).then((data) => new Terms(data));
terms.catch(() => {});
const prefixes = terms.then((known) => known.prefixes);
prefixes.catch(() => {});
const local = at("local") && new Local(at("local"), words, prefixes);
const readByService = async (text, signal) => {
  const headers = { "Content-Type": "application/sparql-query", Accept: "application/json" };
  const response = await fetch(form.dataset.check, { method: "POST", body: text, headers, signal });
  return response.ok ? response.json() : null;
};
const faults = new Faults((...asked) => (local?.isOn ? local.check(...asked) : readByService(...asked)), at("faults"), say, words);
const run = () => (form.requestSubmit(), true);
const shape = (view) => {
  const text = formatted(view.state.doc.toString());
  const differs = text !== view.state.doc.toString();
  if (differs) replaceBy(view, text);
  say(differs ? words.formatted : words.asItIs, true);
  return true;
};
const meanings = new Meanings(terms, form.dataset.named, () => !local?.isOn, words);
const keys = [
  { key: "Mod-Enter", run },
  { key: "Shift-Alt-f", run: shape },
  { key: "F2", run: (view) => (meanings.tell(view, say), true) },
];
// While queries are answered in this browser, nothing that is typed goes elsewhere.
const things = namedThings(terms, form.dataset.things, () => !local?.isOn);
const view = mount(area, at("host"), { terms, things, meanings, faults, words, keys });
const load = (text) => {
  past.add(view.state.doc.toString());
  replaceBy(view, text);
  view.dispatch({ selection: { anchor: 0 }, scrollIntoView: true });
  view.focus();
};
const past = new Past(at("past"), load, say, words);
makeGallery(at("gallery"), load, say, words);
const locally = (query, signal) => (local?.isOn ? localAnswer(local, query, signal) : null);
new Run(form, document.getElementById("outcome"), at("running"), say, words, () => past.add(area.value), locally);

for (const one of document.querySelectorAll("[data-needs-editor]")) one.hidden = false;
at("format").addEventListener("click", () => (shape(view), view.focus()));
at("link").addEventListener("click", async () => {
  const link = `${form.action.split("#")[0]}?${new URLSearchParams({ query: area.value })}`;
  if (link.length > 7000) return say(words.tooLong, true);
  await navigator.clipboard?.writeText(link).catch(() => {});
  history.replaceState(null, "", link);
  say(words.copied, true);
});
if (document.querySelector("#answer")) past.add(area.value);
// What was written and not run stands there as well when the page is left.
const given = area.value;
addEventListener("pagehide", () => area.value !== given && past.add(area.value));

export { formatted, local };
