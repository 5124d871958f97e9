// Builds the report's player, and the site's script, style, icons and printed type, into dist/.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "sass";

const usual = { bundle: true, minify: true, charset: "utf8", target: "es2022", outdir: "dist", logLevel: "warning" };

// Bootstrap 5 is written with what newer Sass calls outdated; it is pinned, so its warnings say nothing new.
const OUTDATED = ["import", "global-builtin", "color-functions", "abs-percent"];

function style() {
  const made = compile("src/site.scss", {
    style: "compressed",
    loadPaths: ["node_modules"],
    quietDeps: true,
    silenceDeprecations: OUTDATED,
  });
  writeFileSync("dist/site.css", made.css);
}

/** One SVG with a symbol for each icon named in icons.json (drawings of bootstrap-icons). */
function icons() {
  const { known } = JSON.parse(readFileSync("src/site/icons.json", "utf8"));
  const symbols = Object.entries(known).map(([name, drawing]) => {
    const source = readFileSync(`node_modules/bootstrap-icons/icons/${drawing}.svg`, "utf8");
    const inside = source.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${inside}</symbol>`;
  });
  writeFileSync("dist/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

/** Regular and bold of the type in which the brief is printed. */
function type() {
  for (const weight of [400, 700]) {
    const file = `node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`;
    copyFileSync(file, `dist/noto-sans-sc-${weight}.woff`);
  }
}

mkdirSync("dist", { recursive: true });
await build({ ...usual, entryPoints: ["src/player.ts", "src/player.css", "src/difference.ts", "src/microscope.ts", "src/site.ts", "src/map.ts", "src/map_staff.ts"] });
style();
icons();
type();
