/**
 * Makes what a console has beside its five levels, made when a script first touches it. Prints through the same limit.
 * Self-contained: part of the prelude.
 */
import type { Print } from "./console.ts";
import type { Inspect } from "./inspect.ts";
import type { Primordials } from "../../crossing/primordials.ts";
import type { Stacks } from "./stacks.ts";

type Method = (...args: unknown[]) => void;

export type MoreConsole = { readonly [name: string]: Method };

export interface MoreConsoleTools {
  readonly inspect: Inspect;
  readonly stacks: Stacks;
  readonly print: Print;
  readonly group: (by: 1 | -1) => void;
}

export function makeMoreConsole(p: Primordials, tools: MoreConsoleTools): MoreConsole {
  const { inspect, stacks, print, group } = tools;
  const counts = p.safeMap<string, number>();
  const timers = p.safeMap<string, number>();
  const maxRows = 200;
  const maxColumns = 20;
  /** Letters of one cell. */
  const maxCell = 80;

  function labelOf(args: readonly unknown[]): string {
    return args.length === 0 || args[0] === undefined ? "default" : inspect.format([args[0]], 200);
  }

  /** `args` from `start` on, with `head` before them. No spread: it would walk the script's own array iterator. */
  function joined(head: unknown, args: readonly unknown[], start: number): readonly unknown[] {
    const out = p.list<unknown>();
    out[0] = head;
    for (let i = start; i < args.length; i++) out[out.length] = args[i];
    return out;
  }

  function duration(label: string, args: readonly unknown[]): void {
    const began = timers.get(label);
    if (began === undefined) print("warn", [`Timer '${label}' does not exist`]);
    else print("log", joined(`${label}: ${p.dateNow() - began} ms`, args, 1));
  }

  function show(value: unknown): string {
    const text = inspect.inspect(value, maxCell);
    // One line a row: a text of several shows where they end.
    return p.stringIndexOf(text, "\n") < 0 ? text : p.jsonStringify(text);
  }

  interface Row {
    readonly index: string;
    readonly value: unknown;
  }

  function rowsOf(table: object): Row[] {
    const rows = p.list<Row>();
    const add = (index: string, value: unknown): void => {
      if (rows.length < maxRows) rows[rows.length] = { index, value };
    };
    // The getters of maps and sets throw for what is none.
    const isMap = p.attempt(() => p.mapSize(table)) !== undefined;
    if (isMap || p.attempt(() => p.setSize(table)) !== undefined) {
      const entries = p.entriesOf(table, isMap, maxRows);
      for (let i = 0; i < entries.length; i += isMap ? 2 : 1)
        add(isMap ? show(entries[i]) : `${i}`, isMap ? entries[i + 1] : entries[i]);
      return rows;
    }
    const keys = p.keys(table);
    for (let i = 0; i < keys.length && i < maxRows; i++)
      add(keys[i] as string, p.data(table, keys[i] as string));
    return rows;
  }

  function table(args: readonly unknown[]): void {
    const subject = args[0];
    if (typeof subject !== "object" || subject === null) return print("log", args);
    const rows = rowsOf(subject);
    const columns = p.list<string>();
    const known = p.safeMap<string, true>();
    const addColumn = (name: string): void => {
      if (known.has(name) || columns.length >= maxColumns) return;
      known.set(name, true);
      columns[columns.length] = name;
    };
    const chosen = args[1];
    let hasValues = false;
    for (let i = 0; i < rows.length; i++) {
      const value = (rows[i] as Row).value;
      if (typeof value !== "object" || value === null) {
        hasValues = true;
        continue;
      }
      if (p.isArray(chosen)) continue;
      const keys = p.keys(value);
      for (let j = 0; j < keys.length && j < maxColumns; j++) addColumn(keys[j] as string);
    }
    if (p.isArray(chosen)) {
      for (let i = 0; i < chosen.length && i < maxColumns; i++) {
        const name = p.data(chosen, i);
        if (typeof name === "string") addColumn(name);
      }
    }
    const lines = p.list<readonly string[]>();
    const head = p.list<string>();
    head[0] = "(index)";
    for (let j = 0; j < columns.length; j++) head[head.length] = columns[j] as string;
    if (hasValues) head[head.length] = "Values";
    lines[0] = head;
    for (let i = 0; i < rows.length; i++) {
      const { index, value } = rows[i] as Row;
      const isObject = typeof value === "object" && value !== null;
      const cells = p.list<string>();
      cells[0] = index;
      for (let j = 0; j < columns.length; j++) {
        const name = columns[j] as string;
        cells[cells.length] = isObject && p.hasOwn(value, name) ? show(p.data(value, name)) : "";
      }
      if (hasValues) cells[cells.length] = isObject ? "" : show(value);
      lines[lines.length] = cells;
    }
    print("log", [draw(lines)]);
  }

  function draw(lines: readonly (readonly string[])[]): string {
    const count = (lines[0] as readonly string[]).length;
    const widths = p.list<number>();
    for (let j = 0; j < count; j++) {
      let width = 0;
      for (let i = 0; i < lines.length; i++) {
        const { length } = (lines[i] as readonly string[])[j] as string;
        if (length > width) width = length;
      }
      widths[j] = width;
    }
    const rule = (left: string, middle: string, right: string): string => {
      let text = left;
      for (let j = 0; j < count; j++)
        text += `${j > 0 ? middle : ""}${repeat("─", (widths[j] as number) + 2)}`;
      return text + right;
    };
    const row = (cells: readonly string[]): string => {
      let text = "│";
      for (let j = 0; j < count; j++) {
        const cell = cells[j] as string;
        text += ` ${cell}${repeat(" ", (widths[j] as number) - cell.length)} │`;
      }
      return text;
    };
    let text = `${rule("┌", "┬", "┐")}\n${row(lines[0] as readonly string[])}\n${rule("├", "┼", "┤")}`;
    for (let i = 1; i < lines.length; i++) text += `\n${row(lines[i] as readonly string[])}`;
    return `${text}\n${rule("└", "┴", "┘")}`;
  }

  function repeat(letter: string, times: number): string {
    let text = "";
    for (let i = 0; i < times; i++) text += letter;
    return text;
  }

  const more: MoreConsole = {
    table(...args) {
      table(args);
    },
    group(...args) {
      if (args.length > 0) print("log", args);
      group(1);
    },
    groupCollapsed(...args) {
      if (args.length > 0) print("log", args);
      group(1);
    },
    groupEnd() {
      group(-1);
    },
    assert(...args) {
      if (args[0]) return;
      if (args.length < 2) print("error", ["Assertion failed"]);
      else if (typeof args[1] === "string") print("error", joined(`Assertion failed: ${args[1]}`, args, 2));
      else print("error", joined("Assertion failed:", args, 1));
    },
    count(...args) {
      const label = labelOf(args);
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      print("log", [`${label}: ${count}`]);
    },
    countReset(...args) {
      counts.delete(labelOf(args));
    },
    time(...args) {
      const label = labelOf(args);
      if (timers.has(label)) print("warn", [`Timer '${label}' already exists`]);
      else timers.set(label, p.dateNow());
    },
    timeLog(...args) {
      duration(labelOf(args), args);
    },
    timeEnd(...args) {
      const label = labelOf(args);
      duration(label, []);
      timers.delete(label);
    },
    trace(...args) {
      const text = inspect.format(args, 10_000);
      print("error", [`Trace${text === "" ? "" : `: ${text}`}${stacks.frames(stacks.site(more["trace"]))}`]);
    },
    dir(...args) {
      const value = args[0];
      print("log", [typeof value === "string" ? p.jsonStringify(value) : value]);
    },
    dirxml(...args) {
      print("log", args);
    },
  };
  return more;
}
