/** The limits of a run: each can be made tighter, and none looser than it was started with. */
import type { LimitState } from "../../protocol.ts";
import { button, h, replace } from "../dom.ts";
import { bytes, duration, whole } from "../format.ts";
import type { Choices } from "../state.ts";

/** Steps of a slider: from the least to the most by factors, since a limit may be a millisecond or an hour. */
const steps = 200;

const words: Readonly<Record<string, string>> = {
  memoryMb: "Memory",
  cpuMs: "Processor time",
  wallMs: "Time",
  payloadBytes: "One crossing",
  calls: "Calls",
  concurrency: "Calls at once",
  consoleBytes: "Console",
  modules: "Modules",
  moduleBytes: "Text of modules",
  journalBytes: "Journal",
};

export function shownLimit(name: string, value: number): string {
  if (name === "memoryMb") return `${whole(value)} MiB`;
  if (name.endsWith("Ms")) return duration(value);
  return name.endsWith("Bytes") ? bytes(value) : whole(value);
}

export function drawLimits(
  parent: Element,
  limits: readonly LimitState[],
  choices: Choices,
  changed: () => void,
): void {
  const rows = limits.map(({ name, min, max }) => {
    const value = Math.min(max, choices.limits[name] ?? max);
    const shown = h("output", {}, shownLimit(name, value));
    const slider = h("input", {
      attrs: { type: "range", min: 0, max: steps, step: 1, "aria-label": words[name] ?? name },
    });
    slider.value = String(stepOf(value, min, max));
    const update = (): void => {
      const chosen = valueOf(Number(slider.value), min, max);
      if (chosen === max) delete choices.limits[name];
      else choices.limits[name] = chosen;
      shown.textContent = shownLimit(name, chosen);
      slider.setAttribute("aria-valuetext", shownLimit(name, chosen));
      changed();
    };
    slider.setAttribute("aria-valuetext", shownLimit(name, value));
    slider.addEventListener("input", update);
    return h(
      "div",
      { class: "limit" },
      h("span", { class: "limit-name" }, words[name] ?? name, h("code", {}, name)),
      slider,
      shown,
      h("span", { class: "muted" }, `at most ${shownLimit(name, max)}`),
    );
  });
  const reset = button("Reset all", () => {
    choices.limits = {};
    changed();
    drawLimits(parent, limits, choices, changed);
  });
  replace(
    parent,
    h("p", { class: "hint" }, "A run may have less than the playground was started with, and never more."),
    rows,
    reset,
  );
}

function stepOf(value: number, min: number, max: number): number {
  return max === min ? steps : Math.round((Math.log(value / min) / Math.log(max / min)) * steps);
}

function valueOf(step: number, min: number, max: number): number {
  if (step >= steps) return max;
  const exact = min * (max / min) ** (step / steps);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return Math.max(min, Math.min(max, Math.round(exact / unit) * unit));
}
