// One small font file: Latin letters of Europe, Lithuanian first, and one axis, the weight.
import { readFileSync } from "node:fs";
import subsetFont from "subset-font";

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");

// Basic Latin, Latin-1 and Latin Extended-A hold ą č ę ė į š ų ū ž and every neighbour's letters;
// then spaces and dashes, quotes, currency, arrows and the minus.
const LETTERS =
  range(0x20, 0x7e) +
  range(0xa0, 0x17f) +
  "\u2009\u200a\u2011\u202f–—‘’‚“”„†•…‰′″‹›€№™←↑→↓−×≈≠≤≥✓";
const FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "case", "cv05", "ss03"];

export function subset(path) {
  return subsetFont(readFileSync(path), LETTERS, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 700 }, opsz: 18 },
    keepFeatures: FEATURES,
    noHinting: true,
  });
}
