/**
 * Defines the commands for commander: names and summaries of all, options and action of the one that was asked for.
 */
import { Command, CommanderError } from "commander";
import { didYouMean } from "../model/suggest.ts";
import { colors } from "./color.ts";
import { wantsColor } from "./wants-color.ts";
import { commands, type CommandEntry } from "./commands.ts";
import { UsageError, type ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";
import { asUsageError } from "./parse-error.ts";
import { version } from "./version.ts";

/** Parses `argv` and runs its command. Throws a `UsageError` for what cannot be parsed. */
export async function runProgram(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = dress(new Command("isobind"), io)
    .description(
      "One typed definition of host functions: a registry, a declaration, and a sandbox that keeps both.",
    )
    .version(version(), "-V, --version", "print the version (also -v)")
    .option("--no-color", "no colours, also when the output is a terminal")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", rootHelp);

  // Alone it asks for the version, as everywhere; behind a command it is that command's `--verbose`.
  if (argv.length === 1 && argv[0] === "-v") {
    io.stdout.write(`${version()}\n`);
    return 0;
  }
  const wanted = wantedCommand(argv);
  for (const [name, entry] of Object.entries(commands)) {
    const command = dress(program.command(name), io).description(entry.summary);
    if (name === wanted) await define(command, entry);
  }
  program.on("command:*", ([typed]: string[]) => refuseCommand(typed ?? ""));
  const helpOn = argv[0] === "help" ? argv[1] : undefined;
  // The parser answers a help on nothing with the help on everything.
  if (helpOn !== undefined && !helpOn.startsWith("-") && !Object.hasOwn(commands, helpOn))
    refuseCommand(helpOn);
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync(withOptionalValues(program, argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // A help and a version end the parsing in the same way.
    if (error.exitCode === 0) return 0;
    throw asUsageError(error, atFault(error));
  }
  return code;

  /** Options before the command's name are those of the program. */
  function atFault({ message }: CommanderError): Command {
    const command = program.commands.find((one) => one.name() === wanted);
    if (command === undefined || wanted === undefined) return program;
    const before = argv.slice(0, argv.indexOf(wanted));
    return before.some((word) => message.includes(`'${word}'`)) ? program : command;
  }

  async function define(command: Command, entry: CommandEntry): Promise<void> {
    const loaded = await entry.load();
    loaded.define(command);
    command.helpOption("-h, --help", "print this help").action(async () => {
      code = await loaded.run(io, command);
    });
  }
}

function refuseCommand(typed: string): never {
  const hint = didYouMean(typed, Object.keys(commands));
  throw new UsageError(`there is no command \`${typed}\`.${hint}`, "`isobind --help` lists the commands.");
}

/** A value that may be left out stands behind `=`, as in Node: `run --inspect script.ts` has none, and names a script. */
function withOptionalValues(program: Command, argv: readonly string[]): string[] {
  const optional = program.commands.flatMap(({ options }) => options.filter((option) => option.optional));
  const names = new Set(optional.map(({ long }) => long));
  return argv.map((word) => (names.has(word) ? `${word}=` : word));
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
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 110),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 80, 110),
      // Said once, in our words, where every other mistake is.
      outputError: () => {},
    })
    .configureHelp({ styleTitle: (title) => colors(true).bold(title), showGlobalOptions: false })
    .showSuggestionAfterError(false);
}

const rootHelp = `
Examples:
  isobind init                         start here
  isobind generate                     write the registry and the declaration
  isobind run script.ts                run a script against it
  isobind check --format github        the gate for CI
  isobind explain type-not-clonable    what a code means and what to do

Exit codes:
  0  fine
  1  findings, stale output, or a script that failed
  2  the command line or the configuration cannot be used, or names what is not
     there

\`isobind help <command>\` shows a command's options and examples.`;
