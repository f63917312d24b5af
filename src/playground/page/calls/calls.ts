/** The calls of a run: a picture of when each was in flight, a list of them, and what one was given and gave. */
import type { CallAnswered, CallStarted, RunEnded, Shown } from "../../protocol.ts";
import { h, replace } from "../dom.ts";
import { duration, whole } from "../format.ts";
import { tree } from "../output/tree.ts";
import { virtualList } from "../virtual-list.ts";
import { createChart, type ChartCall } from "./chart.ts";
import { Lanes } from "./lanes.ts";

interface Call extends ChartCall {
  readonly name: string;
  readonly args: Shown;
  value: Shown | null;
}

export interface Calls {
  begin(limits: Readonly<Record<string, number>>): void;
  started(event: CallStarted): void;
  answered(event: CallAnswered): void;
  /** The times of the calls count from this moment. */
  startAt(ms: number): void;
  ended(event: RunEnded): void;
  readonly count: number;
}

const rowHeight = 26;

export function createCalls(parent: Element): Calls {
  let calls: Call[] = [];
  let lanes = new Lanes();
  let selected = -1;
  let frame = 0;
  const chart = createChart((index) => select(index));
  const detail = h("div", {
    class: "call-detail scroll",
    attrs: { tabindex: 0, role: "region", "aria-label": "The chosen call" },
  });
  const list = virtualList({
    rowHeight,
    attrs: { role: "listbox", tabindex: "0", "aria-label": "Host calls" },
    render: (index) => row(index),
  });
  const empty = h(
    "p",
    { class: "empty" },
    "Each call of a host function appears here, with its time, arguments and result.",
  );
  const view = h(
    "div",
    { class: "calls-view" },
    chart.element,
    h("div", { class: "calls-list" }, list.element),
    detail,
  );
  replace(parent, empty, view);
  list.element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[
      event.key
    ];
    if (step === undefined || calls.length === 0) return;
    event.preventDefault();
    select(Math.max(0, Math.min(calls.length - 1, selected + step)));
  });
  list.element.addEventListener("focus", () => {
    if (selected < 0 && calls.length > 0 && list.element.matches(":focus-visible")) select(0);
  });
  // On the list: a row may be another element by the time the button is let go.
  list.element.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (chosen != null) select(Number(chosen));
  });

  function row(index: number): HTMLElement {
    const call = calls[index];
    const state = call === undefined || call.to === null ? "running" : call.isError ? "error" : "ok";
    const took = call === undefined || call.to === null ? "…" : duration(call.to - call.from);
    return h(
      "div",
      {
        class: `call-row call-${state}`,
        attrs: {
          role: "option",
          id: `call-${index}`,
          "data-index": index,
          "aria-selected": String(index === selected),
        },
      },
      h("span", { class: "call-dot", attrs: { "aria-hidden": "true" } }),
      h("code", {}, call?.name ?? ""),
      state === "error" ? h("span", { class: "sr-only" }, " failed ") : null,
      h("span", { class: "call-time" }, took),
    );
  }

  function select(index: number): void {
    selected = index;
    list.element.setAttribute("aria-activedescendant", `call-${index}`);
    list.resize(calls.length, true);
    list.scrollTo(index);
    chart.select(index);
    showDetail();
  }

  function showDetail(): void {
    const call = calls[selected];
    if (call === undefined) return replace(detail, h("p", { class: "empty" }, "Choose a call."));
    const from = `started at ${duration(call.from)}`;
    const took = call.to === null ? "in flight" : `took ${duration(call.to - call.from)}`;
    replace(
      detail,
      h(
        "p",
        { class: "call-title" },
        h("code", {}, call.name),
        h("span", { class: "muted" }, ` #${selected + 1}, ${from}, ${took}`),
      ),
      shownValue("arguments", call.args),
      call.value === null ? null : shownValue(call.isError ? "error" : "result", call.value),
    );
  }

  function update(): void {
    frame = 0;
    empty.hidden = calls.length > 0;
    view.hidden = calls.length === 0;
    list.resize(calls.length, true);
    chart.draw(calls, lanes.count);
  }
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(update);
  };
  update();
  showDetail();
  return {
    begin(limits) {
      calls = [];
      lanes = new Lanes();
      selected = -1;
      list.element.removeAttribute("aria-activedescendant");
      chart.begin(limits["wallMs"] ?? Infinity);
      showDetail();
      later();
    },
    started({ name, args, at }) {
      const lane = lanes.enter({ from: at, to: null });
      calls.push({ name, args, from: at, to: null, lane, isError: false, value: null });
      later();
    },
    answered({ call, at, isError, value }) {
      const answered = calls[call - 1];
      if (answered === undefined) return;
      Object.assign(answered, { to: at, isError, value });
      lanes.leave(answered.lane, at);
      if (call - 1 === selected) showDetail();
      later();
    },
    startAt(ms) {
      for (const call of calls) {
        call.from = Math.max(0, call.from - ms);
        if (call.to !== null) call.to = Math.max(call.from, call.to - ms);
      }
    },
    ended({ at }) {
      chart.end(at);
      later();
    },
    get count() {
      return calls.length;
    },
  };
}

function shownValue(name: string, shown: Shown): HTMLElement {
  if ("value" in shown) return tree(shown.value, name, true);
  return h(
    "div",
    {},
    h("p", { class: "muted" }, `${name}: ${whole(shown.letters)} letters of JSON, which begin`),
    h("pre", { class: "tree-text", attrs: { tabindex: 0 } }, shown.beginning),
  );
}
