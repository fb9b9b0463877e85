// The map: tiles of the roads that this server routes on, drawn on canvas.

// What is drawn first lies below: paths, then streets, then the large roads. Widths in pixels at zoom 16.
const STYLES = [
  [["footway", "path", "steps", "cycleway", "bridleway", "track", "platform", "corridor", "construction"], "path", 1, [3, 2]],
  [["service", "pedestrian", "busway", "other", "road"], "street", 2.2],
  [["residential", "living_street", "unclassified"], "street", 4.2],
  [["tertiary"], "tertiary", 5.5],
  [["secondary"], "secondary", 6.5],
  [["primary"], "primary", 7],
  [["trunk"], "trunk", 7.5],
  [["motorway"], "motorway", 8.5],
];
const MOST_TRIES = 20;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A tile as the server has it; while it has more important things to do, it is asked again later. */
async function load(url, signal) {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const response = await fetch(url, { signal });
    if (response.ok) return response.json();
    if (response.status !== 503) break;
    await pause(1000 * Number(response.headers.get("Retry-After") ?? 1) + 500 * Math.random());
    if (signal.aborted) break;
  }
  throw new Error("no tile");
}

function trace(pen, lines, scale) {
  pen.beginPath();
  for (const line of lines) {
    let x = line[0];
    let y = line[1];
    pen.moveTo(x * scale, y * scale);
    for (let i = 2; i < line.length; i += 2) {
      pen.lineTo((x += line[i]) * scale, (y += line[i + 1]) * scale);
    }
  }
}

function draw(canvas, tile, zoom, ratio) {
  const pen = canvas.getContext("2d");
  const colors = getComputedStyle(document.documentElement);
  const scale = canvas.width / tile.extent;
  const growth = 2 ** ((zoom - 16) * 0.55) * ratio;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.lineJoin = "round";
  const kinds = STYLES.map(([names, color, width, dashes]) => ({
    lines: names.flatMap((name) => tile.roads[name] ?? []),
    color: colors.getPropertyValue(`--${color}`),
    width: Math.max(0.7 * ratio, width * growth),
    dashes,
  })).filter(({ lines }) => lines.length > 0);
  pen.lineCap = "round";
  pen.strokeStyle = colors.getPropertyValue("--casing");
  for (const { lines, width, dashes } of kinds) {
    if (dashes) continue;
    trace(pen, lines, scale);
    pen.lineWidth = width + 1.4 * ratio;
    pen.stroke();
  }
  for (const { lines, color, width, dashes } of kinds) {
    trace(pen, lines, scale);
    pen.lineCap = dashes ? "butt" : "round";
    pen.setLineDash(dashes ? dashes.map((dash) => dash * ratio) : []);
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.stroke();
  }
}

/** @param version of the graph, so that a browser does not show tiles of another one */
export function roads(version) {
  const shown = new Set();
  const Roads = L.GridLayer.extend({
    createTile(at, done) {
      const canvas = document.createElement("canvas");
      const { x: size } = this.getTileSize(); // larger beyond the nearest zoom that the server draws
      const zoom = at.z + Math.log2(size / 256);
      const ratio = Math.ceil(window.devicePixelRatio || 1);
      canvas.width = canvas.height = size * ratio;
      const abort = new AbortController();
      canvas.abort = () => abort.abort();
      shown.add(canvas);
      load(`/maps/tiles/${at.z}/${at.x}/${at.y}?v=${version}`, abort.signal).then(
        (tile) => {
          canvas.paint = () => draw(canvas, tile, zoom, ratio);
          canvas.paint();
          done(null, canvas);
        },
        (error) => done(error, canvas),
      );
      return canvas;
    },
  });
  const layer = new Roads({
    maxNativeZoom: 18,
    maxZoom: 20,
    attribution: 'Roads © <a href="https://www.openstreetmap.org/copyright">OpenStreetMap contributors</a>',
  });
  layer.on("tileunload", ({ tile }) => {
    tile.abort();
    shown.delete(tile);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const canvas of shown) canvas.paint?.();
  });
  return layer;
}
