// The picture of the network that one can walk through, by mouse and by keyboard. The page has all of it as a table too.
import { Address } from "../network/address.js";
import { graphOf } from "../network/graph.js";
import { panelOf } from "../network/panel.js";
import { Picture } from "../network/picture.js";
import { Walk } from "../network/walk.js";

/** Puts the picture in the place of the overview, where the address says that one is; returns what takes the keyboard. */
export async function openNetwork(place, words) {
  const answer = await fetch(place.dataset.network);
  if (!answer.ok) throw new Error(String(answer.status));
  const graph = graphOf(await answer.json());
  const address = new Address();
  const panel = panelOf(words);
  const children = [...place.childNodes];
  place.replaceChildren(panel.host);
  let picture;
  try {
    picture = new Picture(graph, panel.canvas, address);
  } catch (error) {
    place.replaceChildren(...children);
    throw error;
  }
  const walk = new Walk(graph, [address.at, ...address.pins], address.past);
  const show = (said) => {
    picture.show(walk);
    panel.say(said ?? walk.words(words), graph.getNodeAttributes(walk.at), address.pins.includes(walk.at));
  };
  const arrive = () => {
    if (walk.at !== address.at) address.say(walk);
    show();
  };
  const pin = () => {
    const { kind, label } = graph.getNodeAttributes(walk.at);
    if (kind !== "actor") return show(words.noPin);
    const others = address.pins.filter((one) => one !== walk.at);
    const isNew = others.length === address.pins.length;
    address.say(walk, { pins: isNew ? [...others, walk.at] : others });
    show(`${label}: ${isNew ? words.pinned : words.unpinned}`);
  };
  panel.on({
    key: (key) => {
      if (key === "p") return pin(), true;
      if (key === "o") return (location.href = graph.getNodeAttribute(walk.at, "page")), true;
      const zoom = { "+": picture.nearer, "-": picture.farther, 0: picture.whole }[key];
      if (zoom) return zoom(), true;
      if (!walk.press(key)) return false;
      arrive();
      return true;
    },
    pin,
    nearer: picture.nearer,
    farther: picture.farther,
    whole: picture.whole,
  });
  picture.onChoose((name) => (walk.go(name), arrive()));
  addEventListener("popstate", () => {
    if (graph.hasNode(address.at)) walk.be(address.at, address.past);
    show();
  });
  address.say(walk, { begins: true });
  for (const part of document.querySelectorAll("main, .languages")) address.goesAlong(part);
  show();
  return panel.canvas;
}
