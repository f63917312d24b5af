/**
 * Describes modules that were loaded, as a journal keeps them: one digest tells whether the script is told the same of them again; names and the
 * digests of their texts tell which of them is another.
 */
import { digestOf, digestOfMessage } from "../crossing/digest.ts";
import { encodeOwn } from "../crossing/host-codec.ts";
import type { ModuleAnswers } from "../seam.ts";
import type { ModuleText } from "./entry.ts";

export interface Loaded {
  readonly digest: string;
  readonly modules: readonly ModuleText[];
}

export function loadedOf(answers: ModuleAnswers): Loaded {
  return {
    digest: digestOfMessage(encodeOwn(answers)),
    modules: answers.modules.map(({ filename, source }) => [filename, digestOf(source)]),
  };
}
