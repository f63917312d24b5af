/** Lays out what stands behind the options of a command's help: examples with what each does, and notes. No wider than the rest of it. */
import type { Command, Help } from "commander";

/** Behind the options of `command`: its examples, and `more` below them, a note a line. */
export function examples(
  command: Command,
  lines: readonly (readonly [example: string, what: string])[],
  more = "",
): Command {
  return command.addHelpText("after", ({ error }) => {
    const { getErrHelpWidth, getOutHelpWidth } = command.configureOutput();
    const width = (error ? getErrHelpWidth : getOutHelpWidth)?.() ?? 80;
    const help = command.createHelp();
    help.prepareContext({ helpWidth: width });
    return `\nExamples:\n${listed(help, width, lines)}${more === "" ? "" : `\n\n${help.boxWrap(more, width)}`}`;
  });
}

/** In two columns as options are, or what an example does below it, where there is too little room beside the longest. */
function listed(help: Help, width: number, lines: readonly (readonly [string, string])[]): string {
  const longest = Math.max(...lines.map(([example]) => example.length));
  const isBeside = width - longest - 4 >= help.minWidthToWrap;
  return lines
    .map(([example, what]) =>
      isBeside
        ? help.formatItem(example, longest, what, help)
        : `  ${example}\n${help.boxWrap(what, width - 6).replace(/^/gmu, "      ")}`,
    )
    .join("\n");
}
