/**
 * Holds `createNodeRuntime`: the command `node` of a kernel, which is how programs for secure-exec 0.2.1 that use its kernel
 * pass `bindings`. Each process is a run in a fresh isolate.
 */
import { posix } from "node:path";
import type { BindingTree, Registry } from "../model/registry.ts";
import type { OptionNames } from "../runtime/known-options.ts";
import { NodeExecutionDriver } from "./execution-driver.ts";
import type { FileReader, KernelRuntimeDriver, DriverProcess, ProcessContext } from "./kernel-driver.ts";
import type { WithGlobals } from "./options.ts";
import { noPermissions, refuseOptions, UnsupportedError } from "./unsupported.ts";

export interface KernelNodeRuntimeOptions {
  readonly bindings?: BindingTree | Registry;
  /** Frozen data every script finds in its global scope, as in `createSandbox`. The original has no such option. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** MiB. Default: 128. */
  readonly memoryLimit?: number;
  /** Of each process. Default: 5000. The original has no such option, and no limit. */
  readonly cpuTimeLimitMs?: number;
  /** Where isolates live, as in `createSandbox`. Default: `process`. The original has no such option. */
  readonly isolation?: "process" | "none";
}

const known: OptionNames<KernelNodeRuntimeOptions> = {
  bindings: true,
  globals: true,
  memoryLimit: true,
  cpuTimeLimitMs: true,
  isolation: true,
};
const powers = {
  moduleAccessPaths: "host packages",
  moduleAccessCwd: "host packages",
  packageRoots: "host packages",
  permissions: noPermissions,
  loopbackExemptPorts: "network",
};

/**
 * A driver to mount into a kernel. It knows `node -e <code>` and `node <file>`, the file being one of the kernel's.
 *
 * @example
 * const kernel = createKernel({ filesystem: createInMemoryFileSystem() });
 * await kernel.mount(createNodeRuntime({ bindings: { add: (a: number, b: number) => a + b } }));
 * const script = kernel.spawn("node", ["-e", "console.log(SecureExec.bindings.add(1, 2))"], {
 *   onStdout: (bytes) => process.stdout.write(bytes),
 * });
 * console.log(await script.wait()); // 0
 * await kernel.dispose();
 */
export function createNodeRuntime<Globals = unknown>(
  given?: WithGlobals<KernelNodeRuntimeOptions, Globals>,
): KernelRuntimeDriver {
  const options = (given ?? {}) as KernelNodeRuntimeOptions;
  refuseOptions("createNodeRuntime", options, known, powers);
  const system = { runtime: { process: {}, os: {} } };
  const driver = new NodeExecutionDriver({ ...options, system });
  let files: FileReader | undefined;
  return {
    name: "node",
    commands: ["node"],
    async init(kernel) {
      files = kernel.vfs;
    },
    spawn(command, args, context) {
      const script = scriptOf(command, args);
      return startProcess(driver, script, files, context);
    },
    dispose: () => driver.terminate(),
  };
}

type Script = { readonly code: string } | { readonly path: string };

/** What `node …` is asked to run. Arguments of a script are refused, because a script has no `process.argv` to read them from. */
function scriptOf(command: string, args: readonly string[]): Script {
  if (command !== "node") {
    throw new UnsupportedError(`\`${command}\` is not supported: scripts get no commands but \`node\` here.`);
  }
  const [first, second] = args;
  const isEval = first === "-e" || first === "--eval";
  if (first === undefined || (!isEval && first.startsWith("-")) || (isEval && second === undefined)) {
    const what = first === undefined ? "without arguments" : first;
    throw new UnsupportedError(
      `\`node ${what}\` is not supported: write \`node -e <code>\` or \`node <file>\`.`,
    );
  }
  const rest = args.slice(isEval ? 2 : 1);
  if (rest.length > 0) {
    throw new UnsupportedError(
      `\`node … ${rest.join(" ")}\` is not supported: scripts get no \`process.argv\` here. Offer what scripts need as a binding.`,
    );
  }
  return isEval ? { code: second as string } : { path: first };
}

/** The exit code that a shell shows for a process ended by a signal is this, and the signal's number. */
const signalled = 128;

function startProcess(
  driver: NodeExecutionDriver,
  script: Script,
  files: FileReader | undefined,
  context: ProcessContext,
): DriverProcess {
  const killer = new AbortController();
  let signal: number | undefined;
  const encoder = new TextEncoder();
  const print = (channel: "stdout" | "stderr", text: string): void => {
    const bytes = encoder.encode(text);
    const name = channel === "stdout" ? "onStdout" : "onStderr";
    context[name]?.(bytes);
    made[name]?.(bytes);
  };
  const run = async (): Promise<number> => {
    const read = await readScript(script, files, context.cwd ?? "/");
    if (read.code === undefined) {
      print("stderr", `${read.problem}\n`);
      return 1;
    }
    const { code, errorMessage } = await driver.exec(read.code, {
      ...(read.filePath === undefined ? {} : { filePath: read.filePath }),
      onStdio: ({ channel, message }) => print(channel, message),
      signal: killer.signal,
    });
    if (signal !== undefined) return signalled + signal;
    if (errorMessage !== undefined) print("stderr", `${errorMessage}\n`);
    return code;
  };
  const made: DriverProcess = {
    onStdout: null,
    onStderr: null,
    onExit: null,
    writeStdin() {
      throw new UnsupportedError("`stdin` is not supported: scripts get no standard input here.");
    },
    closeStdin() {},
    kill(number) {
      signal ??= number;
      killer.abort();
    },
    wait: () => ended,
  };
  // A turn later, so that the kernel has set its callbacks before the first output.
  const ended = Promise.resolve()
    .then(run)
    .catch((error: unknown) => {
      if (signal !== undefined) return signalled + signal;
      print("stderr", `${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    })
    .then((code) => {
      made.onExit?.(code);
      return code;
    });
  return made;
}

type ReadScript =
  { readonly code: string; readonly filePath?: string } | { readonly code?: never; readonly problem: string };

async function readScript(script: Script, files: FileReader | undefined, cwd: string): Promise<ReadScript> {
  if ("code" in script) return script;
  const path = posix.resolve("/", cwd, script.path);
  if (files === undefined || !(await files.exists(path))) {
    return { problem: `node: there is no file ${JSON.stringify(path)} in the kernel's filesystem.` };
  }
  return { code: await files.readTextFile(path), filePath: path };
}
