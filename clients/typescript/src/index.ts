export { Code, ConnectError } from "@connectrpc/connect";
export type { Clock } from "./clock.js";
export { createWeirClient, type WeirClient, type WeirClientOptions } from "./client.js";
export { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";
export { ErrorReason } from "./gen/weir/v1/errors_pb.js";
export * from "./gen/weir/v1/geo_pb.js";
export * from "./gen/weir/v1/ride_service_pb.js";
export * from "./gen/weir/v1/routing_service_pb.js";
export type { CallDefaults, Priority } from "./transport.js";
