/** Runs `isobind doctor`: looks at the installation and the project; every problem comes with its fix. */
import type { Command } from "commander";
import { counted } from "../../model/counted.ts";
import { colorsOf, type Colors } from "../color.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { formatOption, projectOptions, type ProjectFlags } from "../options.ts";
import { error, ok, type Check, type Finding, type Patient } from "../doctor/finding.ts";

interface DoctorFlags extends ProjectFlags {
  readonly format: "text" | "json";
}

export function define(command: Command): void {
  formatOption(projectOptions(command), ["text", "json"]);
  examples(command, [
    ["isobind doctor", "Node, isolated-vm, flags, config, output, tsconfig of scripts, TypeScript"],
    ["isobind doctor --format json", "{ ok, findings: [{ name, status, message, fix }] }"],
  ]);
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<DoctorFlags>();
  const { patient, findings } = await admit(io, flags);
  for (const check of await checks()) findings.push(...(await check(patient)));
  const isOk = findings.every(({ status }) => status !== "error");
  if (flags.format === "json") {
    io.stdout.write(`${JSON.stringify({ ok: isOk, findings }, null, 2)}\n`);
  } else {
    const paint = colorsOf(io.stdout, io.env);
    for (const finding of findings) io.stdout.write(line(finding, paint));
    io.stdout.write(`\n${verdict(findings)}\n`);
  }
  return isOk ? 0 : 1;
}

/** A config that cannot be used is a finding here, not the end: everything else is still worth looking at. */
async function admit(io: Io, flags: DoctorFlags): Promise<{ patient: Patient; findings: Finding[] }> {
  const { resolveProject } = await import("../project.ts");
  try {
    const config = await resolveProject(io, flags);
    const contracts = config.contracts.map(({ name }) => name).join(", ");
    return {
      patient: { io, root: config.root, config },
      findings: [ok("config", `the config can be used (contracts: ${contracts}).`)],
    };
  } catch (problem) {
    if (!(problem instanceof UsageError)) throw problem;
    return {
      patient: { io, root: io.cwd, config: null },
      findings: [error("config", problem.message, problem.help ?? "`isobind init` writes one.")],
    };
  }
}

async function checks(): Promise<readonly Check[]> {
  const [node, engine, manifest, imports, output, cache, scripts, typescript, compiler] = await Promise.all([
    import("../doctor/node.ts"),
    import("../doctor/engine.ts"),
    import("../doctor/package.ts"),
    import("../doctor/imports.ts"),
    import("../doctor/output.ts"),
    import("../doctor/cache.ts"),
    import("../doctor/scripts.ts"),
    import("../doctor/typescript.ts"),
    import("../doctor/compiler.ts"),
  ]);
  return [
    node.checkNode,
    node.checkFlags,
    engine.checkIsolatedVm,
    manifest.checkPackage,
    output.checkOutput,
    imports.checkImports,
    cache.checkCache,
    scripts.checkScripts,
    typescript.checkTypescript,
    compiler.checkCompiler,
  ];
}

function line({ name, status, message, fix }: Finding, paint: Colors): string {
  const mark = { ok: paint.green("ok     "), warning: paint.yellow("warning"), error: paint.red("error  ") }[
    status
  ];
  const rest = fix === null ? "" : `\n         ${paint.bold("fix:")} ${fix}`;
  return `${mark}  ${name}: ${message}${rest}\n`;
}

function verdict(findings: readonly Finding[]): string {
  const errors = findings.filter(({ status }) => status === "error").length;
  const warnings = findings.filter(({ status }) => status === "warning").length;
  if (errors + warnings === 0) return "Everything is as it should be.";
  return [count(errors, "error"), count(warnings, "warning")].filter((part) => part !== "").join(", ");
}

function count(number: number, noun: string): string {
  return number === 0 ? "" : counted(number, noun);
}
