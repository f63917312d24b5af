/**
 * Finds the program of a worker process: the file beside this one, or, in a bundle, where there is no such file, its text.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file, or a module that is handed to Node through its standard input. */
export type WorkerProgram = URL | { readonly text: string };

/** Whatever else lies beside a bundle may be another worker's program. */
const ownPlace = /\/runtime\/process\/worker\/main\.[jt]s$/u;

export async function workerProgram(): Promise<WorkerProgram> {
  const file = workerFile();
  // Yarn's Plug'n'Play keeps packages in archives, which only this process can read.
  if (file !== null && process.versions["pnp"] === undefined && existsSync(fileURLToPath(file))) return file;
  const { workerText } = await import("./worker/text.ts");
  return { text: workerText };
}

/** `null` in a bundle. The same extension as this file: `.ts` under type stripping, `.js` when built. */
export function workerFile(): URL | null {
  // Undefined in a bundle of CommonJS.
  const here = import.meta.url as string | undefined;
  if (here === undefined) return null;
  // Spelled out for tracers, which copy the file; webpack would copy it too, without what it imports.
  const built = new URL(/* webpackIgnore: true */ /* @vite-ignore */ "./worker/main.js", import.meta.url);
  const file = here.endsWith(".ts") ? new URL("./worker/main.ts", here) : built;
  return ownPlace.test(file.pathname) ? file : null;
}
