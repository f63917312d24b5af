/**
 * Turns changes into diagnostics, for code scanning and annotations. Each is placed at its binding in the new definition, or at
 * the namespace that lost it.
 */
import type { Contract, Source } from "../model/contract.ts";
import { walkNodes } from "../model/walk.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Change } from "./change.ts";

/**
 * Breaking changes as `contract-breaking` errors, compatible ones as `contract-changed` warnings; documentation is none.
 * `after` gives the places when it was read from a definition.
 */
export function changesAsDiagnostics(changes: readonly Change[], after: Contract): Diagnostic[] {
  const places = new Map<string, Source>([["", after.root.source]]);
  for (const node of walkNodes(after.root)) places.set(node.path.join("."), node.source);
  const types = new Map(after.declarations.map(({ name, source }) => [name, source]));
  return changes
    .filter((change) => change.class !== "docs")
    .map((change) => {
      const code = change.class === "breaking" ? "contract-breaking" : "contract-changed";
      const type = change.path.length === 0 && change.root !== null ? types.get(change.root) : undefined;
      const { message, help, path } = change;
      return report(code, { message, help }, type ?? nearest(path, places), path);
    });
}

function nearest(path: readonly string[], places: ReadonlyMap<string, Source>): Source | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const place = places.get(path.slice(0, length).join("."));
    // A contract that came from contract.json knows no places.
    if (place && place.line > 0 && place.file !== "") return place;
  }
  return null;
}
