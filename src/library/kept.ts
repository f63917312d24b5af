/**
 * Gives the text of a library without a compiler. It depends on the engine alone, so the build keeps it; where nothing is built it is
 * composed as the build does.
 */
import { readFileSync } from "node:fs";
import type { EngineName } from "../config/engines.ts";

/** Where the build keeps them. By a path that is right for this file and for the script that it is joined into. */
const kept = new URL("../library/kept/", import.meta.url);

export async function libraryText(engine: EngineName): Promise<string> {
  try {
    return readFileSync(new URL(`${engine}.txt`, kept), "utf8");
  } catch {
    const { libraryText: compose } = await import("./library.ts");
    return compose(engine);
  }
}
