/** `npm run demo`: the main job from definition to running script, on the quickstart, as a person at a terminal sees it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = "fixtures/quickstart";

title("1  One definition of host functions");
show(`${folder}/bindings.ts`, /^export default/m, /^  queue/m);

title("2  becomes a registry, a declaration and the contract as data");
isobind("generate", "--force", "--verbose");
show(`${folder}/generated/secure-exec.d.ts`, /^declare/m, undefined, 24);

title("3  A script that has nothing but SecureExec");
show(`${folder}/scripts/orders.ts`, /^\/\/ Three calls/m, /^\/\/ What JSON/m);
isobind("run", `${folder}/scripts/orders.ts`);

title("4  What a script author sees before anything runs");
isobind("typecheck", `${folder}/scripts/mistakes.ts`);

title("5  and when it runs all the same");
isobind("run", `${folder}/scripts/mistakes.ts`);

function title(text: string): void {
  console.log(`\n${bold(text)}\n`);
}

/** The lines of a file from one pattern up to another. */
function show(file: string, from: RegExp, to?: RegExp, most = 40): void {
  const text = readFileSync(new URL(file, `file://${root}`), "utf8");
  const start = Math.max(0, text.search(from));
  const length = to === undefined ? -1 : text.slice(start).search(to);
  const lines = text
    .slice(start, length < 0 ? undefined : start + length)
    .trimEnd()
    .split("\n");
  console.log(dim(`  ${file}`));
  for (const line of lines.slice(0, most)) console.log(dim("  │ ") + line);
  if (lines.length > most) console.log(dim(`  │ … ${lines.length - most} more lines`));
  console.log();
}

/** The real command in its own process. The last two are meant to fail, so exit codes other than "unusable" go on. */
function isobind(...args: string[]): void {
  console.log(`${dim("$")} ${bold(`isobind ${args.join(" ")}`)}`);
  const { status } = spawnSync(process.execPath, ["dist/cli/main.js", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) console.log(dim(`  (exit code ${status})`));
  if (status === 2 || status === null) process.exit(1);
}

function bold(text: string): string {
  return process.stdout.isTTY ? `\u001b[1m${text}\u001b[22m` : text;
}

function dim(text: string): string {
  return process.stdout.isTTY ? `\u001b[2m${text}\u001b[22m` : text;
}
