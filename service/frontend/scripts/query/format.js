/** Puts a query into one shape; only white space and the case of keywords change, or nothing at all. */
import { spelt } from "./keywords.js";
import { tokensOf } from "./tokens.js";

const WIDTH = 90;
const HEADS = new Set(["SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"]);
const BEGINS = new Set(["OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"]);
const APART = new Set(["&&", "||", "=", "!=", "<", ">", "<=", ">="]);
const AFTER_A_GROUP = new Set(["UNION"]);

/** Returns the formatted text; the text itself when that would not be the same query. */
export function formatted(text) {
  const made = new Writer(meaningful(text)).write();
  return same(text, made) ? made : text;
}

function meaningful(text) {
  let spaceBefore = false;
  let lines = 0;
  const found = [];
  for (const token of tokensOf(text)) {
    if (token.kind === "space") {
      spaceBefore = true;
      lines += token.text.split("\n").length - 1;
      continue;
    }
    const said = token.kind === "word" ? spelt(token.text) : token.kind === "comment" ? token.text.trimEnd() : token.text;
    found.push({ kind: token.kind, text: said, spaceBefore, lines });
    spaceBefore = false;
    lines = 0;
  }
  return found;
}

function same(before, after) {
  const plain = (text) => meaningful(text).map((token) => token.text).join("\n");
  return plain(before) === plain(after);
}

class Writer {
  constructor(tokens) {
    this.tokens = tokens;
    this.lines = [];
    this.line = "";
    this.groups = [];
    this.parens = 0;
    this.statement = 0;
    this.columns = false;
    this.condition = false;
  }

  write() {
    this.tokens.forEach((token, at) => this.token(token, at));
    this.newline();
    return this.lines.join("\n").trim() + "\n";
  }

  token(token, at) {
    const before = this.tokens[at - 1];
    const group = this.groups.at(-1);
    if (before && token.lines > 1 && this.line === "" && !group?.inline) this.blank();
    if (token.kind === "comment") return this.comment(token);
    if (group?.inline && token.text !== "}") return this.add(token, before);
    if (token.text === "{") return this.open(token, at);
    if (token.text === "}") return this.close(token, at);
    const word = token.kind === "word" ? token.text : "";
    if (!this.parens && this.begins(word, before)) this.newline();
    if (word && !this.parens && HEADS.has(word)) this.columns = word === "SELECT";
    if (!this.parens && (word === "FILTER" || word === "BIND")) this.condition = true;
    this.add(token, before, at);
    if (token.text === "(") this.parens += 1;
    else if (token.text === ")") this.parens = Math.max(0, this.parens - 1);
    if (this.parens) return;
    if (token.text === ")" && this.condition) {
      this.condition = false;
      if (this.tokens[at + 1]?.text !== ".") this.keepComment(at);
    }
    if (token.text === "." || token.text === ";") {
      this.keepComment(at);
      this.statement = token.text === ";" ? 1 : 0;
    } else if (before?.kind === "name" && token.kind === "iri" && this.tokens[at - 2]?.text === "PREFIX") {
      this.keepComment(at);
      const next = this.tokens[at + 1]?.text;
      if (next !== "PREFIX" && next !== "BASE" && this.line === "") this.blank();
    }
  }

  /** Tells whether a line begins with this keyword. */
  begins(word, before) {
    if (word === "PREFIX" || word === "BASE") return true;
    if (!this.groups.length) return HEADS.has(word) || word === "VALUES";
    if (HEADS.has(word)) return this.groups.at(-1).select || word === "SELECT";
    return BEGINS.has(word) && before?.text !== "NOT" ? this.opensStatement() : false;
  }

  opensStatement() {
    this.newline();
    this.statement = 0;
    return true;
  }

  open(token, at) {
    const before = this.tokens[at - 1];
    const inside = this.inside(at);
    this.columns = this.condition = false;
    const values = this.tokens.slice(Math.max(0, at - 12), at).some((one) => one.text === "VALUES") && this.isData(at);
    const inline = values ? inside.length <= WIDTH && !inside.includes("(") && !inside.includes("#") : this.short(at, inside);
    this.add({ ...token, spaceBefore: true }, before);
    this.groups.push({ inline, values, statement: this.statement, parens: this.parens, select: this.tokens[at + 1]?.text === "SELECT" });
    this.parens = 0;
    if (!inline) {
      this.keepComment(at);
      this.statement = 0;
    }
  }

  close(token, at) {
    const group = this.groups.pop();
    if (!group?.inline) this.newline();
    this.statement = group?.statement ?? 0;
    this.parens = group?.parens ?? 0;
    this.add({ ...token, spaceBefore: true }, this.tokens[at - 1]);
    const next = this.tokens[at + 1];
    if (this.parens || !next || AFTER_A_GROUP.has(next.text) || [".", ")", "}"].includes(next.text) || this.groups.at(-1)?.inline) return;
    if (next.text === "WHERE" || next.text === "{" ) return;
    this.keepComment(at);
    this.statement = 0;
  }

  /** The text up to the brace that closes the one at `at`. */
  inside(at) {
    const found = [];
    for (let depth = 1, next = at + 1; next < this.tokens.length; next += 1) {
      const said = this.tokens[next].text;
      depth += said === "{" ? 1 : said === "}" ? -1 : 0;
      if (!depth) break;
      found.push(said);
    }
    return found.join(" ");
  }

  /** Whether a group is one short statement, which then stays on its line. */
  short(at, inside) {
    const within = this.tokens.slice(at + 1, at + 1 + 40);
    const end = within.findIndex((one) => ["{", "}"].includes(one.text));
    const before = this.tokens[at - 1]?.text;
    if (end < 0 || within[end].text === "{" || inside.length > WIDTH - 20) return false;
    if (before === "WHERE" && !this.groups.length) return false;
    const said = within.slice(0, end);
    const stops = said.filter((one, index) => one.text === "." && index < end - 1).length;
    return !stops && !said.some((one) => one.kind === "comment" || one.text === ";" || BEGINS.has(one.text) || HEADS.has(one.text));
  }

  /** Whether the brace at `at` opens the data of VALUES. */
  isData(at) {
    const kept = this.tokens.slice(0, at).filter((one) => one.kind !== "comment").reverse();
    if (kept[0]?.kind === "variable") return kept[1]?.text === "VALUES";
    const open = kept.findIndex((one) => one.text === "(");
    return kept[0]?.text === ")" && open > 0 && kept[open + 1]?.text === "VALUES";
  }

  comment(token) {
    if (token.lines || !this.lines.length) this.newline();
    this.add({ ...token, spaceBefore: true });
    this.newline();
  }

  /** Ends the line, unless a comment follows that belongs to it. */
  keepComment(at) {
    const next = this.tokens[at + 1];
    if (next?.kind === "comment" && !next.lines) return;
    this.newline();
  }

  add(token, before, at) {
    const tight = !this.line || this.line.endsWith("(") || (!token.spaceBefore && before);
    const data = this.groups.at(-1);
    if (!this.line) {
      const stays = token.text === "}" ? 0 : this.statement;
      this.line = "  ".repeat(this.groups.length + stays + (this.parens ? 1 : 0)) + token.text;
    } else {
      const wide = this.columns && !this.parens && this.line.length + this.columnWidth(token, at) >= WIDTH;
      if (wide && !data?.inline) {
        this.newline();
        this.line = "  ".repeat(this.groups.length + 1) + token.text;
      } else this.line += (this.needsSpace(token, before, tight) ? " " : "") + token.text;
    }
    if (data?.values && !data.inline && token.text === ")") this.newline();
  }

  /** How wide the column of SELECT is that begins here; the line may break before it. */
  columnWidth(token, at) {
    if (token.text !== "(") return token.kind === "variable" ? token.text.length : 0;
    let width = 0;
    for (let depth = 0, next = at; next < this.tokens.length; next += 1) {
      const said = this.tokens[next].text;
      width += said.length + 1;
      depth += said === "(" ? 1 : said === ")" ? -1 : 0;
      if (!depth) break;
    }
    return width;
  }

  needsSpace(token, before, tight) {
    if (["{", "}"].includes(token.text) || ["{", "}"].includes(before?.text)) return true;
    if (token.text === "." || token.text === ";") return !this.parens;
    if (/separator\s*=?$/i.test(this.line)) return !tight;
    if (this.parens && (APART.has(token.text) || APART.has(before?.text))) return true;
    if (token.text === "," || token.text === ")") return false;
    if (before?.text === "(") return false;
    if (before?.text === "," || before?.text === ";") return true;
    return !tight;
  }

  newline() {
    if (this.line.trim()) this.lines.push(this.line.trimEnd());
    this.line = "";
  }

  blank() {
    if (this.lines.length && this.lines.at(-1) !== "") this.lines.push("");
  }
}
