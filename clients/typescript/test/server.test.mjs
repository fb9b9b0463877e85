// Needs WEIR_URL, WEIR_GRPC_URL and WEIR_ADMIN_URL: a Weir with the map of Monaco and the profile
// `car`. Opens its breaker by the end.
import assert from "node:assert/strict";
import test from "node:test";
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
} from "@connectrpc/connect-node";
import {
  BadRequestSchema,
  Code,
  ConnectError,
  createWeirClient,
  ErrorInfoSchema,
  RideEndReason,
} from "../dist/index.js";
import { toldMs } from "../dist/retry.js";
import { FakeClock } from "./fakes.mjs";

const { WEIR_URL: baseUrl, WEIR_GRPC_URL: grpcUrl, WEIR_ADMIN_URL: adminUrl } = process.env;
const options = { skip: baseUrl === undefined ? "WEIR_URL is not set" : false };

const http = { baseUrl, httpVersion: "1.1" };
const transports = {
  "gRPC": () => createGrpcTransport({ baseUrl: grpcUrl }),
  "Connect in JSON": () => createConnectTransport({ ...http, useBinaryFormat: false }),
  "Connect in binary": () => createConnectTransport({ ...http, useBinaryFormat: true }),
  "Connect with gzip": () =>
    createConnectTransport({ ...http, sendCompression: compressionGzip, compressMinBytes: 1 }),
  "Connect over HTTP/2": () => createConnectTransport({ baseUrl, httpVersion: "2" }),
  "Connect by fetch": () => undefined,
};

const question = {
  profile: "car",
  origin: { latitude: 43.7384, longitude: 7.4246 },
  destination: { latitude: 43.7311, longitude: 7.4197 },
  instructions: true,
};

const client = (transport, more) =>
  createWeirClient({ ...(transport === undefined ? { baseUrl } : { transport }), ...more });

const code = (expected) => (error) => error instanceof ConnectError && error.code === expected;

/** Notes when each attempt is made, and what it was told. */
function watching(inner, clock) {
  const attempts = [];
  const transport = {
    ...inner,
    async unary(...call) {
      const attempt = { at: clock.now() };
      attempts.push(attempt);
      try {
        return await inner.unary(...call);
      } catch (reason) {
        attempt.told = toldMs(ConnectError.from(reason), clock.date());
        throw reason;
      }
    },
  };
  return { attempts, transport };
}

async function breaker(state) {
  const response = await fetch(`${adminUrl}/breaker/${state}`, { method: "POST" });
  assert.ok(response.ok, `the breaker cannot be ${state}: ${response.status}`);
}

test("every transport gives the same answers", options, async (t) => {
  const answers = {};
  for (const [name, open] of Object.entries(transports)) {
    await t.test(name, async () => {
      const weir = client(open(), { priority: "critical", user: "u1" });
      const route = await weir.routing.getRoute(question);
      assert.equal(route.route.distanceMeters.toFixed(1), "2384.8");
      assert.equal(route.route.duration.seconds, 185n);
      const areas = await weir.routing.getIsochrone({
        profile: "car",
        center: question.origin,
        reach: { case: "distanceMeters", value: 500 },
      });
      assert.equal(areas.areas.length, 1);
      const near = await weir.routing.findNearest({ location: question.origin });
      const { quote } = await weir.rides.quoteRide({
        profile: "car",
        origin: question.origin,
        destination: question.destination,
      });
      const { quotes } = await weir.rides.listQuotes({ pageSize: 1 });
      assert.deepEqual(quotes, [quote]);
      answers[name] = [route, areas, near, quote.distanceMeters, quote.fare];
      assert.deepEqual(answers[name], answers["gRPC"]);
    });
  }
});

test("every transport tells the same of mistakes", options, async (t) => {
  for (const [name, open] of Object.entries(transports)) {
    await t.test(name, async () => {
      const weir = client(open());
      const wrong = { ...question, profile: "a b", origin: { latitude: 91, longitude: 0 } };
      await assert.rejects(weir.routing.getRoute(wrong), (error) => {
        assert.equal(error.code, Code.InvalidArgument);
        assert.deepEqual(error.findDetails(ErrorInfoSchema).map(({ reason }) => reason), ["INVALID_FIELD"]);
        const [{ fieldViolations }] = error.findDetails(BadRequestSchema);
        assert.deepEqual(fieldViolations.map(({ field }) => field), ["profile", "origin.latitude"]);
        return true;
      });
      await assert.rejects(
        weir.routing.getRoute({ ...question, destination: { latitude: 10, longitude: 10 } }),
        code(Code.InvalidArgument),
      );
    });
  }
});

test("every transport keeps to a deadline and lets go when told", options, async (t) => {
  for (const [name, open] of Object.entries(transports)) {
    await t.test(name, async () => {
      const weir = client(open());
      const late = weir.with({ deadlineMs: 1 }).routing.getIsochrone({
        profile: "car",
        center: question.origin,
        reach: { case: "duration", value: { seconds: 3600n } },
        buckets: 20,
      });
      // Whichever notices first: the client's timer, or the server, for which that is too soon.
      await assert.rejects(
        late,
        (error) => error.code === Code.DeadlineExceeded || error.code === Code.Unavailable,
      );

      // Another client: the first one may hold back after a refusal.
      const abort = new AbortController();
      const call = client(open()).routing.getRoute(question, { signal: abort.signal });
      abort.abort();
      await assert.rejects(call, code(Code.Canceled));
    });
  }
});

const variants = (...locations) => ({
  route: question,
  variants: { case: "viaPoints", value: { locations } },
});

async function all(stream) {
  const messages = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

test("every transport gives the same streams", options, async (t) => {
  const answers = {};
  for (const [name, open] of Object.entries(transports)) {
    await t.test(name, async () => {
      const weir = client(open());
      const via = variants({ latitude: 43.735, longitude: 7.42 });
      const routes = await all(weir.routing.streamRoutes(via));
      assert.deepEqual(routes.map(({ variant }) => variant), [0, 1]);
      const places = [question.origin, question.destination];
      const rows = await all(
        weir.routing.getMatrix({ profile: "car", origins: places, destinations: places }),
      );
      assert.deepEqual(rows.map(({ origin }) => origin), [0, 1]);
      assert.equal(rows[0].cells[1].distanceMeters.toFixed(0), "2385");
      answers[name] = [routes, rows];
      assert.deepEqual(answers[name], answers["gRPC"]);
    });
  }
});

test("every transport ends a stream with what is wrong", options, async (t) => {
  for (const [name, open] of Object.entries(transports)) {
    await t.test(name, async () => {
      const weir = client(open());
      await assert.rejects(all(weir.routing.streamRoutes(variants())), (error) => {
        assert.equal(error.code, Code.InvalidArgument);
        const [{ fieldViolations }] = error.findDetails(BadRequestSchema);
        assert.deepEqual(fieldViolations.map(({ field }) => field), ["via_points.locations"]);
        return true;
      });
      // What came before the end holds.
      const routes = [];
      await assert.rejects(
        async () => {
          const far = variants({ latitude: 43.735, longitude: 7.42 }, { latitude: 10, longitude: 10 });
          for await (const route of weir.routing.streamRoutes(far)) routes.push(route.variant);
        },
        (error) => error.findDetails(ErrorInfoSchema)[0].reason === "OUT_OF_BOUNDS",
      );
      assert.deepEqual(routes, [0, 1]);
    });
  }
});

test("a ride is followed by gRPC until it arrives", options, async () => {
  const weir = client(transports.gRPC());
  let routed;
  const route = new Promise((resolve) => (routed = resolve));
  async function* positions() {
    const destination = { latitude: 43.7311, longitude: 7.4197 };
    yield { event: { case: "start", value: { profile: "car", destination } } };
    yield { event: { case: "position", value: { location: question.origin } } };
    await route;
    yield { event: { case: "position", value: { location: destination } } };
  }
  const events = [];
  for await (const { event } of weir.routing.trackRide(positions(), { timeoutMs: 30_000 })) {
    events.push(event.case);
    routed();
    if (event.case === "end") assert.equal(event.value.reason, RideEndReason.ARRIVED);
  }
  assert.equal(events[0], "route");
  assert.equal(events.at(-1), "end");
});

test("while the server refuses", options, async (t) => {
  await breaker("forced-open");
  t.after(() => breaker("closed"));
  for (const [name, open] of Object.entries(transports)) {
    const inner = open();
    if (inner === undefined) continue;
    await t.test(`${name}: comes back no earlier than told`, async () => {
      const clock = new FakeClock();
      const { attempts, transport } = watching(inner, clock);
      const weir = client(transport, { clock, random: () => 0.9999, deadlineMs: 600_000 });
      await assert.rejects(weir.routing.getRoute(question), (error) => {
        assert.equal(error.code, Code.Unavailable);
        assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "ENGINE_UNWELL");
        return true;
      });
      assert.equal(attempts.length, 3);
      for (let i = 1; i < attempts.length; i++) {
        const { at, told } = attempts[i - 1];
        assert.ok(told > 0 && attempts[i].at >= at + told, JSON.stringify(attempts));
      }
    });
    await t.test(`${name}: a stream does not begin`, async () => {
      await assert.rejects(all(client(open()).routing.streamRoutes(variants(question.origin))), (error) => {
        assert.equal(error.code, Code.Unavailable);
        assert.equal(error.findDetails(ErrorInfoSchema)[0].reason, "ENGINE_UNWELL");
        assert.ok(toldMs(error, Date.now()) > 0);
        return true;
      });
    });
    await t.test(`${name}: repeats no more than the budget allows`, async () => {
      const clock = new FakeClock();
      const { attempts, transport } = watching(inner, clock);
      const weir = client(transport, { clock, random: () => 0.9999, deadlineMs: 600_000 });
      for (let i = 0; i < 50; i++) {
        await assert.rejects(weir.routing.getRoute(question), code(Code.Unavailable));
      }
      assert.ok(attempts.length <= 50 + 10 + 5, `${attempts.length} attempts`);
      assert.ok(attempts.length >= 50 + 10, `${attempts.length} attempts`);
    });
  }
});
