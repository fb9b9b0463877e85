// Asks the server, and reads what its answers tell about themselves.

/** A request in GraphHopper's words: its address. */
export function target({ kind, from, to, minutes, profile }) {
  const query = new URLSearchParams({ profile });
  query.append("point", from.join(","));
  if (kind === "isochrone") {
    query.set("time_limit", String(minutes * 60));
    query.set("buckets", "3");
    return `/isochrone?${query}`;
  }
  query.append("point", to.join(","));
  query.set("points_encoded", "false");
  if (kind === "alternatives") {
    query.set("algorithm", "alternative_route");
    query.set("alternative_route.max_paths", "3");
  }
  return `/route?${query}`;
}

/** Sends it; throws only if nothing was answered. */
export async function ask(address, { priority, timeout, key }, signal) {
  const headers = {};
  if (priority) headers["X-Weir-Priority"] = priority;
  if (timeout) headers["X-Request-Timeout-Ms"] = timeout;
  if (key) headers["X-API-Key"] = key;
  const began = performance.now();
  const response = await fetch(address, { headers, signal, cache: "no-store" });
  const text = await response.text();
  const totalMs = performance.now() - began;
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    body = { message: text };
  }
  const header = (name) => response.headers.get(name);
  return {
    ok: response.ok,
    status: response.status,
    body,
    reason: body.hints?.[0]?.reason,
    retryAfter: header("Retry-After"),
    load: header("X-Weir-Load"),
    admission: header("X-Weir-Admission"),
    degraded: header("X-Weir-Degraded"),
    requestId: header("X-Request-Id"),
    timing: timing(header("Server-Timing")),
    totalMs,
  };
}

/** Durations in milliseconds by name, of a header as W3C Server Timing has it. */
export function timing(header) {
  const found = {};
  for (const metric of (header ?? "").split(",")) {
    const [name, ...parameters] = metric.split(";").map((part) => part.trim());
    const duration = parameters.find((parameter) => parameter.startsWith("dur="));
    if (name && duration) found[name] = Number(duration.slice(4));
  }
  return found;
}
