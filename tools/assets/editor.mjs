// One script for the editor of a draft: ProseMirror's modules and our own few lines.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { buildSync } from "esbuild";

export function editor(source, packages) {
  const built = buildSync({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome90", "firefox90", "safari15"],
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    write: false,
    absWorkingDir: packages,
  });
  const used = Object.keys(built.metafile.inputs).map((path) => nameOf(relative(packages, join(packages, path))));
  const names = [...new Set(used.filter(Boolean))].sort();
  return {
    script: Buffer.from(built.outputFiles[0].contents),
    packages: names.map((name) => ({ name, licence: about(packages, name).license })),
    licences: names.map((name) => licence(packages, name)).join("\n"),
  };
}

/** The package a file belongs to; "" for our own. */
function nameOf(path) {
  return path.startsWith("..") ? "" : path.split("/")[0];
}

const about = (packages, name) => JSON.parse(readFileSync(join(packages, name, "package.json")));

function licence(packages, name) {
  const file = readdirSync(join(packages, name)).find((found) => /^licen[cs]e/i.test(found));
  const text = readFileSync(join(packages, name, file), "utf8").trim();
  return `${name} ${about(packages, name).version}\n\n${text}\n`;
}
