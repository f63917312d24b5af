/** Declares what one check of `isobind doctor` found. Plain data; each problem carries its fix. */
import type { ResolvedConfig } from "../../config/resolved.ts";
import type { Io } from "../io.ts";

export interface Finding {
  /** The check, in two or three words. */
  readonly name: string;
  readonly status: "ok" | "warning" | "error";
  readonly message: string;
  /** What to do; `null` exactly when nothing is wrong. */
  readonly fix: string | null;
}

export interface Patient {
  readonly io: Io;
  /** Where the project begins: the config's folder, or the working directory when no config can be used. */
  readonly root: string;
  readonly config: ResolvedConfig | null;
}

export type Check = (patient: Patient) => Promise<readonly Finding[]> | readonly Finding[];

export function ok(name: string, message: string): Finding {
  return { name, status: "ok", message, fix: null };
}

export function warning(name: string, message: string, fix: string): Finding {
  return { name, status: "warning", message, fix };
}

export function error(name: string, message: string, fix: string): Finding {
  return { name, status: "error", message, fix };
}
