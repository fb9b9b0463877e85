// Needs WEIR_URL, a server with the map of Monaco and one worker, and Chromium: where it usually is, or where CHROMIUM
// says. With SCREENSHOTS, a directory, pictures of the page are left there.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { WEIR_URL: url, SCREENSHOTS: pictures } = process.env;
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip =
  url === undefined ? "WEIR_URL is not set" : existsSync(executablePath) ? false : `there is no ${executablePath}`;

const SLOW_MS = 60_000;
const MOST_TABS = 40;
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const HERMITAGE = "43.7384, 7.4246";
const STADIUM = "43.7311, 7.4197";

let browser;

before(async () => {
  if (!skip) browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});

after(() => browser?.close());

/** Opens the page, lets it be used, and looks whether all it asked for was asked of this server and well. */
async function open(options, use) {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(SLOW_MS);
  const elsewhere = [];
  const complaints = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== url) elsewhere.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (429|503|504)/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(`${url}/maps/`);
    await page.waitForFunction(() => document.querySelectorAll("canvas.leaflet-tile-loaded").length > 0);
    await use(page);
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const picture = (page, name) => (pictures ? page.screenshot({ path: join(pictures, `${name}.png`) }) : undefined);

/** Pixels of the map with something drawn on them. */
const drawn = (page) =>
  page.evaluate(() => {
    let count = 0;
    for (const canvas of document.querySelectorAll("canvas.leaflet-tile-loaded")) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 3; i < data.length; i += 4) count += data[i] > 0 ? 1 : 0;
    }
    return count;
  });

async function ask(page, { from = HERMITAGE, to = STADIUM, kind = "Route" } = {}) {
  await page.getByText(kind, { exact: true }).click();
  await page.getByLabel("From", { exact: true }).fill(from);
  if (kind !== "Isochrone") await page.getByLabel("To", { exact: true }).fill(to);
  await page.getByRole("button", { name: "Ask" }).click();
  await page.locator("#answer:not([hidden])").waitFor();
}

/** Goes by the keyboard to what the selector names, as people do who have nothing else. */
async function tabTo(page, selector) {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`the Tab key does not lead to ${selector}`);
}

/** How bright what is behind an element looks, from 0 to 1, as WCAG defines it. */
const luminance = (page, selector) =>
  page.locator(selector).evaluate((element) => {
    const [red, green, blue, opacity = 1] = getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number);
    if (opacity !== 1) throw new Error("what is behind it shines through");
    const linear = (value) => (value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  });

async function seriousMistakes(page) {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
}

test("two clicks on the map draw a route and tell what it cost", { skip }, () =>
  open({}, async (page) => {
    assert.ok((await drawn(page)) > 5_000);
    const box = await page.locator("#map").boundingBox();
    await page.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.55);
    await page.locator(".place.a").waitFor();
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.4);
    await page.locator(".place.b").waitFor();
    await page.locator("#answer h2").waitFor();
    const told = await page.locator("#answer").innerText();
    assert.match(told, /\d+(\.\d)? k?m\s+\d+ (s|min)/);
    for (const row of ["Estimate", "Engine", "Queue", "Round trip"]) assert.match(told, new RegExp(`${row}\\s+\\d`));
    assert.match(told, /load \d/);
    assert.ok((await page.locator("path.leaflet-interactive, .leaflet-overlay-pane path").count()) >= 2);
    await picture(page, "route-light");
  }));

test("alternatives and isochrones are drawn, in the dark too", { skip }, () =>
  open({ colorScheme: "dark" }, async (page) => {
    await ask(page, { kind: "Alternatives" });
    assert.match(await page.locator("#answer h2").innerText(), /2\.4 km/);
    const others = await page.locator("#answer ol li").allInnerTexts();
    assert.ok(others.length >= 1, "no other way is told");
    for (const other of others) assert.match(other, /^\d+(\.\d)? k?m, \d+ (s|min)$/);
    assert.equal(await page.locator(".leaflet-overlay-pane path[stroke-dasharray]").count(), others.length);
    await picture(page, "alternatives-dark");
    await ask(page, { kind: "Isochrone" });
    await page.getByText("Within 5 min").waitFor();
    assert.equal(await page.locator(".place.b").count(), 0);
    assert.ok((await page.locator(".leaflet-overlay-pane path").count()) >= 3);
    await picture(page, "isochrone-dark");
  }));

test("a refusal is shown with its reason", { skip }, () =>
  open({}, async (page) => {
    await page.getByText("Caller", { exact: true }).click();
    await page.getByLabel("Time limit in ms").fill("0");
    await ask(page);
    const told = await page.locator("#answer").innerText();
    assert.match(told, /50[34] (deadline_unreachable|expired_in_queue|too_late)/);
    await picture(page, "refused-light");
  }));

test("the keyboard alone will do", { skip }, () =>
  open({}, async (page) => {
    await tabTo(page, "#map");
    await page.keyboard.press("Enter");
    await page.locator(".place.a").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(500);
    await page.keyboard.press("Enter");
    await page.locator(".place.b").waitFor();
    await page.locator("#answer:not([hidden])").waitFor();
    await tabTo(page, "input[name=kind]");
    await page.keyboard.press("ArrowRight");
    await page.getByLabel("Alternatives").and(page.locator(":checked")).waitFor({ state: "attached" });
    await tabTo(page, "#clear");
    await page.keyboard.press("Enter");
    await page.locator("#answer").waitFor({ state: "hidden" });
    assert.equal(await page.locator(".place").count(), 0);
  }));

test("a flood shows what is shed", { skip }, () =>
  open({}, async (page) => {
    await page.getByLabel("Requests per second", { exact: true }).fill("1500");
    await page.getByLabel("Seconds", { exact: true }).fill("4");
    await page.getByRole("button", { name: "Flood" }).click();
    await page.waitForFunction(
      () =>
        /[1-9]/.test(document.querySelector("dt.shed + dd")?.textContent) ||
        document.getElementById("flood-told").textContent.startsWith("Over"),
    );
    await picture(page, "flood-light");
    await ask(page);
    await picture(page, "flood-and-route-light");
    await page.getByText(/^Over: /).waitFor();
    const counts = await page.locator("#flood-counts").innerText();
    assert.match(counts, /Offered\s+6,000/);
    assert.match(counts, /Good: within 500 ms\s+[1-9]/);
    assert.match(counts, /Shed\s+[1-9]/);
    assert.deepEqual(await seriousMistakes(page), []);
  }));

for (const [name, options, isAsBright] of [
  ["light", {}, (background) => background > 0.8],
  ["dark", { colorScheme: "dark" }, (background) => background < 0.05],
  [
    "phone",
    { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    (background) => background > 0.8,
  ],
]) {
  test(`nobody is shut out: ${name}`, { skip }, () =>
    open(options, async (page) => {
      await ask(page, { kind: "Alternatives" });
      assert.deepEqual(await seriousMistakes(page), []);
      for (const part of ["body", "#map", "#from"]) {
        const background = await luminance(page, part);
        assert.ok(isAsBright(background), `${part} has a background of luminance ${background}`);
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      await picture(page, `axe-${name}`);
    }));
}
