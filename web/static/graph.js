// Moves the picture of the graph and keeps it in step with the list beside it, which works without this.

const svg = document.querySelector("[data-graph]");
const room = document.querySelector("[data-chosen]");
const box = svg.dataset.box.split(" ").map(Number);
const READABLE = 9;  // pixels of a letter
const FEW = 6;
const home = first();
const sides = ["left", "top", "right", "bottom"];
let view = fitted(home);

/** The first look: everything where its names can be read or nearly nothing would be seen, else as much as can be. */
function first() {
  const part = narrowed(svg.getAttribute("viewBox").split(" ").map(Number)), [x, y, wide, tall] = fitted(part);
  const places = [...svg.querySelectorAll("[data-node]")].map((one) => one.transform.baseVal.getItem(0).matrix);
  const seen = places.filter(({ e, f }) => x < e && e < x + wide && y < f && f < y + tall).length;
  const name = svg.querySelector(".spot:not(.spine) text") ?? svg.querySelector("text");
  const size = (parseFloat(getComputedStyle(name).fontSize) * svg.clientWidth) / fitted(box)[2];
  return size >= READABLE || seen < Math.min(FEW, places.length) ? box : part;
}

/** A large first look made smaller on a small screen, around its middle, so that names can be read. */
function narrowed([x, y, width, height]) {
  const path = svg.querySelectorAll(".spine").length > 1;  // a way is seen whole
  const rate = Math.min(1, (svg.clientWidth * (path ? 1.7 : 1.25)) / width);
  return [x + (width * (1 - rate)) / 2, y + (height * (1 - rate)) / 2, width * rate, height * rate];
}

/** A part of the picture widened to the shape of the canvas. */
function fitted([x, y, width, height]) {
  const shape = svg.clientWidth / svg.clientHeight;
  const wide = Math.max(width, height * shape), tall = wide / shape;
  return [x - (wide - width) / 2, y - (tall - height) / 2, wide, tall];
}

/** Shows a part; the picture fades out at the sides where it goes on. */
function look(next) {
  view = next;
  svg.setAttribute("viewBox", view.map((one) => one.toFixed(1)).join(" "));
  const beyond = [view[0] - box[0], view[1] - box[1], box[0] + box[2] - view[0] - view[2], box[1] + box[3] - view[1] - view[3]];
  sides.forEach((side, i) => svg.classList.toggle(`on-${side}`, beyond[i] > 1));
}

/** Zooms around a point of the picture. */
function zoom(factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) {
  const wide = Math.min(Math.max(view[2] / factor, 200), Math.max(box[2], home[2]) * 3), rate = wide / view[2];
  look([x - (x - view[0]) * rate, y - (y - view[1]) * rate, wide, view[3] * rate]);
}

function point(event) {
  const frame = svg.getBoundingClientRect();
  return [
    view[0] + ((event.clientX - frame.left) / frame.width) * view[2],
    view[1] + ((event.clientY - frame.top) / frame.height) * view[3],
  ];
}

const entries = new Map([...document.querySelectorAll("[data-entry]")].map((one) => [one.dataset.entry, one]));
const spots = new Map([...svg.querySelectorAll("[data-node]")].map((one) => [one.dataset.node, one]));
const ids = [...spots.keys()];
const lines = [...svg.querySelectorAll("line")].map((one) => [one, [ids[one.dataset.a], ids[one.dataset.b]]]);

/** Selects a thing: its details, its lines, its place in the list; `scroll` brings the list there. */
function choose(id, { scroll = true, move = false, keep = true } = {}) {
  for (const [other, spot] of spots) spot.classList.toggle("chosen", other === id);
  svg.classList.toggle("whole", spots.get(id).classList.contains("spine"));
  for (const [line, ends] of lines) line.classList.toggle("lit", ends.includes(id));
  for (const [other, entry] of entries) {
    const here = other === id;
    entry.toggleAttribute("aria-current", here);
    if (here) entry.setAttribute("aria-current", "true");
    entry.querySelector(".more").toggleAttribute("data-fold", !here);
  }
  const entry = entries.get(id), spot = spots.get(id);
  room.textContent = spot.querySelector("title").textContent;
  if (scroll) entry.scrollIntoView({ block: "nearest" });
  if (move) {
    const at = spot.transform.baseVal.getItem(0).matrix;
    if (at.e < view[0] || at.e > view[0] + view[2] || at.f < view[1] || at.f > view[1] + view[3]) {
      look([at.e - view[2] / 2, at.f - view[3] / 2, view[2], view[3]]);
    }
  }
  if (!keep) return;
  const url = new URL(location.href);
  url.searchParams.set("chosen", id);
  history.replaceState({}, "", url);
}

let held = null;
svg.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  held = { x: event.clientX, y: event.clientY, view, moved: false };
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  const dx = event.clientX - held.x, dy = event.clientY - held.y, rate = view[2] / svg.clientWidth;
  if (Math.hypot(dx, dy) > 4) held.moved = true;
  if (held.moved) look([held.view[0] - dx * rate, held.view[1] - dy * rate, view[2], view[3]]);
});
addEventListener("pointerup", (event) => {
  const spot = held && !held.moved && event.target.closest && event.target.closest("[data-node]");
  held = null;
  if (spot) choose(spot.dataset.node);
});
svg.addEventListener("dblclick", (event) => {
  const spot = event.target.closest("[data-node]");
  const link = spot && entries.get(spot.dataset.node).querySelector("[data-expand]");
  if (link) location.assign(link.href);
});
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...point(event));
}, { passive: false });

for (const link of document.querySelectorAll("[data-choose]")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    choose(link.closest("[data-entry]").dataset.entry, { scroll: false, move: true });
  });
}
document.querySelector("[data-tools]").hidden = false;
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
}
document.querySelector("[data-home]").addEventListener("click", () => look(fitted(home)));
document.querySelector("[data-all]").addEventListener("click", () => look(fitted(box)));

addEventListener("resize", () => {
  const tall = (view[2] * svg.clientHeight) / svg.clientWidth;
  look([view[0], view[1] + (view[3] - tall) / 2, view[2], tall]);
});

look(view);
const chosen = svg.querySelector(".spot.chosen");
if (chosen) choose(chosen.dataset.node, { scroll: new URL(location.href).searchParams.has("chosen"), move: true, keep: false });
