/**
 * Refuses options of a queue that do not exist or cannot be meant, before anything is opened or added.
 */
import { unknownOptions, type OptionNames } from "../model/option-names.ts";
import { resolveLimits } from "../runtime/limits.ts";
import { queueError } from "./errors.ts";
import { checkName } from "./names.ts";
import type { EnqueueOptions, QueueOptions } from "./script-queue.ts";
import type { Store } from "./store.ts";
import type { QueueWorkerOptions } from "./worker.ts";

type Range = readonly [least: number, most: number];

const hourMs = 60 * 60 * 1000;
/** The engine keeps times as milliseconds since 1970 in a number: as long as anybody means. */
const centuryMs = 100 * 365 * 24 * hourMs;
const many = 2 ** 31 - 1;

const queueNames: OptionNames<QueueOptions> = { store: true, name: true, contract: true, connectMs: true };

/** Throws `ERR_QUEUE_OPTION`, as all of these do. */
export function checkQueueOptions(options: QueueOptions): void {
  refuse(unknownOptions("openQueue", options, queueNames));
  checkName(options.name ?? "scripts");
  checkStore(options.store);
  checkRanges(options, { connectMs: [1, hourMs] });
  const { contract = "" } = options;
  const digest: unknown =
    typeof contract === "string" || contract === null ? contract : (contract.digest ?? "");
  // It becomes a part of the names that the engine keeps.
  if (typeof digest === "string" && /^[\w+/=-]{0,128}$/.test(digest)) return;
  throw option("contract: expected a registry, a contract, or the digest of one.");
}

const jobNames: OptionNames<EnqueueOptions> = {
  id: true,
  filename: true,
  kind: true,
  limits: true,
  profile: true,
  tenant: true,
  priority: true,
  delayMs: true,
  attempts: true,
  backoffMs: true,
  keepMs: true,
};

export function checkJob(source: unknown, options: EnqueueOptions): void {
  if (typeof source !== "string") throw option("source: expected the text of a script.");
  refuse(unknownOptions("enqueue", options, jobNames));
  const { id } = options;
  if (id !== undefined && !(typeof id === "string" && /^(?!\d+$)[\w-]{1,128}$/.test(id)))
    throw option("id: expected up to 128 letters, digits, `_` and `-`, and not digits alone.");
  for (const name of ["filename", "kind", "profile", "tenant"] as const) {
    const text: unknown = options[name];
    if (text !== undefined && typeof text !== "string") throw option(`${name}: expected a text.`);
  }
  checkRanges(options, {
    priority: [1, 2_097_151],
    delayMs: [0, centuryMs],
    attempts: [1, many],
    backoffMs: [0, centuryMs],
    keepMs: [0, centuryMs],
  });
  // As a run would: a worker could only park the job.
  if (options.limits !== undefined) asOption(() => resolveLimits(options.limits));
}

const workerNames: OptionNames<QueueWorkerOptions> = {
  store: true,
  name: true,
  registry: true,
  profiles: true,
  concurrency: true,
  sandbox: true,
  onConsole: true,
  onJob: true,
  onDoubt: true,
  maxLost: true,
  lockMs: true,
  drainMs: true,
  connectMs: true,
  telemetry: true,
};

/** Options of a sandbox that the worker itself has, and which of its own they are. */
const ofWorker = {
  registry: "`registry` of the worker",
  workers: "`concurrency` of the worker",
  onConsole: "`onConsole` of the worker",
  isolation: "always `process` in a worker of a queue",
  placement: "always `host` in a worker of a queue",
} as const;

export function checkWorkerOptions(options: QueueWorkerOptions): void {
  refuse(unknownOptions("createQueueWorker", options, workerNames));
  checkName(options.name ?? "scripts");
  checkStore(options.store);
  if (typeof options.registry !== "object" || options.registry === null)
    throw option("registry: expected what scripts may call, a generated registry or a tree of functions.");
  for (const name of ["onConsole", "onJob", "onDoubt"] as const)
    if (options[name] !== undefined && typeof options[name] !== "function")
      throw option(`${name}: expected a function.`);
  for (const [name, instead] of Object.entries(ofWorker))
    if (Object.hasOwn(options.sandbox ?? {}, name))
      throw option(`sandbox: \`${name}\` is no option here, because it is ${instead}.`);
  if (options.concurrency !== "auto") checkRanges(options, { concurrency: [1, many] });
  checkRanges(options, {
    maxLost: [1, many],
    lockMs: [100, hourMs],
    drainMs: [0, hourMs],
    connectMs: [1, hourMs],
  });
}

function checkStore(store: Store): void {
  refuse(unknownOptions("store", store, "folder" in (store ?? {}) ? { folder: true } : { redis: true }));
  const { redis, folder } = store as { readonly redis?: unknown; readonly folder?: unknown };
  // The client takes any other scheme for the path of a socket.
  const scheme =
    typeof redis === "string" ? /^(?!rediss?:)[a-z][a-z\d+.-]*:\/\//iu.exec(redis)?.[0] : undefined;
  if (scheme !== undefined)
    throw option(`store: \`redis\` begins with \`redis://\` or \`rediss://\`, not \`${scheme}\`.`);
  if (typeof folder === "string" || typeof redis === "string") return;
  if (typeof redis === "object" && redis !== null) return;
  throw option('store: expected { redis: "redis://localhost" } or { folder: "./queue" }.');
}

function checkRanges<Options extends object>(
  options: Options,
  ranges: Partial<Readonly<Record<keyof Options, Range>>>,
): void {
  for (const [name, range] of Object.entries(ranges)) {
    const value: unknown = options[name as keyof Options];
    const [least, most] = range as Range;
    if (value === undefined) continue;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) continue;
    throw option(`${name}: expected a whole number from ${least} to ${most}.`);
  }
}

function asOption(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw option((error as Error).message);
  }
}

function refuse(problem: string | null): void {
  if (problem !== null) throw option(problem);
}

export function option(message: string): Error {
  return queueError("ERR_QUEUE_OPTION", message);
}
