import { ask, target } from "./ask.js";
import { flood } from "./flood.js";
import { roads } from "./roads.js";

const element = (id) => document.getElementById(id);
const form = element("ask");
const answer = element("answer");
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const fixed = ([latitude, longitude]) => `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

let map;
let shown; // what the answer drew
let markers = {};
let asking; // aborts the request under way

const chosen = () => new FormData(form).get("kind");

// ---------------------------------------------------------------- places

function read(field) {
  const numbers = field.value.split(/[\s,;]+/).filter(Boolean).map(Number);
  const good =
    numbers.length === 2 && Math.abs(numbers[0]) <= 90 && Math.abs(numbers[1]) <= 180 && !numbers.some(Number.isNaN);
  field.setCustomValidity(good || field.value === "" ? "" : "Latitude and longitude, such as 43.7384, 7.4246");
  return good ? numbers : null;
}

function mark(name, place) {
  markers[name]?.remove();
  delete markers[name];
  if (!place || (name === "to" && chosen() === "isochrone")) return;
  const letter = name === "from" ? "A" : "B";
  const marker = L.marker(place, {
    draggable: true,
    title: name === "from" ? "From" : "To",
    alt: name === "from" ? "From" : "To",
    icon: L.divIcon({ className: `place ${letter.toLowerCase()}`, html: letter, iconSize: [26, 26] }),
  }).addTo(map);
  marker.on("dragend", () => {
    const { lat, lng } = marker.getLatLng();
    element(name).value = fixed([lat, lng]);
    request();
  });
  markers[name] = marker;
}

/** The next place: the first one that is missing; once both are there, a new beginning. */
function put(place) {
  const complete = read(element("from")) && (chosen() === "isochrone" || read(element("to")));
  if (complete) clear();
  const name = read(element("from")) ? "to" : "from";
  element(name).value = fixed(place);
  request();
}

function clear() {
  asking?.abort();
  for (const name of ["from", "to"]) {
    element(name).value = "";
    mark(name, null);
  }
  shown?.remove();
  answer.hidden = true;
  hint();
}

function hint() {
  const from = read(element("from"));
  element("hint").textContent =
    chosen() === "isochrone"
      ? from ? "Click another place to begin anew." : "Click a place on the map."
      : !from ? "Click two places on the map." : read(element("to")) ? "Drag a place, or click to begin anew." : "Click where to go.";
}

// ---------------------------------------------------------------- answers

const kilometers = (meters) => (meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(1)} km`);
const duration = (ms) => {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};

function node(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function line(coordinates, options) {
  return L.polyline(coordinates.map(([longitude, latitude]) => [latitude, longitude]), { interactive: false, ...options });
}

function drawRoutes(paths) {
  const layers = [];
  paths
    .filter((path) => path.points)
    .map((path, i) => ({ path, i }))
    .reverse()
    .forEach(({ path, i }) => {
      const best = i === 0;
      layers.push(line(path.points.coordinates, { color: color("paper"), weight: best ? 9 : 7, opacity: 0.9 }));
      layers.push(
        line(path.points.coordinates, { color: color(best ? "route" : "other"), weight: best ? 5 : 4, dashArray: best ? null : "7 6" }),
      );
    });
  shown = L.layerGroup(layers).addTo(map);
}

function drawReach(polygons) {
  shown = L.geoJSON(
    { type: "FeatureCollection", features: [...polygons].reverse() },
    { interactive: false, style: { color: color("reach"), weight: 2, fillOpacity: 0.1 } },
  ).addTo(map);
}

function title(text, detail) {
  const heading = node("h2", text);
  heading.append(node("span", detail));
  return heading;
}

function found(told, wish) {
  if (wish.kind === "isochrone") {
    drawReach(told.body.polygons);
    return [title(`Within ${wish.minutes} min`, `${told.body.polygons.length} steps`)];
  }
  const [best, ...others] = told.body.paths;
  drawRoutes(told.body.paths);
  const parts = [title(kilometers(best.distance), duration(best.time))];
  if (others.length > 0) {
    const list = document.createElement("ol");
    list.start = 2;
    list.append(...others.map((path) => node("li", `${kilometers(path.distance)}, ${duration(path.time)}`)));
    parts.push(list);
  } else if (wish.kind === "alternatives") {
    parts.push(node("p", "There is no other way that is worth it.", "note"));
  }
  return parts;
}

function refused(told) {
  const box = node("div", "", "refused");
  box.append(node("b", `${told.status} ${told.reason ?? ""}`), node("p", told.body.message ?? "No reason was given."));
  if (told.retryAfter) box.append(node("p", `Come back in ${told.retryAfter} s.`));
  return [box];
}

function bars({ timing, totalMs }) {
  const rows = [
    ["Estimate", timing.estimate],
    ["Engine", timing.engine],
    ["Queue", timing.queue],
    ["Round trip", totalMs],
  ].filter(([, ms]) => ms !== undefined);
  const most = Math.max(...rows.map(([, ms]) => ms));
  const grid = node("div", "", "bars");
  for (const [name, ms] of rows) {
    const bar = node("span", "", "bar");
    bar.style.width = `${Math.max(1, (100 * ms) / most)}%`;
    grid.append(node("span", name), bar, node("span", `${ms.toFixed(ms < 10 ? 2 : 0)} ms`, "value"));
  }
  return grid;
}

function show(told, wish) {
  shown?.remove();
  const parts = told.ok ? found(told, wish) : refused(told);
  parts.push(bars(told));
  const words = [];
  if (told.degraded) words.push(`left out: ${told.degraded}`);
  if (told.load) words.push(`load ${told.load}`);
  if (told.admission) words.push(`admitted: ${told.admission}`);
  if (told.requestId) words.push(`request ${told.requestId}`);
  parts.push(node("p", words.join(" · "), "told"));
  answer.replaceChildren(...parts);
  answer.hidden = false;
}

/** Sends what the form says, if it says enough. */
async function request() {
  const wish = {
    kind: chosen(),
    from: read(element("from")),
    to: read(element("to")),
    minutes: Number(element("minutes").value) || 5,
    profile: element("profile").value,
  };
  mark("from", wish.from);
  mark("to", wish.to);
  hint();
  if (!wish.from || (wish.kind !== "isochrone" && !wish.to)) return;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const { value: priority } = element("priority");
  const { value: timeout } = element("timeout");
  const { value: key } = element("key");
  try {
    show(await ask(target(wish), { priority, timeout, key }, signal), wish);
  } catch (error) {
    if (!signal.aborted) {
      answer.replaceChildren(node("p", `No answer: ${error.message}`, "refused"));
      answer.hidden = false;
    }
  }
}

// ---------------------------------------------------------------- the page

function listen() {
  map.on("click", ({ latlng }) => put([latlng.lat, latlng.wrap().lng]));
  const box = map.getContainer();
  box.append(node("div", "", "aim"));
  const byKeys = (yes) => box.classList.toggle("by-keys", yes);
  box.addEventListener("pointerdown", () => byKeys(false));
  box.addEventListener("blur", () => byKeys(false));
  box.addEventListener("keyup", (event) => byKeys(event.target === box));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === box) {
      const { lat, lng } = map.getCenter().wrap();
      put([lat, lng]);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    request();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") form.classList.toggle("isochrone", chosen() === "isochrone");
    request();
  });
  element("clear").addEventListener("click", clear);
}

async function start() {
  const info = await (await fetch("/info")).json();
  element("profile").append(...info.profiles.map(({ name }) => new Option(name, name)));
  const [west, south, east, north] = info.bbox;
  const bounds = L.latLngBounds([south, west], [north, east]);
  map = L.map("map", { maxZoom: 20, zoomSnap: 0.5, maxBounds: bounds.pad(1), worldCopyJump: false }).fitBounds(bounds);
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  roads(encodeURIComponent(`${info.import_date ?? ""}`)).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  listen();
  await flood();
}

start().catch((error) => {
  element("hint").textContent = `The server does not answer: ${error.message}`;
});
