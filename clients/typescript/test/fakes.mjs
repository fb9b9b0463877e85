import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { ErrorInfoSchema, RetryInfoSchema, RoutingService } from "../dist/index.js";

/** Time passes only while somebody sleeps, or when the test says so. */
export class FakeClock {
  time = 0;
  slept = [];

  now() {
    return this.time;
  }

  date() {
    return this.time;
  }

  async sleep(ms, signal) {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.time += ms;
  }
}

/** A refusal as Weir sends it. */
export function refusal(retryMs, code = Code.Unavailable) {
  const retryDelay = {
    seconds: BigInt(Math.floor(retryMs / 1_000)),
    nanos: (retryMs % 1_000) * 1_000_000,
  };
  return new ConnectError("refused", code, undefined, [
    { desc: RetryInfoSchema, value: create(RetryInfoSchema, { retryDelay }) },
  ]);
}

/** What Weir says of a call whose deadline passed. */
export function late(reason) {
  return new ConnectError("late", Code.DeadlineExceeded, undefined, [
    { desc: ErrorInfoSchema, value: create(ErrorInfoSchema, { domain: "weir", reason }) },
  ]);
}

/**
 * A server in this process that answers as told.
 *
 * @param answer gets the number of the attempt and the context of the call; throws or returns
 */
export function server(answer) {
  const seen = [];
  const transport = createRouterTransport(({ service }) => {
    service(RoutingService, {
      getRoute(_request, context) {
        seen.push(context.requestHeader);
        return answer(seen.length, context) ?? { route: { distanceMeters: 7 } };
      },
      async *streamRoutes(_request, context) {
        seen.push(context.requestHeader);
        answer(seen.length, context);
        yield { variant: 1 };
        throw refusal(100);
      },
    });
  });
  return { seen, transport };
}
