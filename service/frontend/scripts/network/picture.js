import Sigma from "sigma";
import { Names } from "./names.js";
import { LARGER, PROGRAMS } from "./shapes.js";

const KINDS = Object.keys(PROGRAMS);
const LONGEST = 36;
// Half the height of the plate below a marked name.
const PLATE = 10;
const LETTERS = "Atkinson Hyperlegible Next, Verdana, sans-serif";

const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text);

/** Draws the graph with WebGL in the colours of the page; what is not near where one is stays in the background. */
export class Picture {
  #near = new Set();
  #walk = null;
  #names = new Names(0);
  #measure = document.createElement("canvas").getContext("2d");

  constructor(graph, canvas, address) {
    this.graph = graph;
    this.address = address;
    this.#colours();
    this.sigma = new Sigma(graph, canvas, {
      defaultNodeType: "initiative",
      nodeProgramClasses: PROGRAMS,
      nodeReducer: (name, data) => this.#node(name, data),
      edgeReducer: (edge) => this.#edge(edge),
      labelFont: LETTERS,
      labelSize: 13,
      labelColor: { attribute: "ink" },
      labelRenderedSizeThreshold: 8,
      labelDensity: 0.6,
      labelGridCellSize: 140,
      minEdgeThickness: 1,
      zIndex: true,
      zoomToSizeRatioFunction: (ratio) => ratio ** 0.45,
      stagePadding: 24,
      defaultDrawNodeLabel: (context, data, settings) => this.#label(context, data, settings),
      defaultDrawNodeHover: (context, data, settings) => this.#name(context, data, settings),
    });
    this.sigma.on("beforeRender", () => this.#clear());
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", () => (this.#colours(), this.sigma.refresh()));
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    const camera = this.sigma.getCamera();
    const move = (state) => (this.still.matches ? camera.setState({ ...camera.getState(), ...state }) : camera.animate(state, { duration: 300 }));
    this.move = move;
    this.nearer = () => move({ ratio: camera.ratio / 1.6 });
    this.farther = () => move({ ratio: Math.min(2, camera.ratio * 1.6) });
    this.whole = () => {
      this.#near = new Set();
      this.sigma.refresh({ skipIndexation: true });
      move({ x: 0.5, y: 0.5, ratio: 1 });
    };
  }

  #colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    this.colour = Object.fromEntries(["ink", "soft", "line", "strong-line", "card", "link", ...KINDS].map((name) => [name, of(name)]));
  }

  #node(name, data) {
    const kind = KINDS.includes(data.kind) ? data.kind : "initiative";
    const here = name === this.#walk?.at || name === this.#walk?.next;
    const pinned = this.address.pins.includes(name);
    const near = !this.#near.size || this.#near.has(name) || pinned;
    return {
      ...data,
      type: kind,
      size: data.size * LARGER[kind],
      color: near ? this.colour[kind === data.kind ? kind : "soft"] : this.colour.line,
      ink: near ? this.colour.ink : this.colour.soft,
      highlighted: here || pinned,
      forceLabel: near && this.#near.size > 0 && this.#near.size < 40,
      label: near ? shortened(data.label) : "",
      zIndex: here ? 2 : near ? 1 : 0,
    };
  }

  #edge(edge) {
    const ends = this.graph.extremities(edge);
    const own = ends.includes(this.#walk?.at);
    const chosen = own && ends.includes(this.#walk?.next);
    return { color: this.colour[own ? "ink" : this.#near.size ? "line" : "strong-line"], size: chosen ? 4 : own ? 1.6 : 0.8, zIndex: own ? 1 : 0 };
  }

  /** Begins a picture anew: what is near, and the plates of what is marked, keep other names off. */
  #clear() {
    this.#names = new Names(this.sigma.getDimensions().width);
    for (const name of this.#near) {
      const { x, y, size, label, highlighted } = this.#seen(name);
      this.#names.take(x - size, y - size, x + size, y + size);
      if (highlighted) this.#names.take(x, y - PLATE, x + size + PLATE + this.#long(label, 600), y + PLATE);
    }
  }

  /** Returns what is drawn of a node, in pixels. */
  #seen(name) {
    const data = this.sigma.getNodeDisplayData(name);
    const place = this.sigma.framedGraphToViewport(data, { cameraState: this.sigma.getCamera().getState() });
    return { ...data, ...place, size: this.sigma.scaleSize(data.size) };
  }

  #long(text, weight) {
    this.#measure.font = `${weight} ${this.sigma.getSetting("labelSize")}px ${LETTERS}`;
    return this.#measure.measureText(text).width;
  }

  /** Writes a name where there is room for it; what has none is said when it is chosen, and stands in the table. */
  #label(context, data, settings) {
    if (!data.label || data.highlighted) return;
    context.font = `400 ${settings.labelSize}px ${LETTERS}`;
    const left = this.#names.beside(data, context.measureText(data.label).width);
    if (left === null) return;
    // A rim in the colour of the ground parts it from the lines below.
    context.strokeStyle = this.colour.card;
    context.lineWidth = 3;
    context.strokeText(data.label, left, data.y + 4.5);
    context.fillStyle = data.ink;
    context.fillText(data.label, left, data.y + 4.5);
  }

  /** Writes a name on a plate, so that it can be read over anything; a ring marks where one is. */
  #name(context, data, settings) {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 4, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = this.colour.ink;
    context.stroke();
    if (!data.label) return;
    context.font = `600 ${settings.labelSize}px ${LETTERS}`;
    const left = data.x + data.size + 8;
    context.fillStyle = this.colour.card;
    context.fillRect(left - 3, data.y - PLATE, context.measureText(data.label).width + 6, 2 * PLATE);
    context.fillStyle = this.colour.ink;
    context.fillText(data.label, left, data.y + 4.5);
  }

  /** Shows where someone is: the neighbours in colour, and all of them within the picture. */
  show(walk) {
    this.#walk = walk;
    this.#near = new Set([walk.at, ...walk.neighbours]);
    this.sigma.refresh({ skipIndexation: true });
    const places = [...this.#near].map((name) => this.sigma.getNodeDisplayData(name));
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const wide = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    this.move({ x: middle(xs), y: middle(ys), ratio: Math.min(1, Math.max(0.07, 1.9 * wide)) });
  }

  onChoose(choose) {
    this.sigma.on("clickNode", ({ node }) => choose(node));
  }
}
