/**
 * Puts the libraries of scripts into the build as texts. Composing one loads a compiler, parses six of its files and prints them again, in every
 * run that writes anything.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Made {
  readonly engineNames: readonly string[];
  libraryText(engine: string): string;
}

export async function keepLibraries(dist: string): Promise<void> {
  const made = async (file: string): Promise<Partial<Made>> =>
    (await import(pathToFileURL(join(dist, file)).href)) as Partial<Made>;
  const { engineNames = [] } = await made("config/engines.js");
  const { libraryText } = await made("library/library.js");
  const folder = join(dist, "library/kept");
  mkdirSync(folder, { recursive: true });
  for (const engine of engineNames) writeFileSync(join(folder, `${engine}.txt`), libraryText?.(engine) ?? "");
}
