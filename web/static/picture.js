"use strict";
// Draws what the data block holds and keeps canvas and list in step. Text is only ever set as text.
(function () {
  const READABLE = 0.75;
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new vis.DataSet(data.nodes);
  const network = new vis.Network(
    document.getElementById("canvas"),
    { nodes: nodes, edges: new vis.DataSet(data.edges) },
    data.options
  );
  const details = document.querySelector("#chosen div");
  const buttons = new Map();

  function choose(id) {
    details.textContent = nodes.get(id).title;
    for (const [other, button] of buttons) button.setAttribute("aria-pressed", String(other === id));
  }

  // A picture too large for readable names opens at its centre; one button shows all of it.
  function centre() {
    network.fit();
    if (network.getScale() < READABLE) network.focus(data.centre, { scale: READABLE });
  }

  for (const button of document.querySelectorAll("button[data-node]")) {
    buttons.set(button.dataset.node, button);
    button.addEventListener("click", function () {
      network.selectNodes([button.dataset.node]);
      network.focus(button.dataset.node, { scale: Math.max(network.getScale(), READABLE) });
      choose(button.dataset.node);
    });
  }
  document.getElementById("centre").addEventListener("click", centre);
  document.getElementById("all").addEventListener("click", function () { network.fit(); });
  network.on("selectNode", function (event) { choose(event.nodes[0]); });
  network.once("afterDrawing", function () {
    centre();
    document.body.dataset.ready = String(nodes.length);
  });
})();
