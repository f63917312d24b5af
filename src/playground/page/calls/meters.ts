/** What a run has used of what it may: a bar for each limit that a script reaches first. */
import { h, replace } from "../dom.ts";
import { bytes, duration, whole } from "../format.ts";
import { shownLimit } from "../side/limits.ts";

interface Meter {
  readonly label: string;
  readonly limit: string;
  /** In the unit of the limit. */
  readonly used: number;
  readonly shown: string;
}

export function drawMeters(
  parent: Element,
  stats: Readonly<Record<string, number>>,
  limits: Readonly<Record<string, number>>,
): void {
  const of = (name: string): number => stats[name] ?? 0;
  const meters: readonly Meter[] = [
    { label: "calls", limit: "calls", used: of("calls"), shown: whole(of("calls")) },
    { label: "time", limit: "wallMs", used: of("wallMs"), shown: duration(of("wallMs")) },
    { label: "processor", limit: "cpuMs", used: of("cpuMs"), shown: duration(of("cpuMs")) },
    { label: "memory", limit: "memoryMb", used: of("heapBytes") / 1_048_576, shown: bytes(of("heapBytes")) },
  ];
  replace(
    parent,
    meters.map(({ label, limit, used, shown }) => {
      const most = limits[limit] ?? Infinity;
      const share = Math.min(1, used / most);
      const fill = h("span", { class: share > 0.8 ? "meter-fill meter-high" : "meter-fill" });
      fill.style.width = `${Math.max(share > 0 ? 2 : 0, share * 100)}%`;
      const words = `${shown} of ${shownLimit(limit, most)}`;
      return h(
        "span",
        {
          class: "meter",
          attrs: {
            role: "meter",
            "aria-label": label,
            "aria-valuemin": 0,
            "aria-valuemax": most,
            "aria-valuenow": Math.min(used, most),
            "aria-valuetext": words,
            title: words,
          },
        },
        h("span", { class: "meter-label" }, `${label} `, h("b", {}, shown)),
        h("span", { class: "meter-track" }, fill),
      );
    }),
  );
}
