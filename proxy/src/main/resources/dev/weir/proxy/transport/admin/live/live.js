"use strict";

/* What happens on this server, as /live tells it: an event "hello" with what does not change, one
   "sample" for every second of the last ten minutes, then a "sample" and a "now" each second. */

const RECENT = 10; // seconds that figures and tables are averages of
const SENTENCE = 5; // seconds that the sentence on top is about
const NEVER = "–";
const DRY_RUN_RULES = "deadline,delay,capacity,share"; // without a bound on places nothing bounds the queue

const $ = (id) => document.getElementById(id);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const sum = (numbers) => Object.values(numbers).reduce((a, b) => a + b, 0);

let hello = null;
let now = null;
let samples = [];
let token = "";
let heardAt = 0;
let trouble = "";

// ---- numbers for people

function amount(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NEVER;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 10000) return `${(value / 1000).toFixed(size < 100000 ? 1 : 0)}k`;
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NEVER;
  return seconds < 1 ? `${amount(seconds * 1000)} ms` : `${amount(seconds)} s`;
}

const percent = (part) => (Number.isFinite(part) ? `${amount(Math.round(part * 1000) / 10)} %` : NEVER);
const mebibytes = (bytes) => amount(bytes / 1048576);
const clock = (millis) => new Date(millis).toLocaleTimeString([], { hour12: false });

function uptime(millis) {
  const minutes = Math.floor(millis / 60000);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} d`;
}

// ---- what samples say

/** Sums of the counts of some samples. */
function total(some) {
  const all = { seconds: 0, refused: {}, ended: {}, degraded: {}, dryRun: 0, faults: 0, exceeded: 0, tiers: [], times: [], estimates: [] };
  const add = (into, from) => Object.entries(from).forEach(([name, count]) => (into[name] = (into[name] ?? 0) + count));
  for (const sample of some) {
    all.seconds += sample.seconds;
    all.dryRun += sample.dryRun;
    all.faults += sample.faults;
    all.exceeded += sample.exceeded;
    for (const name of ["refused", "ended", "degraded"]) add(all[name], sample[name]);
    for (const name of ["times", "estimates"]) sample[name].forEach((count, i) => (all[name][i] = (all[name][i] ?? 0) + count));
    sample.tiers.forEach((tier, i) => {
      const sofar = (all.tiers[i] ??= { name: tier.name, admitted: 0, refused: 0 });
      sofar.admitted += tier.admitted;
      sofar.refused += tier.refused;
      sofar.part = tier.part;
    });
  }
  return all;
}

const refused = (some) => sum(some.refused);
const good = (some) => (some.ended.routed ?? 0) + (some.ended.unreachable ?? 0);
const offered = (some) => some.tiers.reduce((all, tier) => all + tier.admitted, 0) + refused(some) + (some.degraded.estimate ?? 0);
const GIVEN_UP = ["expired-in-queue", "shed", "too-late", "over-budget", "hung", "irreducible"];
const givenUp = (some) => GIVEN_UP.reduce((all, how) => all + (some.ended[how] ?? 0), 0);

/** The value that so big a part of the counts is below, between the bounds of its cell. */
function quantile(counts, bounds, part) {
  const all = counts.reduce((a, b) => a + b, 0);
  if (all === 0) return null;
  let rest = part * all;
  for (let i = 0; i < counts.length; i++) {
    if (rest <= counts[i] && counts[i] > 0) {
      const low = i === 0 ? bounds[0] / 2 : bounds[i - 1];
      const high = i < bounds.length ? bounds[i] : 2 * low;
      return low * Math.pow(high / low, rest / counts[i]);
    }
    rest -= counts[i];
  }
  return 2 * bounds[bounds.length - 1];
}

const last = () => samples[samples.length - 1];
const recent = (seconds = RECENT) => total(samples.slice(-seconds));

// ---- the sentence on top

function byCause(some, cause) {
  const codes = hello.reasons.filter((reason) => cause === undefined || reason.cause === cause).map((reason) => reason.code);
  return codes.map((code) => [code, some.refused[code] ?? 0]).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
}

const count = (pairs) => pairs.reduce((all, [, each]) => all + each, 0);
const words = (code) => code.replaceAll("_", " ");

/** What an operator has to know first: how bad, in one sentence, and why. */
function state() {
  const latest = last();
  const some = recent(SENTENCE);
  const rate = (calls) => `${amount(calls / some.seconds)}/s`;
  const critical = some.tiers[0];
  const load = byCause(some, "load");
  const shed = count(load) + givenUp(some);
  if (latest.breaker !== "closed" && latest.breaker !== "half-open") {
    const forced = latest.breaker === "forced-open";
    return ["alarm", `Breaker open: every call is refused, ${rate(refused(some))}.`,
      forced ? "An operator has forced it open; close it under Controls." : `The engine failed or was far too slow; the log says why. A few calls will be let through to find out. ${turn("engine_unwell")}`];
  }
  if (latest.drained) return ["warn", `Drained by an operator: not ready, ${rate(offered(some))} still come.`, "Balancers are told to send calls elsewhere; those that come are served. Undo it under Controls."];
  if (!latest.ready) return ["warn", "Not ready: starting, or stopping.", "Health checks answer 503."];
  if ((some.ended.failed ?? 0) + some.faults > 0) return ["alarm", `Faults of our own: ${rate(some.faults)} calls fail.`, "The log tells each, under the id of its request."];
  if (critical.refused > 0) {
    return ["alarm", `Shedding even critical calls: ${rate(critical.refused)} of ${rate(critical.admitted + critical.refused)}.`, because(some, load, latest)];
  }
  if (shed > 0 && load[0]?.[0] === "deadline_unreachable" && latest.load < 0.8) {
    return ["warn", `No overload; ${rate(shed)} of ${rate(offered(some))} ask for more than can be done by their deadlines.`, `Load is ${percent(latest.load)}. Their deadlines are too short, or their estimates too high. ${turn("deadline_unreachable")}`];
  }
  if (shed > 0) {
    return ["warn", `Shedding ${percent(shed / Math.max(1, offered(some)))}: ${rate(shed)} of ${rate(offered(some))} are refused for load.`, because(some, load, latest, " No critical call is refused.")];
  }
  if (latest.breaker === "half-open") return ["warn", "Breaker half open: a few calls are let through to find out.", "It closes by itself if they do well."];
  const others = byCause(some);
  if (others.length > 0) {
    const [code] = others[0];
    return ["warn", `No overload; ${rate(count(others))} refused, mostly for ${words(code)}.`, `${hello.reasons.find((reason) => reason.code === code).sentence} ${turn(code)}`];
  }
  const less = sum(some.degraded);
  if (less > 0) return ["warn", `Nobody is refused; ${rate(less)} get less than they ask for.`, `Load ${percent(latest.load)} of what ${amount(latest.processors)} processors can do.`];
  if (offered(some) === 0) return ["calm", "Calm: nobody calls.", ""];
  return ["calm", `Calm: ${rate(offered(some))}, nobody is refused.`, `Load ${percent(latest.load)} of what ${amount(latest.processors)} processors can do.`];
}

/** What an operator may do about refusals for that reason. */
function turn(code) {
  const reason = hello.reasons.find((each) => each.code === code);
  return reason === undefined ? "" : `Turn: ${reason.turn}`;
}

function because(some, load, latest, more = "") {
  const lost = GIVEN_UP.reduce((a, b) => ((some.ended[b] ?? 0) > (some.ended[a] ?? 0) ? b : a)).replaceAll("-", "_");
  const [code, main] = load.length > 0 ? [load[0][0], `Mostly ${words(load[0][0])}.`] : [lost, `Given up after they were let in, mostly ${words(lost)}.`];
  const tiers = some.tiers.filter((tier) => tier.refused > 0).map((tier) => `${tier.name} ${percent(tier.refused / (tier.admitted + tier.refused))}`);
  return `${main} ${percent(latest.load)} of what ${amount(latest.processors)} processors can do is asked for.${tiers.length > 0 ? ` Refused: ${tiers.join(", ")}.` : ""}${more} ${turn(code)}`;
}

// ---- charts

const charts = [];
const COLOURS = ["--bad", "--third", "--fourth", "--fifth", "--sixth", "--good"];

/** One value of every series per sample; null where there is none. */
class Chart {
  constructor(id, series, { format = amount, log = false, stacked = false, most = 0 } = {}) {
    Object.assign(this, { box: $(id), series, format, log, stacked, most, plot: null });
    this.legend = document.createElement("ul");
    this.legend.className = "legend";
    this.box.before(this.legend);
    this.box.setAttribute("role", "img");
    charts.push(this);
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.box);
  }

  size() {
    return { width: Math.max(160, this.box.clientWidth), height: this.box.clientHeight };
  }

  data() {
    const columns = this.series.map((each) => samples.map((sample, i) => each.of(sample, i)));
    this.columns = columns;
    if (!this.stacked) return columns;
    const stacked = [];
    columns.forEach((column, s) => stacked.push(s === 0 ? column : column.map((value, i) => value + stacked[s - 1][i])));
    return stacked.reverse();
  }

  options() {
    const axis = { stroke: css("--muted"), grid: { stroke: css("--grid"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    const drawn = this.stacked ? [...this.series].reverse() : this.series;
    return {
      ...this.size(),
      legend: { show: false },
      cursor: { sync: { key: "weir" }, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: true, range: () => this.window() },
        y: this.log ? { distr: 3, range: (u, min, max) => [Math.min(min ?? 0.001, 0.001), Math.max(max ?? 1, 1)] }
          : { range: (u, min, max) => [0, Math.max(this.most, (max ?? 0) * 1.1, 1e-3)] },
      },
      axes: [{ ...axis, size: 30, space: 90, values: (u, ticks) => ticks.map((tick) => clock(tick * 1000)) },
        { ...axis, size: 62, values: (u, ticks) => ticks.map((tick) => (tick === null ? "" : this.format(tick))), ...this.yAxis() }],
      series: [{}, ...drawn.map((each) => this.line(each))],
      hooks: { setCursor: [(plot) => this.tell(plot.cursor.idx)], ...this.hooks() },
    };
  }

  line(each) {
    const colour = css(each.colour);
    return { label: each.label, stroke: colour, width: each.width ?? 2, dash: each.dash, points: { show: false }, spanGaps: false,
      fill: this.stacked ? colour : each.fill ? colour + "26" : undefined };
  }

  yAxis() {
    return {};
  }

  hooks() {
    return {};
  }

  window() {
    if (samples.length === 0) return [Date.now() / 1000 - 60, Date.now() / 1000];
    const end = last().at / 1000;
    return [end - Math.max(60, Math.min(hello.keptSeconds, end - samples[0].at / 1000)), end];
  }

  draw() {
    const data = [samples.map((sample) => sample.at / 1000), ...this.data()];
    if (this.plot === null) {
      this.plot = new uPlot(this.options(), data, this.box);
    } else {
      this.plot.setData(data);
    }
    this.tell(this.plot.cursor.idx);
  }

  /** Colour, label and value of all that there is to say of a moment. */
  said(at) {
    return this.series.map((each, s) => [each.colour, each.label, this.format(this.columns?.[s]?.[at])]);
  }

  /** What is under the cursor, else the latest. */
  tell(index) {
    const said = this.said(index ?? samples.length - 1);
    this.legend.replaceChildren(...said.map(([colour, label, value]) => {
      const item = document.createElement("li");
      const swatch = document.createElement("i");
      swatch.style.background = css(colour);
      const figure = document.createElement("b");
      figure.textContent = value;
      item.append(swatch, `${label} `, figure);
      return item;
    }));
    this.box.setAttribute("aria-label", said.map(([, label, value]) => `${label} ${value}`).join(", "));
  }

  renew() {
    this.plot?.destroy();
    this.plot = null;
  }
}

/** Draws within the axes. */
function within({ ctx, bbox }, paint) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint(ctx);
  ctx.restore();
}

/** Shaded where the breaker was not closed. */
class Traffic extends Chart {
  static SHADE = "--alarm-back";

  hooks() {
    return { drawClear: [(plot) => this.shade(plot)] };
  }

  /** Samples at which the breaker was not closed. */
  unwell() {
    return samples.filter((sample) => sample.breaker !== "closed");
  }

  shade(plot) {
    within(plot, (ctx) => {
      ctx.fillStyle = css(Traffic.SHADE);
      for (const sample of this.unwell()) {
        const left = Math.floor(plot.valToPos(sample.at / 1000 - sample.seconds, "x", true));
        const right = Math.ceil(plot.valToPos(sample.at / 1000, "x", true));
        ctx.fillRect(left, plot.bbox.top, right - left, plot.bbox.height);
      }
    });
  }

  said(at) {
    const seconds = this.unwell().reduce((all, sample) => all + sample.seconds, 0);
    const before = seconds === 0 ? "" : `, not closed for ${duration(seconds)} of what is shown`;
    return [...super.said(at), [Traffic.SHADE, "breaker", `${words(samples[at]?.breaker ?? NEVER).replace("-", " ")}${before}`]];
  }
}

/** Times to answer: a column per few seconds, a row per cell, darker where there are more. */
class HeatMap extends Chart {
  static COLUMN = 5;

  constructor(id) {
    super(id, []);
    this.legend.remove();
  }

  data() {
    return [samples.map(() => null)];
  }

  options() {
    const options = super.options();
    options.series = [{}, { points: { show: false } }];
    options.scales.y = { range: () => [0, hello.timeBounds.length + 1] };
    options.cursor.x = false;
    options.cursor.y = false;
    return options;
  }

  yAxis() {
    const bounds = hello.timeBounds;
    return { splits: () => bounds.map((_, i) => i + 1).filter((row) => row % 6 === 1), values: (u, rows) => rows.map((row) => duration(bounds[row - 1])) };
  }

  hooks() {
    return { draw: [(plot) => this.paint(plot)] };
  }

  paint(plot) {
    const rows = hello.timeBounds.length + 1;
    const columns = [];
    for (let i = samples.length; i > 0; i -= HeatMap.COLUMN) columns.push(samples.slice(Math.max(0, i - HeatMap.COLUMN), i));
    const cells = columns.map((some) => ({ from: some[0].at / 1000 - some[0].seconds, to: some[some.length - 1].at / 1000, times: total(some).times }));
    const most = Math.max(1, ...cells.flatMap((cell) => cell.times));
    const heat = css("--heat");
    within(plot, (ctx) => {
      for (const cell of cells) {
        const left = Math.round(plot.valToPos(cell.from, "x", true));
        const right = Math.round(plot.valToPos(cell.to, "x", true));
        for (let row = 0; row < rows; row++) {
          if (cell.times[row] > 0) {
            const top = Math.round(plot.valToPos(row + 1, "y", true));
            const bottom = Math.round(plot.valToPos(row, "y", true));
            ctx.fillStyle = `rgb(${heat} / ${0.15 + (0.85 * Math.log1p(cell.times[row])) / Math.log1p(most)})`;
            ctx.fillRect(left, top, Math.max(1, right - left), bottom - top);
          }
        }
      }
    });
  }

  tell() {
    const some = recent();
    this.box.setAttribute("aria-label", `Half of the answers within ${duration(quantile(some.times, hello.timeBounds, 0.5))}, 99 % within ${duration(quantile(some.times, hello.timeBounds, 0.99))}`);
  }
}

/** The most frequent first. */
const ranked = (counts) => Object.keys(counts).sort((a, b) => counts[b] - counts[a]);

/** Counts by name, of those that there were, the most frequent at the bottom; the list below it is its legend. */
class Named extends Chart {
  constructor(id, counts) {
    super(id, [], { stacked: true });
    this.counts = counts;
    this.legend.remove();
  }

  draw() {
    const names = ranked(total(samples)[this.counts]).slice(0, COLOURS.length);
    const series = names.map((name, i) => ({ label: words(name), colour: COLOURS[i], width: 0, of: (sample) => (sample[this.counts][name] ?? 0) / sample.seconds }));
    if (series.length === 0) series.push({ label: "none", colour: "--offered", of: () => 0 });
    if (series.map(({ label }) => label).join() !== this.series.map(({ label }) => label).join()) this.renew();
    this.series = series;
    super.draw();
  }
}

function windowed(name, bounds, part) {
  return (sample, i) => {
    const counts = [];
    for (let at = Math.max(0, i - RECENT + 1); at <= i; at++) samples[at][name].forEach((each, cell) => (counts[cell] = (counts[cell] ?? 0) + each));
    return quantile(counts, hello[bounds], part);
  };
}

function makeCharts() {
  const per = (what) => (sample) => what(sample) / sample.seconds;
  new Traffic("c-traffic", [
    { label: "offered", colour: "--offered", of: per(offered), dash: [6, 4] },
    { label: "good", colour: "--good", of: per(good), fill: true },
    { label: "refused", colour: "--bad", of: per(refused) },
    { label: "given up", colour: "--third", of: per(givenUp) },
  ]);
  new Named("c-reasons", "refused");
  new Named("c-steps", "degraded");
  new Chart("c-latency", [
    { label: "99 %", colour: "--bad", of: windowed("times", "timeBounds", 0.99) },
    { label: "90 %", colour: "--third", of: windowed("times", "timeBounds", 0.9) },
    { label: "half", colour: "--good", of: windowed("times", "timeBounds", 0.5) },
  ], { format: duration, log: true });
  new HeatMap("c-heat");
  new Chart("c-room", [
    { label: "permits", colour: "--offered", of: (sample) => sample.permits, dash: [6, 4] },
    { label: "running", colour: "--good", of: (sample) => sample.running, fill: true },
    { label: "queued", colour: "--bad", of: (sample) => sample.queued },
  ]);
  new Chart("c-ahead", [{ label: "work ahead", colour: "--third", of: (sample) => sample.aheadSeconds, fill: true }], { format: duration, most: 0.01 });
  new Chart("c-processors", [
    { label: "busy with this process", colour: "--bad", of: (sample) => sample.busyProcessors },
    { label: "at work, by what calls take", colour: "--good", of: (sample) => sample.processors },
  ], { most: 1 });
  new Chart("c-heap", [
    { label: "heap used, MiB", colour: "--good", of: (sample) => sample.heapUsed / 1048576, fill: true },
    { label: "collecting, ms/s", colour: "--bad", of: per((sample) => sample.collecting) },
  ]);
  new Chart("c-estimates", [
    { label: "90 % below", colour: "--third", of: windowed("estimates", "estimateBounds", 0.9) },
    { label: "half below", colour: "--good", of: windowed("estimates", "estimateBounds", 0.5) },
    { label: "as estimated", colour: "--offered", of: () => 100, dash: [6, 4], width: 1 },
  ], { format: (value) => (value === null || value === undefined ? NEVER : `${amount(value)} %`), most: 200 });
}

// ---- texts and tables

function text(id, value) {
  const place = $(id);
  if (place.textContent !== value) place.textContent = value;
}

function row(cells, empty = false) {
  const line = document.createElement("tr");
  line.className = empty ? "empty" : "";
  for (const cell of cells) {
    const place = document.createElement("td");
    if (cell instanceof Node) place.append(cell);
    else if (typeof cell === "object") {
      place.textContent = cell.number;
      place.className = "n";
    } else place.textContent = cell;
    line.append(place);
  }
  if (empty) line.firstChild.colSpan = 9;
  return line;
}

const number = (value) => ({ number: amount(value) });

function fill(id, rows, otherwise) {
  document.querySelector(`#${id} tbody`).replaceChildren(...(rows.length > 0 ? rows : [row([otherwise], true)]));
}

function list(id, entries, otherwise) {
  const items = entries.map(([colour, label, explanation, value]) => {
    const item = document.createElement("li");
    const swatch = document.createElement("i");
    if (colour) swatch.style.background = css(colour);
    const name = document.createElement("span");
    name.textContent = label;
    if (explanation) {
      const more = document.createElement("small");
      more.textContent = explanation;
      name.append(more);
    }
    const figure = document.createElement("b");
    figure.textContent = value;
    item.append(swatch, name, figure);
    return item;
  });
  if (items.length === 0) {
    const item = document.createElement("li");
    item.append(document.createElement("i"), otherwise);
    items.push(item);
  }
  $(id).replaceChildren(...items);
}

function meter(part, label) {
  const box = document.createElement("span");
  const bar = document.createElement("meter");
  Object.assign(bar, { min: 0, max: 1, low: 0.5, high: 0.95, optimum: 1, value: part });
  bar.setAttribute("aria-label", `room for calls of priority ${label}`);
  box.append(bar, percent(part));
  return box;
}

function showState() {
  const [level, sentence, why] = state();
  $("state").dataset.level = level;
  text("sentence", sentence);
  text("why", why);
  document.title = `${level === "calm" ? "" : level === "warn" ? "⚠ " : "⛔ "}Weir: ${sentence}`;
  const dry = now.dryRunRules.length > 0;
  const notes = [];
  if (dry) notes.push(`Dry run of ${now.dryRunRules.join(", ")}: ${amount(recent(SENTENCE).dryRun / recent(SENTENCE).seconds)} refusals a second there would be.`);
  if (now.adjusted.length > 0) notes.push(`Changed by hand, until the file is read again or the server starts anew: ${now.adjusted.join(", ")}.`);
  $("by-hand").hidden = notes.length === 0;
  text("by-hand", notes.join(" "));
}

function showFigures() {
  const some = recent(SENTENCE);
  const long = recent();
  const rate = (calls) => amount(calls / some.seconds);
  text("f-offered", `${rate(offered(some))}/s`);
  text("f-good", `${rate(good(some))}/s`);
  text("f-refused", `${rate(refused(some))}/s`);
  text("f-p50", duration(quantile(long.times, hello.timeBounds, 0.5)));
  text("f-p99", duration(quantile(long.times, hello.timeBounds, 0.99)));
  text("f-load", percent(last().load));
  text("f-breaker", words(last().breaker.replace("-", " ")));
  text("about", `${hello.version} on ${location.host}, up ${uptime(now.uptimeMillis)}, ${now.machineProcessors} processors, heap ${mebibytes(now.heapMost)} MiB`);
}

function showTables() {
  const some = recent();
  const perSecond = (calls) => amount(calls / some.seconds);
  const all = total(samples);
  const colour = (counts, name) => COLOURS[ranked(counts).indexOf(name)] ?? "";
  list("reasons", byCause(some).map(([code, calls]) => [colour(all.refused, code), words(code), `${hello.reasons.find((reason) => reason.code === code).sentence} ${turn(code)}`, `${perSecond(calls)}/s`]), "Nobody was refused in the last 10 s.");
  list("steps", ranked(some.degraded).map((step) => [colour(all.degraded, step), step, "", `${perSecond(some.degraded[step])}/s`]), "All get what they ask for.");
  fill("tiers", some.tiers.map((tier) => row([tier.name, number(tier.admitted / some.seconds), number(tier.refused / some.seconds), meter(tier.part, tier.name)])), "");
  fill("tenants", now.tenants.map((tenant) => row([tenant.name, number(tenant.answered), number(tenant.refused), number(tenant.processors)])), "Nobody calls.");
  text("tenant-count", now.tenantCount > now.tenants.length ? `the busiest ${now.tenants.length} of ${now.tenantCount}` : "");
  const known = (value, format = amount) => ({ number: value === undefined ? "" : format(value) });
  fill("last", now.refusals.map((each) => row([clock(each.at), words(each.reason), each.what, each.priority, each.tenant, known(each.estimateMillis), known(each.waitMillis), known(each.part, percent)])), "None yet.");
}

function showControls() {
  const dry = now.dryRunRules.length > 0;
  text("dry-state", dry ? `On trial: ${now.dryRunRules.join(", ")}.` : "All rules are kept to.");
  text("dry", dry ? "End the dry run …" : "Start a dry run …");
  const closed = last().breaker === "closed";
  text("breaker-state", `It is ${last().breaker.replace("-", " ")}.`);
  text("breaker", closed ? "Force open …" : "Close …");
  text("drain-state", last().drained ? "Not ready: drained." : last().ready ? "Ready for calls." : "Not ready.");
  text("drain", last().drained ? "Serve again …" : "Drain …");
  $("back").disabled = now.adjusted.length === 0;
}

let drawing = false;

function render() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (hello === null || now === null || samples.length === 0) return;
    showState();
    showFigures();
    showTables();
    showControls();
    charts.forEach((chart) => chart.draw());
  });
}

// ---- what the server tells

function hear(event, data) {
  if (event === "hello") {
    hello = data;
    samples = [];
    charts.forEach((chart) => chart.renew());
    loadKeys();
  } else if (event === "sample") {
    samples.push(data);
    if (samples.length > hello.keptSeconds) samples.shift();
    heardAt = Date.now();
    trouble = "";
  } else if (event === "now") {
    now = data;
    render();
  }
}

async function listen() {
  const response = await fetch("live", { headers: authorized(), cache: "no-store" });
  if (response.status === 401) {
    trouble = "This server shows itself to whoever brings the admin token.";
    await ask("Admin token", trouble, "Look", async () => ((await fetch("breaker", { headers: authorized() })).status === 401 ? "The server did not take the token." : ""));
    return;
  }
  if (!response.ok) throw new Error((await response.text()).trim());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const [event, data] = part.split("\n");
      hear(event.slice("event: ".length), JSON.parse(data.slice("data: ".length)));
    }
  }
}

async function keepListening() {
  for (;;) {
    try {
      await listen();
    } catch (error) {
      trouble = `No word from the server: ${error.message}.`;
    }
    const patience = heardAt === 0 && token === "" ? 5000 : 1000; // whoever waves the question away is not asked at once
    await new Promise((resolve) => setTimeout(resolve, patience));
  }
}

/** A page that stands still must not look calm. */
function watchSilence() {
  setInterval(() => {
    const silence = Math.round((Date.now() - heardAt) / 1000);
    if (heardAt > 0 && silence > 3) trouble ||= "No word from the server.";
    if (trouble !== "" && (heardAt === 0 || silence > 3)) {
      $("state").dataset.level = heardAt === 0 ? "unknown" : "alarm";
      text("sentence", trouble);
      text("why", heardAt === 0 ? "" : `Everything below is as it was ${silence} s ago. The page tries again every second.`);
    }
  }, 1000);
}

// ---- what an operator does

const authorized = () => (token === "" ? {} : { Authorization: `Bearer ${token}` });

/** Asks for confirmation and token; the deed returns what went wrong, or nothing. */
function ask(title, sentence, verb, deed) {
  const dialog = $("dialog");
  if (dialog.open) return Promise.resolve();
  text("dialog-title", title);
  text("dialog-text", sentence);
  text("confirm", verb);
  text("dialog-error", "");
  $("token").value = token;
  $("confirm").disabled = false;
  dialog.showModal();
  $("confirm").focus();
  return new Promise((resolve) => {
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      token = $("token").value.trim();
      $("confirm").disabled = true;
      let wrong;
      try {
        wrong = await deed();
      } catch (error) {
        wrong = `It could not be sent: ${error.message}`;
      }
      $("confirm").disabled = false;
      if (wrong) text("dialog-error", wrong);
      else dialog.close();
    };
    $("cancel").onclick = () => dialog.close();
    dialog.onclose = () => resolve();
  });
}

function refusal(status) {
  if (status === 401) return "The server did not take the token.";
  if (status === 403) return "The server takes changes from this machine only, or with a token.";
  return "";
}

/** Sends a command when it is confirmed, and says what came of it. */
function command(title, sentence, verb, method, path) {
  return ask(title, sentence, verb, async () => {
    const response = await fetch(path, { method, headers: authorized() });
    const answer = (await response.text()).trim();
    if (!response.ok) return refusal(response.status) || answer;
    text("outcome", `${clock(Date.now())} ${title}: ${answer}`);
    await loadKeys();
    return "";
  });
}

function download(title, sentence, method, path, name) {
  return ask(title, sentence, "Do it", async () => {
    text("inside-outcome", `${title} …`);
    const response = await fetch(path, { method, headers: authorized() });
    if (!response.ok) {
      text("inside-outcome", "");
      return refusal(response.status) || (await response.text()).trim();
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    text("inside-outcome", `${clock(Date.now())} ${title}: saved as ${name}`);
    return "";
  });
}

let keys = [];

async function loadKeys() {
  const response = await fetch("config/adjustable", { headers: authorized() });
  if (!response.ok) return;
  const chosen = $("key").value || "gate.max-queue-delay";
  keys = await response.json();
  $("key").replaceChildren(...keys.map(({ key, value }) => new Option(`${key}: ${value || "none"}`, key)));
  $("key").value = chosen;
  showKey();
}

function showKey() {
  const chosen = keys.find(({ key }) => key === $("key").value);
  if (!chosen) return;
  text("key-sentence", chosen.sentence);
  text("key-allowed", `(${chosen.allowed})`);
  $("value").value = chosen.value;
}

function connectControls() {
  $("dry").onclick = () => (now?.dryRunRules.length > 0
    ? command("End the dry run", "All rules are kept to again: calls are refused for them.", "End it", "POST", "config/set?gate.dry-run=")
    : command("Start a dry run", `The rules ${DRY_RUN_RULES.replaceAll(",", ", ")} are counted and no longer kept to: under overload the queue fills until places run out, and calls time out instead of being refused.`, "Start it", "POST", `config/set?gate.dry-run=${DRY_RUN_RULES}`));
  $("breaker").onclick = () => (last()?.breaker === "closed"
    ? command("Force the breaker open", "Every call is refused at once, also critical ones, until the breaker is closed.", "Force it open", "POST", "breaker/forced-open")
    : command("Close the breaker", "Calls reach the engine again.", "Close it", "POST", "breaker/closed"));
  $("drain").onclick = () => (last()?.drained
    ? command("Serve again", "The server says again that it is ready.", "Serve again", "DELETE", "drain")
    : command("Drain", "The server says that it is not ready, so that balancers send calls elsewhere. Those that come are still served.", "Drain", "POST", "drain"));
  $("change").onclick = () => command(`Change ${$("key").value}`, `From ${keys.find(({ key }) => key === $("key").value)?.value || "none"} to ${$("value").value || "none"}, at once.`, "Change it", "POST", `config/set?${encodeURIComponent($("key").value)}=${encodeURIComponent($("value").value)}`);
  $("back").onclick = () => command("Back to the file", "The settings are read again; what was changed by hand is undone.", "Read it", "POST", "config/reload");
  $("key").onchange = showKey;
  $("jfr").onclick = () => download("Flight recording", `The JVM records itself for ${$("seconds").value} s; it costs a percent or two of a processor meanwhile.`, "POST", `profile/jfr?seconds=${encodeURIComponent($("seconds").value)}`, "weir.jfr");
  $("threads").onclick = () => download("Thread dump", "All threads are listed with their stacks.", "GET", "profile/threads", "threads.txt");
  $("heap").onclick = () => download("Heap histogram", "Everything stops while objects are counted: up to a second per few gigabytes.", "GET", "profile/heap", "heap.txt");
  $("config").ontoggle = async () => {
    if (!$("config").open) return;
    const response = await fetch("config", { headers: authorized() });
    $("config").querySelector("pre").textContent = await response.text();
  };
}

makeCharts();
connectControls();
watchSilence();
keepListening();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  charts.forEach((chart) => chart.renew());
  render();
});
