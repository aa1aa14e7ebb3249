/** Puts a CodeMirror editor in the place of the textarea, which goes on to hold the text that the form sends. */
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { history, historyKeymap, defaultKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./complete.js";
import { theme } from "./theme.js";

/** Styles made by a script stand in the tree below `host`, where the page's policy allows them without an exception. */
export function mount(area, host, { terms, things, meanings, faults, words, keys }) {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    doc: area.value,
    root,
    parent: root,
    extensions: [
      Prec.highest(keymap.of([...keys, ...faults.keys])),
      lineNumbers({ domEventHandlers: { mousedown: toLine } }), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(),
      sparql(), faults.extension, meanings.extension, theme,
      autocompletion({ override: [completions(terms, words), things], icons: false, maxRenderedOptions: 9 }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
      EditorState.phrases.of({ Completions: words.completions }),
      EditorView.contentAttributes.of({ "aria-label": words.query, "aria-description": words.help, spellcheck: "false", autocapitalize: "off" }),
      EditorView.domEventHandlers({ beforeinput: typeOver }),
      EditorView.updateListener.of((update) => update.docChanged && (area.value = update.state.doc.toString())),
    ],
  });
  area.hidden = true;
  document.querySelector(`label[for="${area.id}"]`)?.addEventListener("click", () => view.focus());
  return view;
}

/** Sets the caret at the beginning of the line whose number was clicked, as the text beside it would. */
function toLine(view, line) {
  view.dispatch({ selection: { anchor: line.from } });
  view.focus();
  return true;
}

/** Replaces what is selected: left to itself, the browser would put inline styles there, which the page's policy forbids. */
function typeOver(event, view) {
  if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}
