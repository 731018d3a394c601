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
// What the sign-in page and the start page add on top: each is loaded with the entry, never both.
const opened = ["src/features/workspaces/SignInPage.tsx", "src/features/today/TodayPage.tsx", "src/i18n/zh-CN/index.ts"];
const shell = reach("src/app/Shell.tsx" in manifest ? "src/app/Shell.tsx" : entry);
const all = new Set([...first, ...shell, ...opened.filter((name) => name in manifest).flatMap((name) => [...reach(name)])]);
console.log(`first screen: entry ${kb(first).toFixed(1)} kB, with its page ${kb(all).toFixed(1)} kB gzip (budget ${BUDGET_KB} kB)`);
if (kb(all) > BUDGET_KB) {
  console.error(`The first screen is over its budget of ${BUDGET_KB} kB. Import it lazily: \`node scripts/first-screen.mjs\` names the chunks above.`);
  process.exit(1);
}
