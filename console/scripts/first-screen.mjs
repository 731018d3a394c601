// The first screen may weigh 300 kB of script (gzip): the entry and everything it imports at once.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 300;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf-8"));
const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);

function reach(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of manifest[name].imports ?? []) reach(next, seen);
  return seen;
}

const kb = (files) =>
  [...files].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(manifest[name].file, dist))).length, 0) / 1024;

const first = reach(entry);
// What each page that may come first adds to the entry, in Chinese.
const pages = ["src/features/workspaces/SignInPage.tsx", "src/features/today/TodayPage.tsx"];
const words = [...reach("src/i18n/zh-CN/index.ts")];
const weights = pages.map((page) => [page, kb(new Set([...first, ...words, ...reach(page)]))]);
for (const [page, weight] of weights) {
  console.log(`first screen ${page}: ${weight.toFixed(1)} kB gzip of ${BUDGET_KB} kB`);
}
if (weights.some(([, weight]) => weight > BUDGET_KB)) {
  console.error("The first screen is over its budget. Load what it does not need at once lazily.");
  process.exit(1);
}
