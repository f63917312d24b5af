/**
 * Runs one invocation of the command line, and makes a text and an exit code of every way it can fail. Loads the parser only
 * when there is something to parse: the commonest invocations have no options, and waiting for nothing is what they are run
 * for.
 */
import { bareMode } from "./bare.ts";
import { UnusableConfig, UsageError, type ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";

/** Runs `argv` (without node and file) and resolves to the exit code; never rejects. */
export async function cli(argv: readonly string[], outer: Io): Promise<ExitCode> {
  // One way to say it from here on: a flag of the whole program would have to be read in each command.
  const io: Io = argv.includes("--no-color") ? withoutColor(outer) : outer;
  try {
    const mode = bareMode(argv);
    if (mode !== undefined) {
      const { generateOnce } = await import("./generate-once.ts");
      return await generateOnce(io, { format: "text" }, mode);
    }
    const { runProgram } = await import("./program.ts");
    return await runProgram(argv, io);
  } catch (error) {
    return explain(error, argv, io);
  }
}

async function explain(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  if (error instanceof UnusableConfig) {
    const { printFindings } = await import("./findings.ts");
    const findings = { ok: false, diagnostics: error.diagnostics, files: [] };
    await printFindings(withoutStdout(io), findings, { format: "text", root: error.root });
    return 2;
  }
  if (error instanceof UsageError) {
    const { lowerFirst } = await import("../diagnostics/format/text.ts");
    const { colorsOf } = await import("./color.ts");
    const paint = colorsOf(io.stderr, io.env);
    io.stderr.write(`${paint.red("error")}: ${error.message}\n`);
    if (error.help !== null) io.stderr.write(`  ${paint.bold("help:")} ${lowerFirst(error.help)}\n`);
    return 2;
  }
  if (error instanceof Error && error.name === "IncompleteBuild" && "help" in error) {
    const { lowerFirst } = await import("../diagnostics/format/text.ts");
    return explain(new UsageError(lowerFirst(error.message), String(error.help)), argv, io);
  }
  const { crashReport } = await import("./crash.ts");
  io.stderr.write(crashReport(error, argv));
  return 2;
}

function withoutColor(io: Io): Io {
  return changed(io, { env: { ...io.env, NO_COLOR: "1" } });
}

/** What goes wrong before there is a result goes to stderr: stdout may be a file that waits for one. */
function withoutStdout(io: Io): Io {
  return changed(io, { stdout: io.stderr });
}

/** The other streams stay closed until they are asked for. */
function changed(io: Io, change: Partial<Pick<Io, "env" | "stdout">>): Io {
  return {
    cwd: io.cwd,
    env: change.env ?? io.env,
    get stdin() {
      return io.stdin;
    },
    get stdout() {
      return change.stdout ?? io.stdout;
    },
    ownStdout: () => io.ownStdout(),
    get stderr() {
      return io.stderr;
    },
    interrupt: () => io.interrupt(),
    stuck: () => io.stuck(),
  };
}
