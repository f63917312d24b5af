/** Checks isolated-vm: that it is there, that the release is safe, and that its binary loads in this Node. */
import { execFile } from "node:child_process";
import { parse } from "node:path";
import { promisify } from "node:util";
import { error, ok, type Finding } from "./finding.ts";

export async function checkIsolatedVm(): Promise<readonly Finding[]> {
  const { checkEngine } = await import("../../runtime/engine/release.ts");
  let version: string;
  try {
    version = checkEngine().version;
  } catch (problem) {
    return [
      error(
        "isolated-vm",
        problem instanceof Error ? problem.message : String(problem),
        `npm i isolated-vm@${Number(process.versions.node.split(".")[0]) >= 24 ? "7" : "6.2"}`,
      ),
    ];
  }
  const problem = await load();
  if (problem === null)
    return [ok("isolated-vm", `isolated-vm ${version}, at or above the safety floor, loads.`)];
  return [
    error(
      "isolated-vm",
      `isolated-vm ${version} does not load in Node ${process.versions.node}: ${problem}`,
      "Version 7 has binaries for Node 24 and 26, version 6.2 for Node 22 and 24: install the one that fits, on this machine (a copied node_modules holds another machine's binary).",
    ),
  ];
}

/** In a child process: a binary built for another Node may not throw but abort. */
async function load(): Promise<string | null> {
  const { findEngine } = await import("../../runtime/engine/find.ts");
  const entry = findEngine() ?? "isolated-vm";
  // By its path, from a folder that is one: Yarn's Plug'n'Play keeps this file in an archive.
  const program = `const ivm = require(${JSON.stringify(entry)}); new ivm.Isolate({ memoryLimit: 8 }).dispose();`;
  try {
    await promisify(execFile)(process.execPath, ["--input-type=commonjs", "-e", program], {
      cwd: parse(process.execPath).root,
      timeout: 20_000,
    });
    return null;
  } catch (problem) {
    const text = String((problem as { stderr?: unknown }).stderr ?? problem);
    return /^\w*Error: .*$/m.exec(text)?.[0] ?? text.trim().split("\n")[0] ?? "the process ended";
  }
}
