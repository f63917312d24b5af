/**
 * One scratch folder for a whole test run: everything that asks for the temporary folder lands in it, and it is removed
 * when the run ends, whatever a test left behind. And one git for all machines: tests make repositories of their own, so
 * neither the settings of whoever runs them may count (hooks, signing, line endings), nor the repository whose hook started
 * the run, which `GIT_DIR` names and the tests would otherwise write into.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "isobind-tests-")));
  process.env["TMPDIR"] = folder;
  for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) delete process.env[name];
  const settings = join(folder, "gitconfig");
  writeFileSync(settings, "[user]\n\tname = tester\n\temail = tester@example.org\n");
  process.env["GIT_CONFIG_GLOBAL"] = settings;
  process.env["GIT_CONFIG_NOSYSTEM"] = "1";
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
