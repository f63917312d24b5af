/**
 * Words what is printed when an exception reaches the top. Mistakes of users are findings, so that is always a defect of
 * isobind.
 */
import { version } from "./version.ts";

/** Says whose fault it is, what happened, and what to put into a report. */
export function crashReport(error: unknown, argv: readonly string[]): string {
  const detail = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return [
    "error: isobind failed. This is a defect of isobind, not of your project.",
    "  help: please report it with the command, the versions and the text below.",
    "",
    `  command   isobind ${argv.join(" ")}`,
    `  versions  isobind ${version()}, node ${process.version}, ${process.platform} ${process.arch}`,
    "",
    ...detail.split("\n").map((line) => `  ${line}`),
    "",
  ].join("\n");
}
