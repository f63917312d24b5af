/** The picture of the calls: time from left to right, a lane for each that ran at once, and the limit of time as a line. */
import { h } from "../dom.ts";
import { duration } from "../format.ts";
import type { Call, CallState } from "./log.ts";

export interface Chart {
  readonly element: HTMLElement;
  begin(wallMs: number): void;
  end(at: number): void;
  /** The limit of time is no moment of this picture any more. */
  noLimit(): void;
  draw(calls: readonly Call[], lanes: number): void;
  select(index: number): void;
}

const colours = {
  running: "--faint",
  waiting: "--warning",
  ok: "--accent",
  error: "--error",
  refused: "--error",
} as const satisfies Record<CallState, string>;

const axisHeight = 20;
const gap = 2;

export function createChart(choose: (index: number) => void): Chart {
  const canvas = h("canvas", { class: "chart-canvas" });
  // The list beside it says the same in words.
  const element = h("div", { class: "chart", attrs: { "aria-hidden": "true" } }, canvas);
  const probe = h("span");
  element.append(probe);
  let calls: readonly Call[] = [];
  let lanes = 0;
  let startedAt = performance.now();
  let endedAt: number | null = null;
  let limit = Infinity;
  let selected = -1;

  const now = (): number => endedAt ?? performance.now() - startedAt;
  /** A little is left behind the end, so that the last call has one; the limit is shown when it is near. */
  const domain = (): number => {
    const span = Math.max(1, now()) * 1.04;
    return limit < span * 1.6 ? limit * 1.04 : span;
  };

  function paint(): void {
    const { clientWidth: width, clientHeight: height } = element;
    const ratio = devicePixelRatio;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
    }
    const context = canvas.getContext("2d");
    if (context === null || width === 0) return;
    const colour = paletteOf(probe);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const span = domain();
    const x = (at: number): number => (at / span) * width;
    axis(context, { width, height, span, x, colour });
    const room = height - axisHeight - 8;
    const laneHeight = Math.max(2, Math.min(18, room / Math.max(1, lanes) - gap));
    const lastX = new Float64Array(lanes).fill(-1);
    calls.forEach((call, index) => {
      const left = x(call.from);
      const right = Math.max(left + 2, x(call.to ?? now()));
      // Thousands of calls in one pixel are one bar.
      if (index !== selected && right <= (lastX[call.lane] ?? -1)) return;
      lastX[call.lane] = right;
      const top = axisHeight + 4 + call.lane * (laneHeight + gap);
      const bar = (from: number, to: number): void => {
        context.beginPath();
        context.roundRect(from, top, to - from, laneHeight, 3);
      };
      context.globalAlpha = index === selected || selected < 0 ? 1 : 0.55;
      context.fillStyle = context.strokeStyle = colour(colours[call.state]);
      bar(left, right);
      // An outline: nothing was done.
      if (call.state === "refused") context.stroke();
      else context.fill();
      if (call.wait === null) return;
      context.fillStyle = colour("--warning");
      bar(x(call.wait.from), Math.max(x(call.wait.from) + 2, x(call.wait.to ?? now())));
      context.fill();
    });
    context.globalAlpha = 1;
    if (limit > span) return;
    context.strokeStyle = colour("--error");
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(x(limit), 0);
    context.lineTo(x(limit), height);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colour("--error");
    context.textAlign = "right";
    context.fillText(`limit ${duration(limit)}`, x(limit) - 4, height - 4);
  }

  canvas.addEventListener("click", (event) => {
    const at = (event.offsetX / element.clientWidth) * domain();
    const nearest = calls
      .map((call, index) => ({
        index,
        isIn: call.from <= at && at <= (call.to ?? now()),
        far: Math.abs(call.from - at),
      }))
      .sort((a, b) => Number(b.isIn) - Number(a.isIn) || a.far - b.far)[0];
    if (nearest !== undefined) choose(nearest.index);
  });
  new ResizeObserver(paint).observe(element);
  addEventListener("themechange", paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);

  return {
    element,
    begin(wallMs) {
      startedAt = performance.now();
      endedAt = null;
      limit = wallMs;
      selected = -1;
    },
    end(at) {
      endedAt = at;
    },
    noLimit() {
      limit = Infinity;
    },
    draw(next, count) {
      calls = next;
      lanes = count;
      paint();
    },
    select(index) {
      selected = index;
      paint();
    },
  };
}

/**
 * The colours of the theme by their variables, as a canvas understands them: a variable says one for each theme, and only a property of an element is one of
 * the two.
 */
function paletteOf(probe: HTMLElement): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let colour = known.get(name);
    if (colour === undefined) {
      probe.style.color = `var(${name})`;
      colour = getComputedStyle(probe).color;
      known.set(name, colour);
    }
    return colour;
  };
}

interface Axis {
  readonly width: number;
  readonly height: number;
  readonly span: number;
  readonly x: (at: number) => number;
  readonly colour: (name: string) => string;
}

function axis(context: CanvasRenderingContext2D, { width, height, span, x, colour }: Axis): void {
  const step = stepFor((span * 90) / width);
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "left";
  for (let at = 0; at < span; at += step) {
    context.fillStyle = colour("--border");
    context.fillRect(Math.round(x(at)), 0, 1, height);
    context.fillStyle = colour("--muted");
    if (x(at) < width - 44) context.fillText(at === 0 ? "0" : duration(at), x(at) + 4, 12);
  }
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function stepFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
}
