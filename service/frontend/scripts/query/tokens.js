/** Splits a query into tokens that together are the whole text: { kind, text, from, to }. */
const LETTER = "\\p{L}";
const LOCAL = "(?:[\\p{L}\\p{M}\\p{N}_:]|%[0-9A-Fa-f]{2}|\\\\.)";
const TOKEN = new RegExp(
  [
    "(?<space>\\s+)",
    "(?<comment>#[^\\n\\r]*)",
    `(?<string>"""(?:"{0,2}(?:[^"\\\\]|\\\\[^]))*"""|'''(?:'{0,2}(?:[^'\\\\]|\\\\[^]))*'''|"(?:[^"\\\\\\n\\r]|\\\\.)*"|'(?:[^'\\\\\\n\\r]|\\\\.)*')`,
    "(?<iri><[^\\x00-\\x20<>\"{}|^`\\\\]*>)",
    "(?<variable>[?$][\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_]*)",
    "(?<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
    `(?<name>(?:[${LETTER}_](?:[\\p{L}\\p{M}\\p{N}_.-]*[\\p{L}\\p{M}\\p{N}_-])?)?:(?:${LOCAL}(?:(?:${LOCAL}|[.-])*(?:${LOCAL}|-))?)?)`,
    `(?<word>[${LETTER}_][\\p{L}\\p{N}_]*)`,
    "(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)",
    "(?<sign>\\^\\^|&&|\\|\\||!=|<=|>=|[^])",
  ].join("|"),
  "uy",
);

export function tokensOf(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  for (let match; TOKEN.lastIndex < text.length && (match = TOKEN.exec(text)); ) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    found.push({ kind, text: match[0], from: match.index, to: TOKEN.lastIndex });
  }
  return found;
}

/** The namespaces that the PREFIX lines declare, by prefix. */
export function prefixesIn(tokens) {
  const kept = tokens.filter((token) => token.kind !== "space" && token.kind !== "comment");
  const found = new Map();
  kept.forEach((token, at) => {
    if (token.kind === "word" && token.text.toUpperCase() === "PREFIX" && kept[at + 1]?.kind === "name")
      found.set(kept[at + 1].text.slice(0, -1), kept[at + 2]?.text.slice(1, -1) ?? "");
  });
  return found;
}
