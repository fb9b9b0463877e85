import assert from "node:assert/strict";
import test from "node:test";
import { AdaptiveThrottle } from "../dist/throttle.js";
import { RetryBudget } from "../dist/budget.js";

function throttle(random = 0.5) {
  const at = { ms: 0 };
  return { at, throttle: new AdaptiveThrottle(() => at.ms, () => random) };
}

function settle(throttle, accepted, refused) {
  for (let i = 0; i < accepted; i++) throttle.settled(true);
  for (let i = 0; i < refused; i++) throttle.settled(false);
}

test("lets everything through while the server accepts half of it", () => {
  const { throttle: t } = throttle(0);
  assert.equal(t.probability(), 0);
  settle(t, 50, 50);
  assert.equal(t.probability(), 0);
  assert.equal(t.refuses(), false);
});

test("refuses by the formula beyond that, and counts what it refused", () => {
  const { throttle: t } = throttle(0.3);
  settle(t, 30, 70);
  assert.equal(t.probability(), (100 - 2 * 30) / 108);
  assert.equal(t.refuses(), true);
  assert.equal(t.probability(), (101 - 2 * 30) / 109);
});

test("never refuses all: a server that recovered is found out about", () => {
  const { throttle: t } = throttle(0.9999);
  settle(t, 0, 1_000);
  assert.ok(t.probability() < 0.9999);
  assert.equal(t.refuses(), false);
});

test("hardly refuses a client that asks seldom", () => {
  const { throttle: t } = throttle();
  settle(t, 0, 1);
  assert.equal(t.probability(), 1 / 9);
});

test("forgets after two minutes", () => {
  const { at, throttle: t } = throttle();
  settle(t, 0, 100);
  at.ms = 114_999;
  assert.equal(t.probability(), 100 / 108);
  at.ms = 120_000;
  assert.equal(t.probability(), 0);
  settle(t, 0, 10);
  at.ms = 1e9;
  assert.equal(t.probability(), 0);
});

test("a budget allows ten retries at once, then one for every ten calls", () => {
  const budget = new RetryBudget();
  for (let i = 0; i < 10; i++) assert.equal(budget.tryRetry(), true);
  assert.equal(budget.tryRetry(), false);
  for (let i = 0; i < 9; i++) budget.called();
  assert.equal(budget.tryRetry(), false);
  budget.called();
  assert.equal(budget.tryRetry(), true);
  assert.equal(budget.tryRetry(), false);
  for (let i = 0; i < 10_000; i++) budget.called();
  let retries = 0;
  while (budget.tryRetry()) retries++;
  assert.equal(retries, 10);
});
