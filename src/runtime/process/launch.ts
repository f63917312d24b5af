/**
 * Launch: starts one worker process with nothing but its pipes. What the process does then is `worker/`'s business.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync } from "node:fs";
import module from "node:module";
import { Socket } from "node:net";
import { dirname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { PipePair } from "./kernel-pipes.ts";
import type { ResolvedProcessOptions } from "./options.ts";

export interface Launched {
  readonly child: ChildProcess;
  /** Frames to the worker, its descriptor 3. */
  readonly toWorker: Socket;
  /** Frames from the worker, its descriptor 4. */
  readonly fromWorker: Socket;
  readonly stderr: Socket;
}

/**
 * Flags of a worker. `--no-node-snapshot` is asked for by isolated-vm. `--max-semi-space-size` keeps the garbage of our own frames small
 * (30 MB instead of 400 after 200,000 of them), so that memory beyond a limit is the script's doing. Without `--no-turboshaft-loop-unrolling` V8 of Node 24 and later
 * unrolls tight loops into code that never looks whether it should stop.
 */
export function nodeFlags(version: string): string[] {
  const flags = ["--no-node-snapshot", "--no-warnings", "--max-semi-space-size=1"];
  if (Number.parseInt(version, 10) >= 24) flags.push("--no-turboshaft-loop-unrolling");
  return flags;
}

/**
 * What Node lets a worker do that only holds isolates: read files (its own modules), load isolated-vm, start its watchdog. No writing, no
 * processes, and from Node 25 on no network. Not the wall that keeps guests in, but one more behind it.
 */
const permissions = ["--permission", "--allow-fs-read=*", "--allow-addons", "--allow-worker"];

/** All a worker inherits: what a loader or V8 needs to start, and how dates and texts are written. */
const inherited = ["SystemRoot", "LD_LIBRARY_PATH", "NODE_ICU_DATA", "TZ", "LANG", "LC_ALL"];

export function workerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A worker inherits no `NODE_OPTIONS`, through which Yarn's Plug'n'Play teaches Node to find packages. */
function plugAndPlayFlags(importsModules: boolean): readonly string[] {
  if (process.versions["pnp"] === undefined) return [];
  const here = (import.meta.url as string | undefined) ?? process.argv[1] ?? process.execPath;
  const pnp = module.createRequire(here).resolve("pnpapi");
  const loader = join(dirname(pnp), ".pnp.loader.mjs");
  const isNeeded = importsModules && existsSync(loader);
  return ["--require", pnp, ...(isNeeded ? ["--experimental-loader", pathToFileURL(loader).href] : [])];
}

/** `pipes`: what frames travel through; without them Node makes sockets. Theirs are the child's and this function's from now on. */
export function launch(options: ResolvedProcessOptions, pipes: PipePair | null): Launched {
  const flags = nodeFlags(process.versions.node);
  // Host functions in the worker are the host's own code and may do what it may.
  if (options.module === null) flags.push(...permissions);
  const { entry } = options;
  const text = entry instanceof URL ? null : entry.text;
  if (text !== null) flags.push("--input-type=module", ...plugAndPlayFlags(options.module !== null));
  const program = entry instanceof URL ? fileURLToPath(entry) : "-";
  const child = spawn(options.execPath, [...flags, program, String(process.pid)], {
    stdio: [
      text === null ? "ignore" : "pipe",
      "ignore",
      "pipe",
      pipes?.toWorker.read ?? "pipe",
      pipes?.fromWorker.write ?? "pipe",
    ],
    env: workerEnvironment(process.env),
    // A directory that always exists and is nobody's: a worker must not keep a mount busy or find files beside it.
    cwd: parse(options.execPath).root,
    windowsHide: true,
  });
  const [, , stderr, ...sockets] = child.stdio as unknown as Socket[];
  const [toWorker, fromWorker] = pipes ? ourEnds(pipes) : sockets;
  if (!stderr || !toWorker || !fromWorker) throw new Error("A worker was started without its pipes.");
  // A worker that ends early closes its input; why it ended is asked elsewhere.
  child.stdin?.on("error", () => {}).end(text);
  // Nothing here keeps the owner's event loop alive; a run in progress does (see `pool.ts`).
  child.unref();
  for (const socket of [stderr, toWorker, fromWorker]) socket.unref();
  return { child, toWorker, fromWorker, stderr };
}

/** A pipe ends when nobody has its other end: the worker's ends are the worker's alone. */
function ourEnds({ toWorker, fromWorker }: PipePair): [Socket, Socket] {
  closeSync(toWorker.read);
  closeSync(fromWorker.write);
  return [
    new Socket({ fd: toWorker.write, readable: false, writable: true }),
    new Socket({ fd: fromWorker.read, readable: true, writable: false }),
  ];
}
