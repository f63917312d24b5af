/** Runs `isobind worker --queue <name>`: takes scripts from a queue and runs them with the project's registry, until it is told to end. */
import { Option, type Command } from "commander";
import { counted } from "../../model/counted.ts";
import type { ExitCode } from "../exit.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { collect, profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { readGlobals } from "../run/globals.ts";
import { parseLimits } from "../run/limits.ts";
import { loadRegistry } from "../run/registry.ts";
import { asUsageError } from "../run/refused.ts";
import { jsonLines, textLines } from "../worker/job-lines.ts";

interface WorkerFlags extends ProjectFlags {
  readonly queue: string;
  readonly redis?: string;
  readonly folder?: string;
  readonly concurrency: string;
  readonly registry?: string;
  readonly profile?: string;
  readonly globals?: string;
  readonly limits?: readonly string[];
  readonly drain: string;
  readonly connect: string;
  readonly format: "text" | "json";
  readonly quiet?: boolean;
}

export function define(command: Command): void {
  profileOption(projectOptions(command))
    .option("--queue <name>", "the queue", "scripts")
    .option("--redis <url>", "where it is (default: $REDIS_URL)")
    .option("--folder <path>", "or a folder of this machine, for one process at a time")
    .option(
      "--concurrency <number>",
      "scripts at once; auto is one for each processor, as far as there is memory",
      "auto",
    )
    .option("--registry <module>", "a module that exports a registry (default: the generated registry.ts)")
    .option("--globals <json>", "the globals that the host gives, by name, as JSON or @file")
    .option("--limits <list>", "limits of all runs, for example wallMs=500,memoryMb=64", collect)
    .option("--drain <ms>", "time for scripts at work when it is told to end", "25000")
    .option("--connect <ms>", "time in which the queue has to answer at the start", "10000")
    .addOption(
      new Option(
        "--format <format>",
        "how the line of each job is printed, text on standard error, JSON on standard output",
      )
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--quiet", "no line for each job");
  examples(
    command,
    [
      ["isobind worker --queue reports --redis redis://localhost", "with the registry that `generate` wrote"],
      ["isobind worker --folder ./queue --registry host.ts", "without a server"],
      ["isobind worker --format json", "a line of JSON for what becomes of each job"],
    ],
    "Ends on SIGTERM and on an interrupt: it takes no new jobs, and gives back to the queue what does not end in time.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<WorkerFlags>();
  const store = storeOf(io, flags);
  const concurrency =
    flags.concurrency === "auto" ? "auto" : whole("--concurrency", flags.concurrency, 1, "auto");
  const drainMs = whole("--drain", flags.drain, 0);
  const connectMs = whole("--connect", flags.connect, 1);
  const limits = parseLimits(flags.limits ?? []);
  const { registry, declaration } = await loadRegistry(io, flags);
  const globals = await readGlobals(io, flags, registry);
  const signal = io.interrupt();
  const { createQueueWorker } = await import("../../queue/index.ts");
  try {
    const worker = await createQueueWorker({
      store,
      name: flags.queue,
      registry,
      concurrency,
      drainMs,
      connectMs,
      ...(flags.quiet !== true && { onJob: flags.format === "json" ? jsonLines(io) : textLines(io) }),
      sandbox: {
        limits,
        ...(declaration !== null && { declaration }),
        ...(globals !== undefined && { globals }),
      },
    });
    const contract = worker.digest === "" ? "no contract" : worker.digest.slice(0, 23);
    io.stderr.write(
      `At work on ${flags.queue} for ${contract}, ${counted(worker.concurrency, "script")} at once.\n`,
    );
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    io.stderr.write(`Ending: ${counted(worker.busy, "script is", "scripts are")} at work.\n`);
    await worker.close();
    return 0;
  } catch (error) {
    throw asUsageError(error);
  }
}

function storeOf(io: Io, flags: WorkerFlags): { redis: string } | { folder: string } {
  const { redis = io.env["REDIS_URL"], folder } = flags;
  if (folder !== undefined && flags.redis !== undefined) {
    throw new UsageError(
      "`--redis` and `--folder` name two places, and a queue is in one.",
      "Leave out one of them.",
    );
  }
  if (folder !== undefined) return { folder };
  if (redis !== undefined && redis !== "") return { redis };
  throw new UsageError(
    "There is no queue to take scripts from.",
    "Say where it is: `--redis redis://localhost`, the variable REDIS_URL, or `--folder ./queue`.",
  );
}

/** `word`: what may be written instead of a number. */
function whole(flag: string, text: string, least: number, word?: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  const [or, nor] = word === undefined ? ["", ""] : [`, or \`${flag} ${word}\``, ` and not \`${word}\``];
  throw new UsageError(
    `\`${flag} ${text}\` is not a whole number of at least ${least}${nor}.`,
    `Write for example \`${flag} 4\`${or}.`,
  );
}
