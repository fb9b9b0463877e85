import { type Client, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { type Clock, systemClock } from "./clock.js";
import { RideService } from "./gen/weir/v1/ride_service_pb.js";
import { RoutingService } from "./gen/weir/v1/routing_service_pb.js";
import { type CallDefaults, considerate, PRIORITIES, Shared } from "./transport.js";

/** How to reach a server, and what goes with every call. */
export interface WeirClientOptions extends CallDefaults {
  /** Of Weir's HTTP port, as `http://localhost:8989`. Not needed with a transport. */
  readonly baseUrl?: string;
  /** Talks to the server in place of Connect over `fetch`: gRPC from Node.js, for example. */
  readonly transport?: Transport;
  /** Sends protocol buffers rather than JSON; ignored with a transport. */
  readonly useBinaryFormat?: boolean;
  /** How often one call is tried in all, 3 if not said; 1 for no retries. */
  readonly maxAttempts?: number;
  /** Tells the time; for tests. */
  readonly clock?: Clock;
  /** A number from 0 to below 1; for tests. */
  readonly random?: () => number;
}

/** Calls one server. Everything that is made of it shares its retry budget and its throttle. */
export interface WeirClient {
  /**
   * Routes, isochrones, nearest roads, matrices and rides. Calls take `signal` and `timeoutMs`,
   * which goes before `deadlineMs`. They fail with a ConnectError. To follow a ride, as streams in
   * both directions do, takes a gRPC transport.
   */
  readonly routing: Client<typeof RoutingService>;

  /** Quotes for rides. A quote that was refused may be asked for again: it is not kept. */
  readonly rides: Client<typeof RideService>;

  /** The same client with other defaults; those that are not named stay as they are. */
  with(change: CallDefaults): WeirClient;
}

/**
 * Opens nothing: connections are made by the first call.
 *
 * @throws TypeError if an option cannot be
 */
export function createWeirClient(options: WeirClientOptions): WeirClient {
  const maxAttempts = options.maxAttempts ?? 3;
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1) {
    throw new TypeError("maxAttempts must be a whole number from 1");
  }
  const shared = new Shared(options.clock ?? systemClock, options.random ?? Math.random, maxAttempts);
  return view(transportOf(options), shared, options);
}

function transportOf(options: WeirClientOptions): Transport {
  if (options.transport !== undefined) {
    return options.transport;
  }
  if (options.baseUrl === undefined) {
    throw new TypeError("baseUrl or transport must be given");
  }
  return createConnectTransport({
    baseUrl: options.baseUrl,
    useBinaryFormat: options.useBinaryFormat ?? false,
  });
}

function view(inner: Transport, shared: Shared, defaults: CallDefaults): WeirClient {
  check(defaults);
  const transport = considerate(inner, shared, defaults);
  return {
    routing: createClient(RoutingService, transport),
    rides: createClient(RideService, transport),
    with: (change) => view(inner, shared, { ...defaults, ...change }),
  };
}

function check(defaults: CallDefaults): void {
  const { priority, deadlineMs } = defaults;
  if (priority !== undefined && !PRIORITIES.includes(priority)) {
    throw new TypeError(`priority must be one of ${PRIORITIES.join(", ")}`);
  }
  if (deadlineMs !== undefined && !(deadlineMs > 0 && Number.isFinite(deadlineMs))) {
    throw new TypeError("deadlineMs must be a number of milliseconds above 0");
  }
}
