/** Where names stand in a picture that moves: beside their node, each where it covers neither another name nor a node. */
export class Names {
  #taken = [];

  constructor(width) {
    this.width = width;
  }

  /** Takes the room of what is drawn in any case. */
  take(left, top, right, bottom) {
    this.#taken.push([left, top, right, bottom]);
  }

  /** Returns where a name this long begins, right of its node or else left of it; nothing where there is no room. */
  beside({ x, y, size }, long) {
    for (const left of [x + size + GAP, x - size - GAP - long]) {
      const box = [left, y - HALF, left + long, y + HALF];
      if (left < 0 || left + long > this.width || this.#taken.some((other) => meet(box, other))) continue;
      this.take(...box);
      return left;
    }
    return null;
  }
}

const GAP = 3;
const HALF = 8;
const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
