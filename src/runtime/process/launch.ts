/**
 * Starts one worker process with nothing but its pipes. What the process does then is `worker/`'s business.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { Socket } from "node:net";
import { dirname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { engineFlags, startFlags } from "../engine/process.ts";
import { closeDescriptors, closePair, type PipePair } from "./kernel-pipes.ts";
import { openShared } from "./open-shared.ts";
import type { ResolvedProcessOptions } from "./options.ts";
import { sharedMark, workerMark } from "./wire/mark.ts";
import type { Regional } from "../host-regional.ts";

export interface Launched {
  readonly child: ChildProcess;
  /** Frames to the worker, its descriptor 3. */
  readonly toWorker: Socket;
  /** Frames from the worker, its descriptor 4. */
  readonly fromWorker: Socket;
  readonly stderr: Socket;
  /** The descriptor of memory that both have, the worker as its 5; `null` where there is none. */
  readonly shared: number | null;
}

/** The system gives no process, or none that can be talked to: no descriptor, no memory, no right, no such program. Nothing is left behind. */
export interface NotLaunched {
  /** What the system said; it says it a moment later. Never rejects. */
  readonly failed: Promise<{ readonly detail: string }>;
}

export type Launch = Launched | NotLaunched;

/** As much as a pipe holds. */
const readBytes = 64 * 1024;

/**
 * Flags of a worker. `--max-semi-space-size` keeps the garbage of our own frames small (30 MB instead of 400 after 200,000 of them), so
 * that memory beyond a limit is the script's doing.
 */
function nodeFlags(version: string): string[] {
  return [
    ...engineFlags(version),
    ...startFlags,
    "--no-warnings",
    "--max-semi-space-size=1",
    ...lateOptimizing(version),
  ];
}

/**
 * Each run has a new isolate, and in it the code of the codec is new. V8 gave it to the slowest of its compilers after 3,000 calls of a function, which a script reaches with 200
 * objects: four threads then compiled for longer than most scripts run, beside a main thread that was none the faster. A script that computes gets there within a millisecond
 * either way. Node 22 has no compiler in between, without which this would cost more than it saves.
 */
function lateOptimizing(version: string): readonly string[] {
  return Number.parseInt(version, 10) >= 24 ? ["--invocation-count-for-turbofan=100000"] : [];
}

/**
 * What Node lets a worker do that only holds isolates: read files (its own modules), load the engine, start its watchdog. No writing, no
 * processes, and from Node 25 on no network. Not the wall that keeps guests in, but one more behind it.
 */
const permissions = ["--permission", "--allow-fs-read=*", "--allow-addons", "--allow-worker"];

/** All a worker inherits: what a loader or V8 needs to start. */
const inherited = ["SystemRoot", "LD_LIBRARY_PATH", "NODE_ICU_DATA"];

/** `regional`: how dates and texts are written, whatever `environment` has become since the sandbox was made. ICU takes a BCP 47 tag for `LC_ALL`. */
export function workerEnvironment(environment: NodeJS.ProcessEnv, regional: Regional): NodeJS.ProcessEnv {
  const kept = inherited.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { timeZone, locale } = regional;
  return {
    ...Object.fromEntries(kept),
    ...(timeZone === undefined ? {} : { TZ: timeZone }),
    LC_ALL: locale,
    [workerMark]: String(process.pid),
  };
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

/** `pipes`: what frames travel through; without them Node makes sockets. Theirs are the child's and this function's from now on. Never throws. */
export function launch(options: ResolvedProcessOptions, pipes: PipePair | null): Launch {
  let child: ChildProcess;
  // Calls of host functions are what it is for.
  const shared = options.module === null ? openShared() : null;
  const closeOurs = (): void => {
    if (pipes) closePair(pipes);
    if (shared !== null) closeDescriptors([shared]);
  };
  try {
    child = spawnWorker(options, pipes, shared);
  } catch (error) {
    // Some failures of the system are thrown (no memory), others are told by an event.
    closeOurs();
    return { failed: Promise.resolve(reasonOf(error)) };
  }
  if (child.pid === undefined) {
    closeOurs();
    abandon(child);
    return { failed: new Promise((resolve) => child.once("error", (error) => resolve(reasonOf(error)))) };
  }
  try {
    return { ...connect(child, pipes, programText(options)), shared };
  } catch (error) {
    if (shared !== null) closeDescriptors([shared]);
    child.on("error", () => {});
    child.kill("SIGKILL");
    abandon(child);
    return { failed: Promise.resolve(reasonOf(error)) };
  }
}

/** A program that is no file is given to Node as its input. */
function programText({ entry }: ResolvedProcessOptions): string | null {
  return entry instanceof URL ? null : entry.text;
}

function spawnWorker(
  options: ResolvedProcessOptions,
  pipes: PipePair | null,
  shared: number | null,
): ChildProcess {
  const flags = nodeFlags(process.versions.node);
  // Host functions in the worker are the host's own code and may do what it may.
  if (options.module === null) flags.push(...permissions);
  const { entry } = options;
  const text = programText(options);
  if (text !== null) flags.push("--input-type=module", ...plugAndPlayFlags(options.module !== null));
  const program = entry instanceof URL ? fileURLToPath(entry) : "-";
  const told = shared === null ? [] : [sharedMark];
  return spawn(options.execPath, [...flags, program, String(process.pid), ...told], {
    stdio: [
      text === null ? "ignore" : "pipe",
      "ignore",
      "pipe",
      pipes?.toWorker.read ?? "pipe",
      pipes?.fromWorker.write ?? "pipe",
      ...(shared === null ? [] : [shared]),
    ],
    env: workerEnvironment(process.env, options.regional),
    // A directory that always exists and is nobody's: a worker must not keep a mount busy or find files beside it.
    cwd: parse(options.execPath).root,
    windowsHide: true,
  });
}

function connect(child: ChildProcess, pipes: PipePair | null, text: string | null): Omit<Launched, "shared"> {
  const [, , stderr, ...sockets] = child.stdio as unknown as Socket[];
  const [toWorker, fromWorker] = pipes ? ourEnds(pipes) : sockets;
  if (!stderr || !toWorker || !fromWorker) throw new Error("it was started without its pipes");
  // A worker that ends early closes its input; why it ended is asked elsewhere.
  child.stdin?.on("error", () => {}).end(text);
  // Nothing here keeps the owner's event loop alive; a run in progress does (see `pool.ts`).
  child.unref();
  for (const socket of [stderr, toWorker, fromWorker]) socket.unref();
  return { child, toWorker, fromWorker, stderr };
}

/** A pipe ends when nobody has its other end: the worker's ends are the worker's alone. */
function ourEnds({ toWorker, fromWorker }: PipePair): [Socket, Socket] {
  closeDescriptors([toWorker.read, fromWorker.write]);
  const to = socketOf(toWorker.write, "write", [fromWorker.read]);
  try {
    return [to, socketOf(fromWorker.read, "read", [])];
  } catch (error) {
    to.destroy();
    throw error;
  }
}

/** From here on the descriptor is the socket's to close; `others` are closed too when there is none. */
function socketOf(fd: number, use: "read" | "write", others: readonly number[]): Socket {
  try {
    return use === "read" ? reading(fd) : new Socket({ fd, readable: false, writable: true });
  } catch (error) {
    closeDescriptors([fd, ...others]);
    throw error;
  }
}

/** As any socket, but all that is read comes in one buffer, valid until its listeners return: a new one for each would be most of what reading costs. */
function reading(fd: number): Socket {
  const socket: Socket = new Socket({
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback: (length, buffer) => socket.emit("data", buffer.subarray(0, length)),
    },
  });
  return socket;
}

/** Of a child that never was Node may have made streams, or none at all. */
function abandon(child: ChildProcess): void {
  for (const stream of (child.stdio as ChildProcess["stdio"] | undefined) ?? []) stream?.destroy();
}

function reasonOf(error: unknown): { readonly detail: string } {
  return { detail: unstarted(error instanceof Error ? error.message : String(error)) };
}

/** One sentence, also with words of the system that are one already. */
export function unstarted(reason: string): string {
  return `It could not be started: ${reason.replace(/\.+$/, "")}.`;
}
