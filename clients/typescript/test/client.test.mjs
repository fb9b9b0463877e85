import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import test from "node:test";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { Code, ConnectError, createWeirClient } from "../dist/index.js";
import { toldMs, waitMs } from "../dist/retry.js";
import { considerate, Shared } from "../dist/transport.js";
import { FakeClock, late, refusal, server } from "./fakes.mjs";

function client(answer, options = {}) {
  const clock = new FakeClock();
  const { seen, transport } = server(answer);
  const weir = createWeirClient({ transport, clock, random: () => 0.5, ...options });
  return { clock, seen, weir };
}

function refuseTimes(times, error) {
  return (attempt) => {
    if (attempt <= times) throw error;
  };
}

const code = (expected) => (error) => error instanceof ConnectError && error.code === expected;

test("repeats what was refused, no earlier than told", async () => {
  const { clock, seen, weir } = client(refuseTimes(2, refusal(400)));
  const { route } = await weir.routing.getRoute({});
  assert.equal(route.distanceMeters, 7);
  assert.equal(seen.length, 3);
  assert.deepEqual(clock.slept, [420, 420]);
});

test("gives up after so many attempts, with what the server said", async () => {
  const { seen, weir } = client(refuseTimes(9, refusal(400, Code.ResourceExhausted)));
  await assert.rejects(weir.routing.getRoute({}), code(Code.ResourceExhausted));
  assert.equal(seen.length, 3);
  const once = client(refuseTimes(9, refusal(400)), { maxAttempts: 1 });
  await assert.rejects(once.weir.routing.getRoute({}), code(Code.Unavailable));
  assert.equal(once.seen.length, 1);
});

test("repeats nothing that would fail again", async () => {
  for (const other of [Code.InvalidArgument, Code.NotFound, Code.Unauthenticated, Code.Internal]) {
    const { seen, weir } = client(refuseTimes(9, new ConnectError("no", other)));
    await assert.rejects(weir.routing.getRoute({}), code(other));
    assert.equal(seen.length, 1);
  }
});

test("does not wait for an answer that would come too late", async () => {
  const { clock, seen, weir } = client(refuseTimes(9, refusal(400)), { deadlineMs: 300 });
  await assert.rejects(weir.routing.getRoute({}), code(Code.Unavailable));
  assert.equal(seen.length, 1);
  assert.deepEqual(clock.slept, []);
});

test("does not wait for tomorrow when a quota is used up for today", async () => {
  const error = refusal(5 * 3_600_000, Code.ResourceExhausted);
  const { clock, seen, weir } = client(refuseTimes(9, error));
  await assert.rejects(weir.routing.getRoute({}), code(Code.ResourceExhausted));
  assert.equal(seen.length, 1);
  assert.deepEqual(clock.slept, []);
});

test("spends no more than its budget on retries", async () => {
  // With a random number this high the throttle lets everything through.
  const { seen, weir } = client(() => { throw refusal(1); }, { random: () => 0.9999 });
  for (let i = 0; i < 100; i++) {
    await assert.rejects(weir.routing.getRoute({}), code(Code.Unavailable));
  }
  assert.ok(seen.length <= 100 + 10 + 100 / 10, `${seen.length} attempts`);
  assert.ok(seen.length > 110, `${seen.length} attempts`);
});

test("refuses by itself once the server refuses nearly all, by priority", async () => {
  const { seen, weir } = client(
    (_attempt, { requestHeader }) => {
      if (requestHeader.get("x-weir-priority") === "sheddable") throw refusal(1);
    },
    { maxAttempts: 1, priority: "sheddable" },
  );
  for (let i = 0; i < 100; i++) {
    await assert.rejects(weir.routing.getRoute({}), code(Code.Unavailable));
  }
  // n / (n + 8) is above 0.5 from 9 on.
  assert.equal(seen.length, 9);
  await assert.rejects(weir.routing.getRoute({}), /not sent/);

  await weir.with({ priority: "critical" }).routing.getRoute({});
  assert.equal(seen.length, 10);
});

test("a call whose deadline passed is not repeated, and counts only if it passed in the queue", async () => {
  for (const [reason, sent] of [["TOO_LATE", 30], ["EXPIRED_IN_QUEUE", 9]]) {
    const { clock, seen, weir } = client(() => { throw late(reason); });
    for (let i = 0; i < 30; i++) {
      await assert.rejects(weir.routing.getRoute({}), ConnectError);
    }
    // n / (n + 8) is above 0.5 from 9 on.
    assert.equal(seen.length, sent);
    assert.deepEqual(clock.slept, []);
  }
});

test("tells the server who asks, and how urgent it is", async () => {
  const { seen, weir } = client(() => undefined, {
    apiKey: "k", token: "t", priority: "batch", user: "u", acceptEstimate: true,
  });
  await weir.routing.getRoute({}, { headers: { "x-weir-user": "other" } });
  await weir.with({ priority: "critical" }).routing.getRoute({});
  const told = (headers) => ["x-api-key", "authorization", "x-weir-priority", "x-weir-user",
    "x-weir-accept"].map((name) => headers.get(name));
  assert.deepEqual(told(seen[0]), ["k", "Bearer t", "batch", "other", "estimate"]);
  assert.deepEqual(told(seen[1]), ["k", "Bearer t", "critical", "u", "estimate"]);
});

test("each attempt gets what is left of the deadline", async () => {
  const lefts = [];
  const { weir } = client((attempt, context) => {
    lefts.push(context.timeoutMs());
    if (attempt < 2) throw refusal(1_000);
  });
  await weir.routing.getRoute({}, { timeoutMs: 60_000 });
  assert.ok(lefts[0] <= 60_000 && lefts[0] > 40_000, `${lefts}`);
  assert.ok(lefts[1] <= 58_950 && lefts[1] > 30_000, `${lefts}`);
});

test("an aborted call neither waits nor is repeated", async () => {
  const abort = new AbortController();
  const { seen, weir } = client(() => {
    abort.abort();
    throw refusal(400);
  });
  await assert.rejects(weir.routing.getRoute({}, { signal: abort.signal }), code(Code.Canceled));
  assert.equal(seen.length, 1);
});

test("a stream is not begun again", async () => {
  const { seen, weir } = client(refuseTimes(1, refusal(100)));
  await assert.rejects(async () => {
    for await (const _ of weir.routing.streamRoutes({}));
  }, code(Code.Unavailable));
  assert.equal(seen.length, 1);
});

test("a stream in both directions has no end unless the call sets one", async () => {
  const limits = [];
  const inner = {
    async stream(_method, _signal, timeoutMs) {
      limits.push(timeoutMs);
      return { message: [] };
    },
  };
  const shared = new Shared(new FakeClock(), () => 0.5, 3);
  const { stream } = considerate(inner, shared, { deadlineMs: 2_000 });
  for (const [methodKind, timeoutMs] of [
    ["server_streaming", undefined],
    ["server_streaming", 500],
    ["bidi_streaming", undefined],
    ["bidi_streaming", 500],
  ]) {
    await stream({ methodKind }, undefined, timeoutMs, undefined, []);
  }
  assert.deepEqual(limits, [2_000, 500, undefined, 500]);
});

test("options that cannot be are refused at once", () => {
  const { transport } = server(() => undefined);
  assert.throws(() => createWeirClient({}), TypeError);
  assert.throws(() => createWeirClient({ transport, priority: "urgent" }), TypeError);
  assert.throws(() => createWeirClient({ transport, deadlineMs: 0 }), TypeError);
  assert.throws(() => createWeirClient({ transport, maxAttempts: 0 }), TypeError);
});

test("reads the time to come back wherever it is", () => {
  const by = (headers) => new ConnectError("x", Code.Unavailable, headers);
  assert.equal(toldMs(refusal(1_234), 0), 1_234);
  assert.equal(toldMs(by({ "grpc-retry-pushback-ms": "250", "retry-after": "9" }), 0), 250);
  assert.equal(toldMs(by({ "grpc-retry-pushback-ms": "-1" }), 0), Number.POSITIVE_INFINITY);
  assert.equal(toldMs(by({ "retry-after": "2" }), 0), 2_000);
  const date = Date.UTC(2026, 10, 29, 8, 0, 0);
  assert.equal(toldMs(by({ "retry-after": "Sun, 29 Nov 2026 08:00:05 GMT" }), date), 5_000);
  assert.equal(toldMs(by({ "retry-after": "Sun, 29 Nov 2026 07:00:00 GMT" }), date), 0);
  assert.equal(toldMs(by({ "retry-after": "soon" }), date), undefined);
  assert.equal(toldMs(by({}), 0), undefined);
});

test("comes back when a proxy says so that knows nothing of the protocol", async (t) => {
  const ways = {
    "Connect by fetch": [createServer, (baseUrl) => ({ baseUrl })],
    "Connect over HTTP/2": [
      createHttp2Server,
      (baseUrl) => ({ transport: createConnectTransport({ baseUrl, httpVersion: "2" }) }),
    ],
    "gRPC": [createHttp2Server, (baseUrl) => ({ transport: createGrpcTransport({ baseUrl }) })],
  };
  for (const [name, [create, options]] of Object.entries(ways)) {
    await t.test(name, async () => {
      const answers = [[429, "2"], [503, "Thu, 01 Jan 1970 00:00:05 GMT"], [503, "9"]];
      let asked = 0;
      const proxy = create((_request, response) => {
        const [status, after] = answers[asked++];
        response.writeHead(status, { "content-type": "text/html", "retry-after": after });
        response.end("<p>busy</p>");
      });
      const sessions = [];
      proxy.on("session", (session) => sessions.push(session));
      await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
      try {
        const clock = new FakeClock();
        const baseUrl = `http://127.0.0.1:${proxy.address().port}`;
        const weir = createWeirClient({ ...options(baseUrl), clock, random: () => 0.5, deadlineMs: 60_000 });
        await assert.rejects(weir.routing.getRoute({}), code(Code.Unavailable));
        assert.equal(asked, 3);
        // 2 s, then what is left of 5 s since 1970, each with half a tenth more.
        assert.deepEqual(clock.slept.map(Math.round), [2_100, 3_045]);
      } finally {
        proxy.closeAllConnections?.();
        sessions.forEach((session) => session.destroy());
        await new Promise((resolve) => proxy.close(resolve));
      }
    });
  }
});

test("waits exponentially with jitter where nothing is told", () => {
  assert.equal(waitMs(undefined, 1, 1), 100);
  assert.equal(waitMs(undefined, 4, 0.5), 400);
  assert.equal(waitMs(undefined, 60, 1), 5_000);
  assert.equal(waitMs(200, 1, 0), 200);
  assert.equal(Math.round(waitMs(200, 9, 1)), 220);
});
