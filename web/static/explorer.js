// Adds to pages that work without it: buttons that copy, and a drawer for evidence. Pages come from this server and
// are already escaped; nothing here turns text into markup.

const drawer = document.getElementById("drawer");
const PARAMETER = "drawer";

/** Copies a text; without the clipboard's permission the old way. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    (drawer.open ? drawer : document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function wire(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener("click", async () => {
      const text = button.dataset.copy || location.href;
      button.textContent = (await copy(text)) ? button.dataset.done : button.dataset.failed;
      setTimeout(() => { button.textContent = label; }, 1600);
    });
  }
}

/** The address of this page with or without an open drawer. */
function here(evidence) {
  const url = new URL(location.href);
  if (evidence) url.searchParams.set(PARAMETER, evidence);
  else url.searchParams.delete(PARAMETER);
  return url;
}

let asked = 0;

async function show(path) {
  const number = ++asked;
  const reply = await fetch(path, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const part = page.querySelector("[data-drawer-content]");
  if (number !== asked) return;
  if (!reply.ok || !part) {
    location.href = path;
    return;
  }
  const room = drawer.querySelector("[data-room]");
  room.replaceChildren(document.importNode(part, true));
  // Two parts of one id would confuse links inside the page.
  for (const one of room.querySelectorAll("[id]")) one.removeAttribute("id");
  drawer.querySelector("[data-whole]").href = path;
  wire(room);
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
  document.body.dataset.drawer = "open";
}

function hide() {
  asked += 1;
  if (drawer.open) drawer.close();
  delete document.body.dataset.drawer;
}

/** Opens what the address names; only paths of evidence and of cells of the star layout. */
function follow() {
  const path = new URL(location.href).searchParams.get(PARAMETER);
  if (path && /^\/(evidence|cell)\//.test(path)) show(path);
  else hide();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[data-evidence]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const path = new URL(link.href).pathname + new URL(link.href).search;
  history.pushState({}, "", here(path));
  show(path);
});

drawer.querySelector("[data-close]").addEventListener("click", () => drawer.close());
drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
drawer.addEventListener("close", () => {
  delete document.body.dataset.drawer;
  if (new URL(location.href).searchParams.has(PARAMETER)) history.pushState({}, "", here(""));
});
addEventListener("popstate", follow);

wire(document);
follow();
// An address that asks for a place and names no anchor still opens at it.
if (!location.hash) document.querySelector(".text mark, .m.hit")?.scrollIntoView({ block: "center" });
// The contents of a long document begin where the reader is.
const contents = document.querySelector(".reader > nav"), present = contents?.querySelector("[aria-current]");
if (present) contents.scrollTop = present.offsetTop - contents.offsetTop - 40;
document.body.dataset.ready = "1";
