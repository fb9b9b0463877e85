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

/** Callers, some with a key that nobody knows, and some who cannot wait for what they ask, of whom one is content with less. */
async function call() {
  while (calling) {
    const dear = `${route}&algorithm=alternative_route&ch.disable=true&timeout_ms=1`;
    const stranger = { headers: { "X-API-Key": "nobody" } };
    const content = { headers: { "X-Weir-Accept": "estimate" } };
    await Promise.all([fetch(route), fetch(route), fetch(route, stranger), fetch(dear), fetch(dear), fetch(dear, content)]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-proxy-server", "--host-resolver-rules=MAP weir.test 127.0.0.1"] });
  calls = call();
});

after(async () => {
  calling = false;
  await calls;
  await browser?.close();
});

/**
 * A page that is told what happens; fails for whatever it asks of others, and for its own mistakes. What has to be
 * done until it is told is done by enter.
 */
async function open(options, use, address = adminUrl, enter = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== "blob:" && host !== new URL(address).host) wrong.push(`asks ${request.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    // what the server refuses is in there too, and is looked at by itself
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) wrong.push(message.text());
  });
  try {
    await page.goto(address);
    await enter(page);
    await until(page, () => samples.filter((sample) => (sample.ended.routed ?? 0) > 0).length > 2);
    await until(page, () => document.getElementById("state").dataset.level !== "unknown"); // and drawn
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
const painted = (page, id, colour, tolerance = 24) =>
  page.evaluate(([chart, name, most]) => {
    const canvas = document.querySelector(`#${chart} canvas`);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    let pixels = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 128 && wanted.every((part, c) => Math.abs(part - data[i + c]) < most)) pixels++;
    }
    return pixels;
  }, [id, colour, tolerance]);

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
  "c-steps": "--bad",
};

/** What each chart has to say a number of, more than 0, to who does not see it. */
const SAID = {
  "c-traffic": ["offered", "good", "refused"],
  "c-reasons": ["deadline unreachable"],
  "c-latency": ["99 %", "90 %", "half"],
  "c-heat": ["answers within", "99 % within"],
  "c-room": ["permits"],
  "c-processors": ["busy with this process", "at work, by what calls take"],
  "c-heap": ["heap used, MiB"],
  "c-estimates": ["90 % below", "half below"],
  "c-steps": ["estimate"],
};

/** Good answers and refusals so far, as the metrics have it. */
async function counted() {
  const lines = (await (await fetch(`${adminUrl}/metrics`)).text()).split("\n");
  const sum = (pattern) => lines.filter((line) => pattern.test(line)).reduce((all, line) => all + Number(line.split(" ").pop()), 0);
  return {
    good: sum(/^weir_requests_total\{.*outcome="(routed|unreachable)"/),
    refused: sum(/^weir_refusals_total\{/),
  };
}

/** The same as the lines of the chart have it: what is below them. */
const drawn = (page) =>
  page.evaluate(() => {
    const { data } = charts.find(({ box }) => box.id === "c-traffic").plot;
    const below = (line) => Math.round(line.reduce((all, rate, i) => all + rate * samples[i].seconds, 0));
    return { good: below(data[2]), refused: below(data[3]) };
  });

/** How bright what is behind the words is, from 0 to 1. */
const brightness = (page, selector) =>
  page.evaluate((wanted) => {
    const parts = getComputedStyle(document.querySelector(wanted)).backgroundColor.match(/[\d.]+/g).slice(0, 3);
    const [red, green, blue] = parts.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }, selector);

/** Points of the shade where the breaker was not closed: exactly of its colour, which is near that of the grid. */
const shaded = (page) => painted(page, "c-traffic", "--alarm-back", 6);

/** What the cells of a table say, row by row. */
const rows = (page, table) =>
  page.evaluate((id) => [...document.querySelectorAll(`#${id} tbody tr`)].map((row) => [...row.cells].map((cell) => cell.textContent)), table);

/** Looks again and again at a table. */
async function row(page, table, holds) {
  const end = Date.now() + 60_000;
  for (;;) {
    const seen = await rows(page, table);
    if (seen.some(holds)) return;
    assert.ok(Date.now() < end, `${table} never has ${holds}: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const breaker = async () => (await (await fetch(`${adminUrl}/breaker`)).text()).trim();

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html + node.failureSummary)}`), []);
}

async function picture(page, name) {
  if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

for (const colorScheme of ["light", "dark"]) {
  test(`it draws what happens, readable for all, where it is ${colorScheme}`, async () => {
    await open({ colorScheme }, async (page) => {
      await until(page, () => document.getElementById("state").dataset.level === "warn");
      for (const [id, labels] of Object.entries(SAID)) {
        for (const label of labels) {
          await until(page, ([chart, name]) => {
            const words = document.getElementById(chart).getAttribute("aria-label") ?? "";
            const at = words.indexOf(`${name} `);
            return at >= 0 && parseFloat(words.slice(at + name.length)) > 0;
          }, [id, label]);
        }
      }
      for (const [id, colour] of Object.entries(COLOURS)) {
        assert.ok((await painted(page, id, colour)) > 5, `${id} is empty`);
      }
      for (const selector of ["body", "[aria-labelledby=h-traffic]", "#state"]) {
        const light = await brightness(page, selector);
        assert.ok(colorScheme === "dark" ? light < 0.1 : light > 0.7, `${selector} is ${light} bright`);
      }
      assert.match(await page.textContent("#f-offered"), /^[\d.]+\/s$/);
      assert.match(await page.textContent("#f-p99"), /^[\d.]+ m?s$/);
      await says(page, "tenants", "127.0.0.1");
      await page.click("#config summary");
      await says(page, "config", "max-queue-delay");
      assert.doesNotMatch(await page.textContent("#config pre"), new RegExp(token));
      await picture(page, colorScheme);
      await accessible(page);
    });
  });
}

test("what it draws is what was counted", async () => {
  await open({}, async (page) => {
    const before = await counted();
    const seconds = await page.evaluate(() => samples.length);
    // The first sample after that may have been on its way.
    await until(page, (wanted) => charts.find(({ box }) => box.id === "c-traffic").plot.data[0].length >= wanted, seconds + 2);
    const { good, refused } = await drawn(page);
    const after = await counted();

    assert.ok(before.good > 0 && before.good <= good && good <= after.good, `${before.good}, ${good}, ${after.good} good`);
    assert.ok(before.refused > 0 && before.refused <= refused && refused <= after.refused, `${before.refused}, ${refused}, ${after.refused} refused`);
  });
});

test("tables tell who was refused, why, with which numbers, and who gets less", async () => {
  await open({}, async (page) => {
    await row(page, "last", ([, reason, what, priority, tenant, cost, wait]) =>
      reason === "deadline unreachable" && what === "route" && priority === "default" && tenant === "127.0.0.1" && parseFloat(cost) > 0 && wait !== "");
    await row(page, "tiers", ([priority, letIn, turnedAway, room]) =>
      priority === "default" && parseFloat(letIn) > 0 && parseFloat(turnedAway) > 0 && room.endsWith(" %"));
    await until(page, () => /^estimate[\d.]+\/s$/.test(document.getElementById("steps").textContent));
    await says(page, "reasons", "Turn: longer deadlines of callers");
    await says(page, "why", "Turn: ");
  });
});

test("it fits on a phone, and is worked by touch", async () => {
  await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
    await picture(page, "phone");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} px on 360 px`);

    await page.tap("#breaker");
    await says(page, "dialog-title", "Force the breaker open");
    const { x, width: wide } = await page.locator("#dialog").boundingBox();
    assert.ok(x >= 0 && x + wide <= 360, `the dialog goes from ${x} to ${x + wide} px`);
    await picture(page, "phone-dialog");
    await accessible(page);
    await page.tap("#cancel");
    assert.equal(await page.isVisible("#dialog"), false);
  });
});

test("a control is reached, opened and left by keys alone", async () => {
  await open({}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    for (let keys = 0; (await focused()) !== "breaker"; keys++) {
      assert.ok(keys < 50, "the control is not reached");
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await says(page, "dialog-title", "Force the breaker open");
    assert.equal(await focused(), "confirm");
    await page.keyboard.press("Escape");
    assert.equal(await page.isVisible("#dialog"), false);
    assert.equal(await focused(), "breaker");
    assert.equal(await breaker(), "closed");
  });
});

test("it asks for the token where the server does not take it for this machine", async () => {
  const enter = async (page) => {
    await says(page, "dialog-title", "Admin token");
    assert.deepEqual(await page.evaluate(() => samples), []);
    await page.fill("#token", "a guess");
    await page.click("#confirm");
    await says(page, "dialog-error", "did not take the token");
    await page.fill("#token", token);
    await page.click("#confirm");
  };
  await open({}, async (page) => {
    assert.equal(await page.isVisible("#dialog"), false);
    await says(page, "about", "weir.test");
    await says(page, "key-sentence", "wait");
  }, adminUrl.replace("127.0.0.1", "weir.test"), enter);
});

test("controls ask before they act, and for the token", async () => {
  await open({}, async (page) => {
    assert.equal(await shaded(page), 0);
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

    await page.reload();
    await until(page, () => /breaker closed, not closed for [\d.]+ m?s/.test(document.getElementById("c-traffic").getAttribute("aria-label")));
    assert.ok((await shaded(page)) > 100, "one does not see that the breaker was open");
    await picture(page, "breaker-was-open");
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

test("threads, a flight recording and the classes of the heap are saved as files", async () => {
  await open({}, async (page) => {
    const saved = async (control, name) => {
      await page.click(control);
      await page.fill("#token", token);
      const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.click("#confirm")]);
      assert.equal(download.suggestedFilename(), name);
      return readFileSync(await download.path(), "latin1");
    };
    assert.match(await saved("#threads", "threads.txt"), /weir-admin-1/);
    await page.fill("#seconds", "1");
    assert.match(await saved("#jfr", "weir.jfr"), /^FLR\0/);
    assert.match(await saved("#heap", "heap.txt"), /java\.lang\.String/);
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
