// Audits pages with axe-core in Chromium: light and dark, a phone and a desktop.
//
// In: PAGES (a directory of HTML files), SHOTS (a directory for pictures). Out: one line for
// each violation, for each page that is wider than the window, and for each page that the
// keyboard does not get through; the exit code is 1 if there is one.
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, relative } from "node:path";
import { chromium } from "playwright-core";

const [, , root, shots, browserPath] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };
const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];
// A page with more stops than this is a trap for the keyboard, or too long for one.
const MOST_STOPS = 2000;

function* listPages(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* listPages(path);
    else if (name.endsWith(".html")) yield relative(root, path);
  }
}

function serve() {
  const server = createServer((request, response) => {
    let path = join(root, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      if (statSync(path).isDirectory()) path = join(path, "index.html");
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(path));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function audit(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const found = violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target} ${node.failureSummary?.split("\n")[1]?.trim()}`));
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return width > 0 ? [...found, `the page is ${width} px wider than the window`] : found;
}

// Presses Tab until the focus comes back: each stop must be seen, and none may keep it.
async function walk(page) {
  const before = new Set();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      element.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
      // A control without a size is shown by its label, or by the label of the next choice.
      const labels = [...(element.labels ?? []), ...[element.nextElementSibling].filter((each) => each?.matches("label"))];
      const shown = [element, ...labels].map((each) => each.getBoundingClientRect());
      return { stop: element.dataset.stop, text: element.outerHTML.slice(0, 90), hidden: shown.every((box) => box.width * box.height === 0) };
    });
    if (at === null) return before.size ? [] : ["no element takes the focus"];
    if (before.has(at.stop)) return at.stop === "0" ? [] : [`the focus does not leave ${at.text}`];
    if (at.hidden) return [`the focus is on ${at.text}, which cannot be seen`];
    before.add(at.stop);
  }
  return [`more than ${MOST_STOPS} stops`];
}

async function auditPage(browser, origin, path) {
  const faults = [];
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(`${origin}/${path}`, { waitUntil: "load" });
      const found = await audit(page);
      const walked = colorScheme === "light" ? await walk(page) : [];
      faults.push(...[...found, ...walked].map((fault) => `${path} (${colorScheme}, ${width} px): ${fault}`));
      await page.evaluate(() => document.activeElement?.blur());
      await page.screenshot({ path: join(shots, `${path.replaceAll("/", "-")}-${colorScheme}-${width}.png`) });
      await context.close();
    }
  }
  return faults;
}

mkdirSync(shots, { recursive: true });
const server = await serve();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const origin = `http://127.0.0.1:${server.address().port}`;
let pages = 0;
let faults = 0;
for (const path of listPages(root)) {
  for (const fault of await auditPage(browser, origin, path)) {
    console.log(fault);
    faults += 1;
  }
  pages += 1;
}
await browser.close();
server.close();
console.log(`${pages} pages, ${faults} faults`);
process.exitCode = pages && !faults ? 0 : 1;
