// Needs WEIR_URL as server.test.mjs does, and Chromium: where it usually is, or where CHROMIUM says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { serve } from "../example/serve.mjs";

const { WEIR_URL: baseUrl } = process.env;
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const reason =
  baseUrl === undefined ? "WEIR_URL is not set" : existsSync(chromium) ? false : `there is no ${chromium}`;

test("the example shows routes in a browser", { skip: reason }, async () => {
  const { close, url } = await serve(0);
  const profile = mkdtempSync(join(tmpdir(), "weir-chromium-"));
  try {
    const { stdout } = await promisify(execFile)(
      chromium,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${profile}`,
        "--virtual-time-budget=20000",
        "--dump-dom",
        `${url}example/index.html?weir=${encodeURIComponent(baseUrl)}`,
      ],
      { timeout: 60_000 },
    );
    assert.match(stdout, /<output[^>]*>2385 m, 185 s<\/output>/);
    assert.match(stdout, /<li>best: 2385 m<\/li><li>by the harbour: \d+ m<\/li>/);
  } finally {
    close();
    rmSync(profile, { recursive: true, force: true });
  }
});

test("the example's server serves files of this package only", async () => {
  const { close, url } = await serve(0);
  try {
    const page = await fetch(`${url}example/index.html`);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
    for (const path of ["..%2f..%2fREADME.md", "%2e%2e/%2e%2e/README.md", "nothing", "src", "%ff"]) {
      assert.equal((await fetch(url + path)).status, 404, path);
    }
  } finally {
    close();
  }
});
