/** Checks Node itself, and the flags it was started with. */
import { tooOld } from "../../node-floor.ts";
import { error, ok, type Finding, type Patient } from "./finding.ts";

export function checkNode(): readonly Finding[] {
  return [nodeFinding(process.versions.node)];
}

export function nodeFinding(version: string): Finding {
  const old = tooOld(version);
  return old === null ? ok("node", `Node ${version}.`) : error("node", old.message, old.help);
}

/** Flags that take away what isobind stands on. */
const harmful: readonly { readonly flag: RegExp; readonly why: string }[] = [
  {
    flag: /^--no-(experimental-)?strip-types$/,
    why: "Node cannot import the config and the registry without type stripping",
  },
  { flag: /^--jitless$/, why: "scripts run many times slower, and host calls with them" },
  { flag: /^--(no-)?enable-etw-stack-walking$/, why: "isolates are slower to create" },
];

export function checkFlags({ io }: Patient): readonly Finding[] {
  return flagFindings([...process.execArgv, ...(io.env["NODE_OPTIONS"] ?? "").split(/\s+/)]);
}

export function flagFindings(flags: readonly string[]): readonly Finding[] {
  const bad = flags.flatMap((flag) => {
    const found = harmful.find((entry) => entry.flag.test(flag));
    return found
      ? [error("flags", `Node runs with ${flag}: ${found.why}.`, `Remove ${flag} (see NODE_OPTIONS).`)]
      : [];
  });
  return bad.length > 0 ? bad : [ok("flags", "no flag of Node is in the way; none is needed.")];
}
