/**
 * One scratch folder for a whole test run: everything that asks for the temporary folder lands in it, and it is removed
 * when the run ends, whatever a test left behind.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-tests-")));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
