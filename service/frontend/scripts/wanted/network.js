// The picture of the network that one can walk through, by mouse and by keyboard. The page has all of it as a table too.
import { graphOf } from "../network/graph.js";
import { panelOf } from "../network/panel.js";
import { Pins } from "../network/pins.js";
import { Picture } from "../network/picture.js";
import { Walk } from "../network/walk.js";

/** Puts the picture in the place of the overview, and the keyboard on it. */
export async function openNetwork(place, words) {
  const answer = await fetch(place.dataset.network);
  if (!answer.ok) throw new Error(String(answer.status));
  const graph = graphOf(await answer.json());
  const pins = new Pins();
  const panel = panelOf(words);
  const children = [...place.childNodes];
  place.replaceChildren(panel.host);
  let picture;
  try {
    picture = new Picture(graph, panel.canvas, pins);
  } catch (error) {
    place.replaceChildren(...children);
    throw error;
  }
  const walk = new Walk(graph, pins.all().find((name) => graph.hasNode(name)));
  const show = (said) => {
    picture.show(walk);
    panel.say(said ?? walk.words(words), graph.getNodeAttributes(walk.at), walk.at, pins);
  };
  const pin = () => {
    if (graph.getNodeAttribute(walk.at, "kind") !== "actor") return show(words.noPin);
    const held = pins.toggle(walk.at);
    show(`${graph.getNodeAttribute(walk.at, "label")}: ${held ? words.pinned : words.unpinned}`);
  };
  panel.on({
    key: (key) => {
      if (key === "p") return pin(), true;
      if (key === "o") return (location.href = graph.getNodeAttribute(walk.at, "page")), true;
      const zoom = { "+": picture.nearer, "-": picture.farther, 0: picture.whole }[key];
      if (zoom) return zoom(), true;
      if (!walk.press(key)) return false;
      show();
      return true;
    },
    pin,
    nearer: picture.nearer,
    farther: picture.farther,
    whole: picture.whole,
  });
  picture.onChoose((name) => (walk.go(name), show()));
  show();
  panel.canvas.focus();
}
