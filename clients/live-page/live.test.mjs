// Needs WEIR_ADMIN_URL and WEIR_TOKEN, its token; WEIR_URL, from which it is asked for routes; CHROMIUM, a browser;
// and SCREENSHOTS, a directory to put pictures in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { chromium } from "playwright-core";

const { CHROMIUM, SCREENSHOTS, WEIR_ADMIN_URL: adminUrl, WEIR_TOKEN: token, WEIR_URL: weirUrl } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const route = `${weirUrl}/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197`;
let browser;
let calling = true;
let calls;

/** Callers, some with a key that nobody knows, and some who cannot wait for what they ask. */
async function call() {
  while (calling) {
    const dear = `${route}&algorithm=alternative_route&ch.disable=true&timeout_ms=1`;
    const stranger = { headers: { "X-API-Key": "nobody" } };
    await Promise.all([fetch(route), fetch(route), fetch(route, stranger), fetch(dear), fetch(dear)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  calls = call();
});

after(async () => {
  calling = false;
  await calls;
  await browser?.close();
});

/** A page that is told what happens; fails for whatever it asks of others, and for its own mistakes. */
async function open(options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== "blob:" && host !== new URL(adminUrl).host) wrong.push(`asks ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    // what the server refuses is in there too, and is looked at by itself
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) wrong.push(message.text());
  });
  try {
    await page.goto(adminUrl);
    await until(page, () => samples.filter((sample) => (sample.ended.routed ?? 0) > 0).length > 2);
    await use(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Looks again and again from outside: the page's own policy forbids to wait in it. */
async function until(page, holds, argument) {
  const end = Date.now() + 60_000;
  while (!(await page.evaluate(holds, argument))) {
    assert.ok(Date.now() < end, `never happened: ${holds} of ${argument}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const says = (page, id, wanted) => until(page, ([place, text]) => document.getElementById(place).textContent.includes(text), [id, wanted]);
const sentence = (page, wanted) => says(page, "sentence", wanted);

/** Points of a chart that are about of that colour. */
const painted = (page, id, colour) =>
  page.evaluate(([chart, name]) => {
    const canvas = document.querySelector(`#${chart} canvas`);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    let pixels = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 128 && wanted.every((part, c) => Math.abs(part - data[i + c]) < 24)) pixels++;
    }
    return pixels;
  }, [id, colour]);

/** A colour that is in each chart if there is anything in it. */
const COLOURS = {
  "c-traffic": "--good",
  "c-reasons": "--bad",
  "c-latency": "--good",
  "c-heat": "--good",
  "c-room": "--bad",
  "c-ahead": "--third",
  "c-processors": "--bad",
  "c-heap": "--good",
  "c-estimates": "--good",
};

async function picture(page, name) {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

for (const colorScheme of ["light", "dark"]) {
  test(`it draws what happens, readable for all, where it is ${colorScheme}`, async () => {
    await open({ colorScheme }, async (page) => {
      await until(page, () => document.getElementById("state").dataset.level === "warn");
      for (const [id, colour] of Object.entries(COLOURS)) {
        assert.ok((await painted(page, id, colour)) > 5, `${id} is empty`);
      }
      assert.match(await page.textContent("#f-offered"), /^[\d.]+\/s$/);
      assert.match(await page.textContent("#f-p99"), /^[\d.]+ m?s$/);
      await says(page, "tenants", "127.0.0.1");
      await page.click("#config summary");
      await says(page, "config", "max-queue-delay");
      assert.doesNotMatch(await page.textContent("#config pre"), new RegExp(token));
      await picture(page, colorScheme);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html + node.failureSummary)}`), []);
    });
  });
}

test("it fits on a phone", async () => {
  await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
    await picture(page, "phone");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} px on 360 px`);
  });
});

test("controls ask before they act, and for the token", async () => {
  await open({}, async (page) => {
    const breaker = async () => (await (await fetch(`${adminUrl}/breaker`)).text()).trim();

    await page.click("#breaker");
    await page.click("#cancel");
    assert.equal(await breaker(), "closed");

    await page.focus("#breaker");
    await page.keyboard.press("Enter");
    await page.fill("#token", "a guess");
    await page.keyboard.press("Enter");
    await says(page, "dialog-error", "did not take the token");
    assert.equal(await breaker(), "closed");
    await picture(page, "dialog");

    await page.fill("#token", token);
    await page.click("#confirm");
    await says(page, "outcome", "forced-open");
    assert.equal(await breaker(), "forced-open");
    await sentence(page, "Breaker open");
    await picture(page, "breaker");

    await page.click("#breaker");
    await page.click("#confirm");
    await says(page, "outcome", "closed");
    assert.equal(await breaker(), "closed");
  });
});

test("a limit, a dry run and a drain are seen and undone", async () => {
  await open({}, async (page) => {
    await page.selectOption("#key", "gate.max-queue");
    await page.fill("#value", "a lot");
    await page.click("#change");
    await page.fill("#token", token);
    await page.click("#confirm");
    await says(page, "dialog-error", "gate.max-queue needs a whole number");
    await page.click("#cancel");
    await page.fill("#value", "77");
    await page.click("#change");
    await page.click("#confirm");
    await says(page, "by-hand", "gate.max-queue");

    await page.click("#dry");
    await page.click("#confirm");
    await says(page, "by-hand", "Dry run of deadline, delay, capacity, share");
    await page.click("#back");
    await page.click("#confirm");
    await until(page, () => document.getElementById("by-hand").hidden);

    await page.click("#drain");
    await page.click("#confirm");
    await sentence(page, "Drained by an operator");
    assert.equal((await fetch(`${adminUrl}/health/ready`)).status, 503);
    await page.click("#drain");
    await page.click("#confirm");
    await says(page, "drain-state", "Ready");
  });
});

test("a dump of threads is saved as a file", async () => {
  await open({}, async (page) => {
    await page.click("#threads");
    await page.fill("#token", token);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#confirm")]);
    assert.equal(download.suggestedFilename(), "threads.txt");
    assert.match(readFileSync(await download.path(), "utf8"), /weir-admin-1/);
  });
});

test("it says so when the server is silent", async () => {
  await open({}, async (page) => {
    await page.evaluate(() => {
      hear = () => {};
    });
    await sentence(page, "No word from the server");
    assert.equal(await page.getAttribute("#state", "data-level"), "alarm");
  });
});
