import Graph from "graphology";

/** Returns the graph of what the service sends: nodes as [name, label, kind, x, y, page], ties as [from, to, roles]. */
export function graphOf({ nodes, ties }) {
  const graph = new Graph({ type: "undirected" });
  for (const [name, label, kind, x, y, page] of nodes) graph.addNode(name, { label, kind, x, y: -y, page });
  for (const [from, to, roles] of ties) {
    const [one, other] = [nodes[from][0], nodes[to][0]];
    if (!graph.hasEdge(one, other)) graph.addEdge(one, other, { roles });
  }
  graph.forEachNode((name) => graph.setNodeAttribute(name, "size", 2 + Math.min(7, 1.2 * Math.sqrt(graph.degree(name)))));
  return graph;
}
