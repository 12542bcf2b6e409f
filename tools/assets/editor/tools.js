// The row of buttons above a box, and the small panel for a link.
import { toggleMark } from "prosemirror-commands";
import { undo } from "prosemirror-history";
import { isSafe } from "./words.js";

const copy = (name) =>
  document.querySelector(`template[${name}]`).content.firstElementChild.cloneNode(true);

/** Puts the tools above the box. Returns a function that brings them up to date. */
export function tools(view, panel) {
  const bar = copy("data-rich-tools");
  const buttons = Array.from(bar.querySelectorAll("button"));
  const act = (button) => {
    if (button.dataset.mark) toggle(view, button.dataset.mark);
    else if ("link" in button.dataset) panel.open();
    else undo(view.state, view.dispatch);
    if (!("link" in button.dataset)) view.focus();
  };
  buttons.forEach((button, at) => {
    button.tabIndex = at ? -1 : 0;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => act(button));
  });
  bar.addEventListener("keydown", (event) => walk(event, buttons));
  view.dom.before(bar, panel.element);
  return () => buttons.forEach((button) => press(button, view.state));
}

export function toggle(view, name) {
  return toggleMark(view.state.schema.marks[name])(view.state, view.dispatch);
}

/** Arrows go from button to button; Tab leaves the row. */
function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = buttons.indexOf(document.activeElement);
  if (!step || at < 0) return;
  const next = buttons[(at + step + buttons.length) % buttons.length];
  buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
  next.focus();
  event.preventDefault();
}

function press(button, state) {
  const name = button.dataset.mark || ("link" in button.dataset ? "link" : "");
  if (name) button.setAttribute("aria-pressed", String(isOn(state, state.schema.marks[name])));
}

function isOn(state, type) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

/** The panel in which the address of a link is written. */
export function linkPanel(getView) {
  const element = copy("data-rich-link");
  const address = element.querySelector("input");
  const error = element.querySelector("[role=alert]");
  element.hidden = true;

  const close = () => {
    element.hidden = true;
    getView().focus();
  };
  const set = (href) => {
    const view = getView();
    const type = view.state.schema.marks.link;
    const [from, to] = reach(view.state, type);
    const tr = view.state.tr;
    if (from === to && href) tr.insertText(href, from);
    const end = tr.mapping.map(to);
    tr.removeMark(from, end, type);
    if (href) tr.addMark(from, end, type.create({ href }));
    view.dispatch(tr);
    close();
  };
  const tryToSet = () => {
    const href = address.value.trim();
    const good = isSafe(href);
    error.textContent = good ? "" : error.dataset.words;
    if (good) set(href);
    else address.focus();
  };
  element.querySelector("[data-set]").addEventListener("click", tryToSet);
  element.querySelector("[data-unset]").addEventListener("click", () => set(""));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.target !== address) return;
    event.preventDefault();
    tryToSet();
  });
  const open = () => {
    const { state } = getView();
    const found = linkAt(state, state.schema.marks.link);
    address.value = found ? found.attrs.href : "";
    error.textContent = "";
    element.hidden = false;
    address.focus();
    return true;
  };
  return { element, open };
}

function linkAt(state, type) {
  const { $from, from, to } = state.selection;
  let found = type.isInSet($from.marks());
  state.doc.nodesBetween(from, to, (node) => {
    found = found || type.isInSet(node.marks);
  });
  return found;
}

/** What is selected; inside a link and nothing selected, the whole link. */
function reach(state, type) {
  const { from, to, empty, $from } = state.selection;
  const link = empty && type.isInSet($from.marks());
  if (!link) return [from, to];
  let [start, end] = [from, to];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (link.isInSet(node.marks)) {
      start = Math.min(start, at);
      end = Math.max(end, at + node.nodeSize);
    }
  });
  return [start, end];
}
