import { Code, type ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { ErrorReason } from "./gen/weir/v1/errors_pb.js";

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/** Those who were told the same time come back over this part of it more. */
const SPREAD = 0.1;

/** Whether the server refused for want of room, so that the same call may succeed later. */
export function isRefusal(error: ConnectError): boolean {
  return error.code === Code.Unavailable || error.code === Code.ResourceExhausted;
}

/** Whether the server was so busy that the deadline passed before it began. */
export function expiredInQueue(error: ConnectError): boolean {
  const reason = error.findDetails(ErrorInfoSchema)[0]?.reason;
  return reason === ErrorReason[ErrorReason.EXPIRED_IN_QUEUE];
}

/**
 * When the server said to come back: by google.rpc.RetryInfo, by gRPC's pushback, or by the header
 * Retry-After, in this order.
 *
 * @param date milliseconds since 1970, against which a date in Retry-After is read
 * @returns milliseconds from now; infinity if it said not to, undefined if it said nothing
 */
export function toldMs(error: ConnectError, date: number): number | undefined {
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  if (delay !== undefined) {
    return Number(delay.seconds) * 1_000 + delay.nanos / 1_000_000;
  }
  const pushback = error.metadata.get("grpc-retry-pushback-ms");
  if (pushback !== null) {
    return /^\d{1,10}$/.test(pushback) ? Number(pushback) : Number.POSITIVE_INFINITY;
  }
  const after = error.metadata.get("retry-after");
  if (after === null) {
    return undefined;
  }
  const ms = /^\d{1,10}$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - date;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * How long to wait before the same call is made again: never less than the server said; if it said
 * nothing, exponentially longer each time, with jitter over all of it.
 *
 * @param attempt of the call that failed, from 1
 * @param random a number from 0 to below 1
 */
export function waitMs(told: number | undefined, attempt: number, random: number): number {
  if (told !== undefined) {
    return told * (1 + SPREAD * random);
  }
  return random * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}
