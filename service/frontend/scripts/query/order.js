/** Puts rows in the order of one column, as the service does: numbers before texts, things by their names, empty cells last. */
import { folded } from "./terms.js";

const NUMBER = /(integer|decimal|double|float|int|long|short|byte|unsigned\w+)$/i;

/** `called` says how a thing is shown. */
export function order(rows, column, down, called) {
  const filled = rows.filter((row) => row[column]).map((row) => ({ row, key: key(row[column], called) }));
  const turn = down ? -1 : 1;
  filled.sort((a, b) => {
    const at = a.key.findIndex((part, index) => part !== b.key[index]);
    return at < 0 ? 0 : (a.key[at] < b.key[at] ? -1 : 1) * turn;
  });
  return [...filled.map((one) => one.row), ...rows.filter((row) => !row[column])];
}

function key(term, called) {
  const value = NUMBER.test(term.datatype ?? "") ? Number(term.value) : NaN;
  if (Number.isFinite(value)) return [0, value, "", term.value];
  const text = term.type === "uri" ? called(term.value) : term.value;
  return [1, 0, folded(text), text];
}
