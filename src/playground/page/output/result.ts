/** How a run ended: its exports as trees, or what went wrong and where. */
import type { RunEnded } from "../../protocol.ts";
import { button, h, replace } from "../dom.ts";
import { duration } from "../format.ts";
import { tree } from "./tree.ts";

export interface ResultView {
  idle(): void;
  running(): void;
  /** The run waits for so many answers; the badge asks again. */
  waiting(count: number, ask: () => void): void;
  show(ended: RunEnded): void;
}

export function createResult(
  parent: Element,
  status: Element,
  goTo: (line: number, column: number) => void,
): ResultView {
  const say = (text: string, kind: string): void =>
    replace(status, h("span", { class: `badge badge-${kind}` }, text));
  return {
    idle() {
      replace(parent, h("p", { class: "empty" }, "Run the script with ", h("kbd", {}, "Ctrl Enter"), "."));
    },
    running() {
      say("running", "running");
    },
    waiting(count, ask) {
      const what = count === 1 ? "waiting for you" : `waiting for ${count} answers`;
      replace(status, button(what, ask, "badge badge-waiting"));
      // What the run before has given would be taken for what this one waits with.
      replace(parent, h("p", { class: "empty" }, "The run waits. What it exports is shown here at its end."));
    },
    show({ status: how, exports, problem, stats }) {
      const took = stats === undefined ? "" : ` in ${duration(stats["wallMs"] ?? 0)}`;
      say(`${how}${how === "ok" ? took : ""}`, how === "ok" ? "ok" : "error");
      if (stats !== undefined)
        status.firstElementChild?.setAttribute("data-ms", String(stats["wallMs"] ?? 0));
      if (problem !== undefined) {
        const { line, column } = problem;
        const link = line === null ? null : button(`Go to line ${line}`, () => goTo(line, column ?? 1));
        replace(parent, h("pre", { class: "problem", attrs: { tabindex: 0 } }, problem.text), link);
        return;
      }
      const named = Object.entries((exports ?? {}) as Record<string, never>);
      replace(
        parent,
        named.length === 0
          ? h(
              "p",
              { class: "empty" },
              "The script exports nothing. What `export default` gives is shown here.",
            )
          : named.map(([name, value]) => tree(value, name, true)),
      );
    },
  };
}
