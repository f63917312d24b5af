import { readFileSync } from "node:fs";
import { join } from "node:path";
import { editorSetup, type EditorSetup } from "isobind/editor";

/** On the server: what the page asks for. `generated` is the folder of the contract's output. */
export function setupFor(generated: string): EditorSetup {
  return editorSetup({
    declaration: readFileSync(join(generated, "secure-exec.d.ts"), "utf8"),
    library: readFileSync(join(generated, ".secure-exec.lib.d.ts"), "utf8"),
  });
}
