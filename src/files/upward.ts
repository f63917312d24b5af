/**
 * Lists a folder and those above it, the nearest first: the way in which Node, git and other tools look for what belongs to
 * a project.
 *
 * `upward("/app/src")` -> `["/app/src", "/app", "/"]`
 */
import { dirname } from "node:path";

export function upward(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}
