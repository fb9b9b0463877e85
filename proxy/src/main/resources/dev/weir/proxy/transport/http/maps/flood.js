// Starts a flood of this server, and shows what becomes of it.

const EVERY_MS = 500;
const MOST_SAMPLES = 72;

const element = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0);
const milliseconds = (ms) => (ms === 0 ? "–" : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);

let samples = [];
let before = null;

async function call(method, query = "") {
  const response = await fetch(`/maps/flood${query}`, { method, cache: "no-store" });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

function counts(report) {
  const list = element("flood-counts");
  const shed = sum(report.refused);
  const part = (count) => (report.offered ? ` (${Math.round((100 * count) / report.offered)} %)` : "");
  const rows = [
    ["", "Offered", number.format(report.offered)],
    ["good", "Good: within 500 ms", number.format(report.good) + part(report.good)],
    ["late", "Late", number.format(report.late)],
    ["shed", "Shed", number.format(shed) + part(shed)],
    ...Object.entries(report.refused).map(([reason, count]) => ["reason", reason, number.format(count)]),
    ["", "Answers: p50, p99", `${milliseconds(report.answer_p50_ms)}, ${milliseconds(report.answer_p99_ms)}`],
    ["", "Refusals: p99", milliseconds(report.refusal_p99_ms)],
  ];
  if (report.failed > 0) rows.push(["", "Failed", number.format(report.failed)]);
  if (report.unsent > 0) rows.push(["", "Not sent: too many open", number.format(report.unsent)]);
  list.replaceChildren(
    ...rows.flatMap(([kind, name, value]) => {
      const term = document.createElement("dt");
      const told = document.createElement("dd");
      term.className = kind;
      told.className = kind === "reason" ? kind : "";
      term.textContent = name;
      told.textContent = value;
      return [term, told];
    }),
  );
}

function chart() {
  const canvas = element("chart");
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const pen = canvas.getContext("2d");
  const colors = getComputedStyle(document.documentElement);
  const most = Math.max(1, ...samples.map(({ good, late, shed }) => good + late + shed));
  const width = canvas.width / MOST_SAMPLES;
  const height = canvas.height - 14 * ratio;
  samples.forEach((sample, i) => {
    let top = canvas.height;
    for (const kind of ["good", "late", "shed"]) {
      const tall = (sample[kind] / most) * height;
      pen.fillStyle = colors.getPropertyValue(`--${kind}`);
      pen.fillRect(i * width, top - tall, Math.max(1, width - ratio), tall);
      top -= tall;
    }
  });
  pen.fillStyle = colors.getPropertyValue("--soft");
  pen.font = `${11 * ratio}px system-ui, sans-serif`;
  pen.textAlign = "right";
  pen.fillText(`${number.format(Math.round(most))} a second`, canvas.width, 10 * ratio);
}

function show(report) {
  if (before && report.elapsed_ms > before.elapsed_ms) {
    const seconds = (report.elapsed_ms - before.elapsed_ms) / 1000;
    samples.push({
      good: (report.good - before.good) / seconds,
      late: (report.late - before.late) / seconds,
      shed: (sum(report.refused) - sum(before.refused)) / seconds,
    });
    samples = samples.slice(-MOST_SAMPLES);
  }
  before = report;
  element("flood-live").hidden = false;
  element("flood-stop").disabled = !report.running;
  element("flood-form").querySelector("[type=submit]").disabled = report.running;
  counts(report);
  chart();
}

async function follow() {
  try {
    for (;;) {
      const report = await call("GET");
      show(report);
      if (!report.running) {
        element("flood-told").textContent = `Over: ${number.format(report.good)} good of ${number.format(report.offered)}.`;
        return;
      }
      await new Promise((done) => setTimeout(done, EVERY_MS));
    }
  } catch (error) {
    element("flood-told").textContent = `The server does not tell how it goes on: ${error.message}`;
    element("flood-form").querySelector("[type=submit]").disabled = false;
  }
}

/** Makes the form work, or says why there is none. */
export async function flood() {
  const report = await call("GET");
  if (!report.available) {
    element("flood-form").hidden = true;
    element("flood-note").textContent =
      "A flood is offered where the port is on loopback, in clear text, and calls need no key.";
    return;
  }
  element("per-second").value = report.usual_per_second;
  element("per-second").max = report.most_per_second;
  element("seconds").max = report.most_seconds;
  element("flood-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    samples = [];
    before = null;
    try {
      const query = `?per_second=${element("per-second").value}&seconds=${element("seconds").value}`;
      const begun = await call("POST", query);
      element("flood-told").textContent = `From ${begun.from}, a caller of its own.`;
      show(begun);
      element("flood-counts").scrollIntoView({ block: "end" });
      await follow();
    } catch (error) {
      element("flood-told").textContent = error.message;
    }
  });
  element("flood-stop").addEventListener("click", () => call("DELETE").catch(() => {}));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", chart);
  if (report.running) await follow();
}
