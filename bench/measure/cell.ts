/**
 * Cell: one measured figure, or the reason why there is none. Tables are made of these, so that a peer that fails or
 * cannot do a case is visible instead of missing.
 */
import type { Summary } from "./statistics.ts";

export type Cell =
  | { readonly kind: "measured"; readonly summary: Summary; readonly values: readonly number[] }
  | { readonly kind: "failed"; readonly reason: string };

export interface Table {
  readonly title: string;
  /** `ms`, `µs`, `ns`, `MB`, `runs/s`. */
  readonly unit: string;
  /** Whether a smaller figure is the better one. */
  readonly better: "less" | "more";
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: { readonly [column: string]: Cell } }[];
  readonly notes: readonly string[];
  /** The rows are steps of work, of which there is more and more, while everything else stays. */
  readonly growth?: Growth;
  /** When, and what else the machine did. Absent in results of before 2026-11-27. */
  readonly measured?: Measured;
}

export interface Growth {
  /** `bytes`. */
  readonly of: string;
  /** Of each row. */
  readonly work: readonly number[];
}

export interface Measured {
  readonly date: string;
  readonly commit: string | null;
  readonly cpu: string;
  /** Of 1, 5 and 15 minutes, before and after. */
  readonly load: readonly [before: string, after: string];
  /** Share of the time in which each processor did something, whoever asked for it. */
  readonly busy: readonly number[];
}

export function failed(reason: unknown): Cell {
  const text = reason instanceof Error ? reason.message : String(reason);
  // Results are published: the folders of the machine they were measured on are nobody's business.
  const plain = (text.split("\n")[0] ?? "failed").replaceAll(/(?:file:\/\/)?\/[^\s:|()]*\//g, "");
  return { kind: "failed", reason: plain.slice(0, 120) };
}
