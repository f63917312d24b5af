/** The calls of a run: a picture of when each was in flight, a list of them, and what one was given and gave. */
import type { RunEnded, Shown } from "../../protocol.ts";
import { h, replace } from "../dom.ts";
import { duration, plural, whole } from "../format.ts";
import { tree } from "../output/tree.ts";
import { virtualList } from "../virtual-list.ts";
import { createChart } from "./chart.ts";
import { CallLog, type Call, type CallEvent } from "./log.ts";

export interface Calls {
  begin(limits: Readonly<Record<string, number>>): void;
  tell(event: CallEvent): void;
  /** The times of the calls count from this moment. */
  startAt(ms: number): void;
  ended(event: RunEnded): void;
  readonly count: number;
}

const rowHeight = 26;

export function createCalls(parent: Element): Calls {
  let log = new CallLog();
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
  const more = h("p", { class: "calls-more", attrs: { hidden: true } });
  const empty = h(
    "p",
    { class: "empty" },
    "Each call of a host function appears here, with its time, arguments and result.",
  );
  const view = h(
    "div",
    { class: "calls-view" },
    chart.element,
    h("div", { class: "calls-list" }, list.element, more),
    detail,
  );
  replace(parent, empty, view);
  list.element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[
      event.key
    ];
    if (step === undefined || log.calls.length === 0) return;
    event.preventDefault();
    select(Math.max(0, Math.min(log.calls.length - 1, selected + step)));
  });
  list.element.addEventListener("focus", () => {
    if (selected < 0 && log.calls.length > 0 && list.element.matches(":focus-visible")) select(0);
  });
  // On the list: a row may be another element by the time the button is let go.
  list.element.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (chosen != null) select(Number(chosen));
  });

  function row(index: number): HTMLElement {
    const call = log.calls[index];
    const { state = "running", name = "", refusal = null } = call ?? {};
    const took = call?.to == null ? "…" : duration(call.to - call.from);
    return h(
      "div",
      {
        class: `call-row call-${state}`,
        attrs: {
          role: "option",
          id: `call-${index}`,
          "data-index": index,
          "aria-selected": String(index === selected),
          title: refusal?.message ?? null,
        },
      },
      h("span", { class: "call-dot", attrs: { "aria-hidden": "true" } }),
      h("code", {}, name),
      state === "error" ? h("span", { class: "sr-only" }, " failed ") : null,
      state === "waiting" ? h("span", { class: "call-note" }, waitsFor(call)) : null,
      h("span", { class: "call-time" }, refusal === null ? took : `refused: ${refusal.code}`),
    );
  }

  function select(index: number): void {
    selected = index;
    list.element.setAttribute("aria-activedescendant", `call-${index}`);
    list.resize(log.calls.length, true);
    list.scrollTo(index);
    chart.select(index);
    showDetail();
  }

  function showDetail(): void {
    const call = log.calls[selected];
    if (call === undefined) return replace(detail, h("p", { class: "empty" }, "Choose a call."));
    const { name, args, state, refusal, value } = call;
    replace(
      detail,
      h(
        "p",
        { class: "call-title" },
        h("code", {}, name),
        h("span", { class: "muted" }, ` #${selected + 1}, ${timesOf(call)}`),
      ),
      refusal === null
        ? null
        : h(
            "p",
            { class: "call-refusal" },
            "Refused, ",
            h("code", {}, refusal.code),
            `: ${refusal.message} The host function was not called.`,
          ),
      args === null
        ? h("p", { class: "muted" }, "Its arguments did not cross.")
        : shownValue("arguments", args),
      value === null ? null : shownValue(state === "error" ? "error" : "result", value),
    );
  }

  function update(): void {
    frame = 0;
    const { length } = log.calls;
    empty.hidden = length > 0;
    view.hidden = length === 0;
    list.resize(length, true);
    chart.draw(log.calls, log.lanes);
  }
  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(update);
  };
  update();
  showDetail();
  return {
    begin(limits) {
      log = new CallLog();
      selected = -1;
      more.hidden = true;
      list.element.removeAttribute("aria-activedescendant");
      chart.begin(limits["wallMs"] ?? Infinity);
      showDetail();
      later();
    },
    tell(event) {
      const call = log.take(event);
      // Time in which a run waits for somebody is none of its limit.
      if (event.kind === "wait") chart.noLimit();
      if (call !== undefined && call === log.calls[selected]) showDetail();
      later();
    },
    startAt: (ms) => log.startAt(ms),
    ended({ at, refused = 0 }) {
      const told = log.calls.filter(({ state }) => state === "refused").length;
      more.hidden = refused <= told;
      more.textContent = `${plural(refused - told, "call")} more ${refused - told === 1 ? "was" : "were"} refused.`;
      chart.end(at);
      later();
    },
    get count() {
      return log.calls.length;
    },
  };
}

function waitsFor(call: Call | undefined): string {
  return call?.wait?.for === "suspend" ? "waits for an answer" : "waits for approval";
}

/** `started at 3.1 ms, waited 2.4 s for approval, took 2.5 s` */
function timesOf(call: Call): string {
  const { from, to, wait, state } = call;
  const waited =
    wait === null || wait.to === null
      ? []
      : [`waited ${duration(wait.to - wait.from)} for ${wait.for === "approval" ? "approval" : "an answer"}`];
  const end =
    state === "waiting" && wait?.to === null
      ? waitsFor(call)
      : to === null
        ? "in flight"
        : state === "refused" && wait === null
          ? null
          : `took ${duration(to - from)}`;
  return [`started at ${duration(from)}`, ...waited, ...(end === null ? [] : [end])].join(", ");
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
