/** The colours of the editor are those of the page; they follow its light and dark scheme. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "var(--actor)", fontWeight: "650" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: "var(--actor)" },
  { tag: [tags.variableName, tags.propertyName], color: "var(--event)" },
  { tag: [tags.string, tags.url, tags.number, tags.bool, tags.literal], color: "var(--initiative)" },
  { tag: [tags.namespace, tags.typeName, tags.className, tags.labelName], color: "var(--ink)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const underline = (colour) => ({ backgroundImage: "none", textDecoration: `underline wavy ${colour} 1.5px`, textUnderlineOffset: "3px", textDecorationSkipInk: "none" });

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", border: "1px solid var(--strong-line)", borderRadius: "4px", fontSize: "0.88rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace', lineHeight: "1.5", maxHeight: "34rem", overflow: "auto" },
  // The height is that of the text, not of what holds it: a click below the last line is one into the text.
  ".cm-content, .cm-gutter": { minHeight: "18rem" },
  ".cm-content": { padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--soft)", border: "none", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)", fontWeight: "650" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": { backgroundColor: "var(--hatch)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--strong-line)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--fault)" },
  ".cm-lintRange-error": underline("var(--fault)"),
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--strong-line)", borderRadius: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "none", overflow: "hidden", maxWidth: "min(34rem, 88vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem", display: "flex", gap: "1rem", alignItems: "baseline" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--ink)", color: "var(--paper)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": { color: "var(--soft)", borderBottom: "1px solid var(--line)", opacity: "1", padding: "0.3rem 0.6rem", fontSize: "0.8rem" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "auto", color: "var(--soft)", overflow: "hidden", textOverflow: "ellipsis" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { maxWidth: "22rem", padding: "0.6rem 0.8rem", fontFamily: "inherit", fontSize: "0.9rem" },
  // Where there is no room beside the list, it stands below it and covers nothing.
  "@media (max-width: 40rem)": { ".cm-tooltip.cm-completionInfo": { position: "static", maxWidth: "none", margin: "0", border: "none", borderTop: "1px solid var(--line)" } },
  ".cm-completionInfo p": { margin: "0.3rem 0 0" },
  ".cm-completionInfo .kind": { color: "var(--soft)" },
  ".meaning": { maxWidth: "22rem", padding: "0.6rem 0.8rem", fontFamily: "inherit", fontSize: "0.9rem" },
  ".meaning p": { margin: "0.3rem 0 0" },
  ".meaning .kind": { color: "var(--soft)" },
  ".cm-diagnostic": { borderLeftColor: "var(--fault)", maxWidth: "30rem", whiteSpace: "pre-wrap", fontFamily: "inherit" },
  ".cm-diagnosticAction": { backgroundColor: "var(--ink)", color: "var(--paper)", font: "inherit", padding: "0.3rem 0.7rem" },
  "@media print": { ".cm-scroller": { maxHeight: "none", overflow: "visible" } },
});

export const theme = [look, syntaxHighlighting(colours)];
