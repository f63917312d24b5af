/**
 * Runs `isobind explain <code>`: prints the page of a build-time code or of an `error.code` value, or what a kind of change
 * of `diff` means.
 */
import type { Command } from "commander";
import { pageCodes, readPage } from "../../diagnostics/page.ts";
import { didYouMean } from "../../model/suggest.ts";
import { colorsOf } from "../color.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";

export function define(command: Command): void {
  command.argument(
    "[code]",
    "the code, as it stands in the message, or a kind of change; without it, the list of all codes",
  );
  examples(command, [
    ["isobind explain", "every code there is"],
    ["isobind explain type-not-clonable", "a finding of generate, check or typecheck"],
    ["isobind explain leaf-removed", "a kind of change, as diff names it"],
    ["isobind explain ERR_BINDING_INVALID_ARGUMENT", "the `code` of an error in a script or host"],
  ]);
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const paint = colorsOf(io.stdout, io.env);
  const code = command.args[0];
  const codes = pageCodes();
  if (code === undefined) {
    const { changeKinds } = await import("../../changes/index.ts");
    for (const one of codes) io.stdout.write(`${one}\n`);
    io.stdout.write(`\nKinds of change, of diff:\n${changeKinds.join("\n")}\n`);
    return 0;
  }
  // Codes are case-sensitive where they are matched; a person may type them as they like.
  const page = readPage(codes.find((one) => one.toLowerCase() === code.toLowerCase()) ?? code);
  if (page === null) {
    const { changeKinds, explainKind } = await import("../../changes/index.ts");
    const explained = explainKind(code.toLowerCase());
    if (explained !== null) {
      io.stdout.write(explained.replace(/^#+ .*$/gm, (heading) => paint.bold(heading)));
      return 0;
    }
    throw new UsageError(
      `there is no code \`${code}\`.${didYouMean(code, [...codes, ...changeKinds])}`,
      "`isobind explain` lists every code and every kind of change.",
    );
  }
  io.stdout.write(page.replace(/^#+ .*$/gm, (heading) => paint.bold(heading)));
  return 0;
}
