/**
 * The commands as commander sees them: names and summaries of all, options and action of the one that was asked for.
 */
import { Command } from "commander";
import { didYouMean } from "../diagnostics/suggest.ts";
import { colors } from "./color.ts";
import { wantsColor } from "./wants-color.ts";
import { commands, type CommandEntry } from "./commands.ts";
import { UsageError, type ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";
import { version } from "./version.ts";

/** Parses `argv` and runs its command. Throws a `UsageError` or commander's own error for what cannot be parsed. */
export async function runProgram(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = dress(new Command("isobind"), io)
    .description(
      "One typed definition of host functions: a registry, a declaration, and a sandbox that keeps both.",
    )
    .version(version(), "-V, --version", "print the version")
    .option("--no-color", "no colours, also when the output is a terminal")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", rootHelp);

  const wanted = wantedCommand(argv);
  for (const [name, entry] of Object.entries(commands)) {
    const command = dress(program.command(name), io).description(entry.summary);
    if (name === wanted) await define(command, entry);
  }
  program.on("command:*", ([typed]: string[]) => {
    const hint = didYouMean(typed ?? "", Object.keys(commands));
    throw new UsageError(`there is no command \`${typed}\`.${hint}`, "`isobind --help` lists the commands.");
  });
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  await program.parseAsync([...argv], { from: "user" });
  return code;

  async function define(command: Command, entry: CommandEntry): Promise<void> {
    const loaded = await entry.load();
    loaded.define(command);
    command.helpOption("-h, --help", "print this help").action(async () => {
      code = await loaded.run(io, command);
    });
  }
}

/** The first word that is a command: `isobind generate …`, `isobind --no-color generate …`, `isobind help generate`. */
function wantedCommand(argv: readonly string[]): string | undefined {
  return argv.find((word) => Object.hasOwn(commands, word));
}

function dress(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHasColors: () => wantsColor(io.stdout, io.env),
      getErrHasColors: () => wantsColor(io.stderr, io.env),
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 100, 110),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 100, 110),
    })
    .configureHelp({ styleTitle: (title) => colors(true).bold(title), showGlobalOptions: false })
    .showSuggestionAfterError();
}

const rootHelp = `
Examples:
  isobind init                         start here
  isobind generate                     write generated/{registry.ts,secure-exec.d.ts,contract.json}
  isobind run script.ts                run a script against it
  isobind check --format github        the gate for CI
  isobind explain type-not-clonable    what a code means and what to do

Exit codes:
  0  fine
  1  findings, stale output, or a script that failed
  2  the command line or the configuration cannot be used

\`isobind help <command>\` shows a command's options and examples.`;
