// Words of a paragraph as the server keeps them (spans), and the same as ProseMirror's document.
import { Schema } from "prosemirror-model";

const SAFE = /^(?:https?:\/\/|mailto:|tel:|#)\S+$/;

const mark = (tag, also = []) => ({
  parseDOM: [{ tag }, ...also],
  toDOM: () => [tag, 0],
});

const link = {
  attrs: { href: {} },
  inclusive: false,
  parseDOM: [
    {
      tag: "a[href]",
      getAttrs: (node) => {
        const href = node.getAttribute("href");
        return SAFE.test(href) ? { href } : false;
      },
    },
  ],
  toDOM: (node) => ["a", { href: node.attrs.href }, 0],
};

const note = {
  inline: true,
  group: "inline",
  atom: true,
  attrs: { label: {} },
  parseDOM: [
    { tag: "sup[data-note]", getAttrs: (node) => ({ label: node.getAttribute("data-note") }) },
  ],
  toDOM: (node) => ["sup", { "data-note": node.attrs.label, class: "note-sign" }, node.attrs.label],
};

/** many: whether there may be several paragraphs */
export function schema(many) {
  const block = { content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] };
  const line = {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  };
  return new Schema({
    nodes: {
      doc: { content: many ? "paragraph+" : "paragraph" },
      paragraph: block,
      text: { group: "inline" },
      line,
      note,
    },
    marks: {
      link,
      bold: mark("strong", [{ tag: "b" }, { style: "font-weight=bold" }]),
      italic: mark("em", [{ tag: "i" }, { style: "font-style=italic" }]),
      underline: mark("u"),
      strike: mark("s", [{ tag: "del" }]),
      sub: mark("sub"),
      sup: mark("sup"),
    },
  });
}

/** paragraphs: list of lists of {text, marks, link, note} */
export function read(known, paragraphs) {
  const blocks = paragraphs.map((spans) =>
    known.node("paragraph", null, spans.flatMap((span) => inline(known, span))),
  );
  return known.node("doc", null, blocks.length ? blocks : [known.node("paragraph")]);
}

function inline(known, span) {
  const marks = (span.marks || []).map((name) => known.mark(name));
  if (span.link) marks.push(known.mark("link", { href: span.link }));
  if (span.note) return [known.node("note", { label: span.note }, null, marks)];
  return span.text.split("\n").flatMap((text, at) => [
    ...(at ? [known.node("line", null, null, marks)] : []),
    ...(text ? [known.text(text, marks)] : []),
  ]);
}

export function write(doc) {
  const paragraphs = [];
  doc.forEach((paragraph) => {
    const spans = [];
    paragraph.forEach((node) => spans.push(spanOf(node)));
    paragraphs.push(spans);
  });
  return paragraphs;
}

function spanOf(node) {
  const span = { text: node.isText ? node.text : "\n" };
  if (node.type.name === "note") span.text = span.note = node.attrs.label;
  const marks = node.marks.filter((one) => one.type.name !== "link").map((one) => one.type.name);
  const leads = node.marks.find((one) => one.type.name === "link");
  if (marks.length) span.marks = marks.sort();
  if (leads) span.link = leads.attrs.href;
  return span;
}

/** The words as in the plain box. */
export function plain(doc) {
  return write(doc)
    .map((spans) => spans.map((span) => (span.note ? `[${span.note}]` : span.text)).join(""))
    .join("\n\n");
}

export const isSafe = (address) => SAFE.test(address);
