// Makes what browsers get out of our own styles and the packages of package.json.
// Run by `make assets`, by developers only: the results are committed.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { editor } from "./editor.mjs";
import { alwaysDark, bundle } from "./styles.mjs";
import { subset } from "./font.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const UI = join(ROOT, "src/sutarta/apps/ui");
const STATIC = join(UI, "static");
const PACKAGES = join(ROOT, "node_modules");

const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const version = (name) => JSON.parse(readFileSync(join(PACKAGES, name, "package.json"))).version;

function put(path, bytes) {
  mkdirSync(dirname(join(STATIC, path)), { recursive: true });
  writeFileSync(join(STATIC, path), bytes);
}

function take(name, from, to) {
  mkdirSync(dirname(join(STATIC, to)), { recursive: true });
  copyFileSync(join(PACKAGES, name, from), join(STATIC, to));
}

function entry(name, licence, made, files) {
  const sums = Object.fromEntries(files.map((file) => [file, digest(join(STATIC, file))]));
  return { package: name, version: version(name), licence, made, files: sums };
}

function sources() {
  const styles = readdirSync(join(UI, "styles")).map((name) => join(UI, "styles", name));
  const folder = join(ROOT, "tools/assets");
  const tools = ["build.mjs", "editor.mjs", "font.mjs", "styles.mjs"].map((name) => join(folder, name));
  const scripts = readdirSync(join(folder, "editor")).map((name) => join(folder, "editor", name));
  const all = [...styles, ...tools, ...scripts, join(ROOT, "package-lock.json")].sort();
  return Object.fromEntries(all.map((path) => [relative(ROOT, path), digest(path)]));
}

const sheet = bundle(join(UI, "styles"), join(PACKAGES, "@digdir/designsystemet-css/dist/src"));
put("ui/sutarta.css", sheet);
put("ui/dark.css", alwaysDark(join(UI, "styles"), sheet.toString()));
put("vendor/inter/inter.woff2", await subset(join(PACKAGES, "inter-ui/variable/InterVariable.woff2")));
take("inter-ui", "LICENSE.txt", "vendor/inter/LICENSE.txt");
take("@digdir/designsystemet-css", "LICENSE", "vendor/designsystemet/LICENSE");
take("htmx.org", "dist/htmx.min.js", "vendor/htmx/htmx.min.js");
take("htmx.org", "LICENSE", "vendor/htmx/LICENSE");

const written = editor(join(ROOT, "tools/assets/editor/editor.js"), PACKAGES);
put("vendor/prosemirror/editor.js", written.script);
put("vendor/prosemirror/LICENSES.txt", written.licences);

const manifest = {
  vendored: [
    entry("@digdir/designsystemet-css", "MIT", "a few components, inside ui/sutarta.css", [
      "vendor/designsystemet/LICENSE",
    ]),
    entry("htmx.org", "0BSD", "unchanged", ["vendor/htmx/htmx.min.js", "vendor/htmx/LICENSE"]),
    entry("inter-ui", "OFL-1.1", "fewer letters, one axis (weight 400 to 700)", [
      "vendor/inter/inter.woff2",
      "vendor/inter/LICENSE.txt",
    ]),
    ...written.packages.map(({ name, licence }) =>
      entry(name, licence, "inside vendor/prosemirror/editor.js, with tools/assets/editor", [
        "vendor/prosemirror/editor.js",
        "vendor/prosemirror/LICENSES.txt",
      ]),
    ),
  ],
  built: Object.fromEntries(["ui/sutarta.css", "ui/dark.css"].map((path) => [path, digest(join(STATIC, path))])),
  sources: sources(),
};
put("vendor/manifest.json", JSON.stringify(manifest, null, 2) + "\n");
