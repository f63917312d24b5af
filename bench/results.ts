/**
 * Results of one run, as committed: tables, goals, and what they were measured on.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Goal } from "./goals.ts";
import type { Table } from "./measure/cell.ts";

export interface Results {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
    readonly platform: string;
    readonly load: string;
  };
  /** Samples of each figure, where a part does not take more. */
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly goals: readonly Goal[];
  readonly tables: readonly Table[];
}

export function describeMachine(): Results["machine"] {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()
      .map((value) => value.toFixed(1))
      .join(" "),
  };
}

export function versions(): Record<string, string> {
  const here = new URL("./package.json", import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(here, "utf8")) as { dependencies: Record<string, string> };
  return Object.fromEntries(
    Object.keys(dependencies).map((name) => {
      const file = new URL(`./node_modules/${name}/package.json`, import.meta.url);
      return [name, (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version];
    }),
  );
}

export function commit(): string | null {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}
