// Joins Designsystemet's components, our theme and our own rules into one small file.
//
// Designsystemet lays its rules in cascade layers, so that rules outside always win. Browsers from
// before 2022 drop layers altogether. We get the same order without them: theme, then components,
// then our rules, each of ours made heavier than any class by `:not(#_)`, which matches everything.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Features, transform } from "lightningcss";
import postcss from "postcss";
import selectorParser from "postcss-selector-parser";

const COMPONENTS = ["base", "button", "input", "label", "fieldset", "table", "skip-link", "error-summary"];
const OURS = [
  "base", "frame", "parts", "home", "document", "rendered", "forms", "register", "compare", "desk", "editing", "entering", "report",
  "languages", "verify",
  "look", "kept", "proof", "notices", "ideas", "narrow", "inbox", "log", "preferences",
];
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const BROWSERS = { chrome: version(90), firefox: version(90), safari: version(15), ios_saf: version(15) };

export function bundle(ourFolder, vendorFolder) {
  const read = (folder, name) => readFileSync(join(folder, `${name}.css`), "utf8");
  const ours = OURS.map((name) => heavier(read(ourFolder, name)));
  const vendor = COMPONENTS.map((name) => read(vendorFolder, name));
  const plain = lower([read(ourFolder, "theme"), ...vendor, ...ours].join("\n"));
  return minify(withoutUnusedTokens(plain));
}

/** The dark colours of the theme for a page whose address asks for them, whatever the device says. */
export function alwaysDark(ourFolder, bundled) {
  const theme = postcss.parse(readFileSync(join(ourFolder, "theme.css"), "utf8"));
  const rules = [];
  theme.walkAtRules("media", (media) => {
    if (!media.params.includes("prefers-color-scheme: dark")) return;
    media.walkRules((rule) => rules.push(rule.clone({ selector: ':root[data-color-scheme="dark"]' })));
  });
  const used = (token) => !token.prop.startsWith("--") || bundled.includes(`${token.prop}:`);
  rules.forEach((rule) => rule.walkDecls((token) => { if (!used(token)) token.remove(); }));
  return minify(rules.join("\n"));
}

function lower(css) {
  return run(css, { include: Features.Nesting, minify: false }).toString();
}

function minify(css) {
  return run(css, { minify: true });
}

function run(css, options) {
  return transform({
    filename: "sutarta.css",
    code: Buffer.from(css),
    targets: BROWSERS,
    exclude: Features.LogicalProperties | Features.DirSelector,
    ...options,
  }).code;
}

function heavier(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    rule.selector = selectorParser((list) => list.each(weigh)).processSync(rule.selector);
  });
  return root.toString();
}

/** Puts `:not(#_)` after the last compound, before any pseudo-element. */
function weigh(selector) {
  const weight = selectorParser.pseudo({ value: ":not(#_)" });
  const element = selector.nodes.find((node) => selectorParser.isPseudoElement(node));
  if (element) selector.insertBefore(element, weight);
  else selector.append(weight);
}

/** Drops custom properties that no `var()` asks for, until none is left. */
function withoutUnusedTokens(css) {
  const root = postcss.parse(css);
  for (let dropped = true; dropped; ) {
    dropped = false;
    const asked = new Set(root.toString().match(/var\(\s*--[\w-]+/g)?.map((found) => found.replace(/var\(\s*/, "")));
    root.walkDecls(/^--/, (token) => {
      if (asked.has(token.prop)) return;
      token.remove();
      dropped = true;
    });
  }
  return root.toString();
}
