/** Where the project is, without evaluating its config: every path in findings is relative to this folder. */
import { dirname, resolve } from "node:path";
import { findConfigs } from "../generator/load/find.ts";
import type { Io } from "./io.ts";

export interface ProjectPlace {
  readonly config?: string;
}

/** The folder of the config, or the working directory when there is none. */
export function projectRoot(io: Io, { config }: ProjectPlace): string {
  if (config !== undefined) return dirname(resolve(io.cwd, config));
  const [found] = findConfigs(io.cwd);
  return found === undefined ? io.cwd : dirname(found);
}
