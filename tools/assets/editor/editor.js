// Dresses every <textarea data-rich="ID of a hidden field"> as an editor. What is written goes to
// the hidden field as spans and to the textarea as plain words: the form is the same without us.
import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { linkPanel, toggle, tools } from "./tools.js";
import { plain, read, schema, write } from "./words.js";

function dress(box) {
  const rich = document.getElementById(box.dataset.rich);
  const label = document.querySelector(`label[for="${box.id}"]`);
  const known = schema("many" in box.dataset);
  const words = rich.value || box.dataset.spans;
  if (!rich.value && box.value !== box.defaultValue) return; // words kept from before: plain ones

  const place = document.createElement("div");
  place.className = "rich";
  box.before(place);
  let view;
  const panel = linkPanel(() => view);
  let update = () => {};
  view = new EditorView(place, {
    state: EditorState.create({ doc: read(known, JSON.parse(words)), plugins: plugins(() => view, panel) }),
    attributes: attributes(box, label),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged) keep(view.state.doc, box, rich);
      update();
    },
  });
  update = tools(view, panel);
  update();
  takeOver(box, label, view, place);
}

function plugins(getView, panel) {
  const named = (name) => () => toggle(getView(), name);
  const newLine = (state, dispatch) => {
    dispatch(state.tr.replaceSelectionWith(state.schema.node("line")).scrollIntoView());
    return true;
  };
  const keys = {
    "Mod-b": named("bold"),
    "Mod-i": named("italic"),
    "Mod-u": named("underline"),
    "Mod-k": panel.open,
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Shift-Enter": newLine,
  };
  return [history(), keymap(keys), keymap(baseKeymap)];
}

function attributes(box, label) {
  if (label && !label.id) label.id = `${box.id}-label`;
  const given = { role: "textbox", "aria-multiline": "true", class: "ds-input rich-box" };
  if (label) given["aria-labelledby"] = label.id;
  ["aria-describedby", "aria-invalid"].forEach((name) => {
    if (box.hasAttribute(name)) given[name] = box.getAttribute(name);
  });
  const article = document.querySelector("[data-words-language]");
  if (article) given.lang = article.dataset.wordsLanguage;
  return given;
}

function keep(doc, box, rich) {
  rich.value = JSON.stringify(write(doc));
  box.value = plain(doc);
  box.dataset.own = "yes";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  delete box.dataset.own;
}

/** The editor answers to the box's name; words put back into the box by others show the box. */
function takeOver(box, label, view, place) {
  const id = box.id;
  box.id = `${id}-plain`;
  view.dom.id = id;
  box.classList.add("rich-source"); // not [hidden]: what is typed is still kept by ui/keep.js
  if (label) label.addEventListener("click", () => view.focus());
  box.addEventListener("input", () => {
    if ("own" in box.dataset) return;
    document.getElementById(box.dataset.rich).value = "";
    view.destroy();
    place.remove();
    box.id = id;
    box.classList.remove("rich-source");
  });
}

document.querySelectorAll("textarea[data-rich]").forEach(dress);
