/**
 * One writer per outDir at a time, across processes. The lock is a file that names its owner; the lock of a process that
 * died is broken by the next one. Held for a few milliseconds, never while types are read.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { codeOf, type Machine, readText } from "./machine.ts";
import { breakerName, lockDraftName, lockName } from "./temporary.ts";

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** A writer that waits longer than this says who holds the lock and gives up: builds must not hang. */
const patienceMs = 30_000;

/**
 * No writer holds a lock for a minute: an older one is of a process that died, whatever lives under its id now, or on
 * another machine.
 */
const lifetimeMs = 60_000;

/** Breaking a lock takes well under a millisecond; a breaker this old was killed. */
const breakerMs = 5_000;

/** Runs a step as the only writer of a folder. The step is synchronous, so that a lock is never held across a wait. */
export async function locked<T>(folder: string, machine: Machine, step: (token: string) => T): Promise<T> {
  const owner: Owner = { pid: machine.pid, host: machine.host, token: randomBytes(6).toString("hex") };
  const lock = join(folder, lockName);
  const deadline = machine.now() + patienceMs;
  while (!acquire(folder, owner, machine)) {
    if (breakStale(folder, machine)) continue;
    if (machine.now() > deadline) throw new LockHeld(readOwner(lock, machine)?.pid ?? 0);
    await machine.sleep(5 + Math.random() * 20);
  }
  try {
    return step(owner.token);
  } finally {
    if (readOwner(lock, machine)?.token === owner.token) machine.disk.rmSync(lock, { force: true });
  }
}

/** Another process holds the lock and does not let go. */
export class LockHeld extends Error {
  readonly pid: number;
  constructor(pid: number) {
    super(`another isobind process (${pid}) is writing there`);
    this.pid = pid;
  }
}

/** A hard link appears with its content, and only if the name is free: no one ever sees half a lock. */
function acquire(folder: string, owner: Owner, { disk }: Machine): boolean {
  const draft = join(folder, lockDraftName(owner.pid, owner.token));
  const lock = join(folder, lockName);
  try {
    disk.writeFileSync(draft, JSON.stringify(owner));
    disk.linkSync(draft, lock);
    return true;
  } catch (error) {
    switch (codeOf(error)) {
      case "EEXIST":
        return false;
      case "ENOENT": // the folder or the draft was removed under us
        disk.mkdirSync(folder, { recursive: true });
        return false;
      case "EPERM":
      case "ENOSYS":
      case "ENOTSUP":
      case "EOPNOTSUPP":
        // File systems without hard links: the name is still taken exclusively, its content follows.
        return createExclusively(disk, lock, JSON.stringify(owner));
      default:
        throw error;
    }
  } finally {
    disk.rmSync(draft, { force: true });
  }
}

function createExclusively(disk: Machine["disk"], file: string, text: string): boolean {
  try {
    disk.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a dead owner's lock. Two processes may find it dead at once, and the slower one must not remove the lock that
 * the faster one has just taken: so breaking has a lock of its own, and the owner is read again under it.
 */
function breakStale(folder: string, machine: Machine): boolean {
  const { disk } = machine;
  const lock = join(folder, lockName);
  const breaker = join(folder, breakerName);
  if (!isStale(lock, machine)) return false;
  if (!createExclusively(disk, breaker, "")) {
    if (ageOf(breaker, machine) > breakerMs) disk.rmSync(breaker, { force: true });
    return false;
  }
  try {
    if (isStale(lock, machine)) disk.rmSync(lock, { force: true });
  } finally {
    disk.rmSync(breaker, { force: true });
  }
  return true;
}

function isStale(lock: string, machine: Machine): boolean {
  const age = ageOf(lock, machine);
  const owner = readOwner(lock, machine);
  if (owner === null) return age > breakerMs; // taken this moment, or cut off while it was written
  return age > lifetimeMs || (owner.host === machine.host && !machine.isAlive(owner.pid));
}

function readOwner(lock: string, { disk }: Machine): Owner | null {
  try {
    const owner: unknown = JSON.parse(readText(disk, lock) ?? "null");
    return typeof owner === "object" && owner !== null && "pid" in owner ? (owner as Owner) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Milliseconds since a file was written; 0 when it is gone. */
function ageOf(file: string, { disk, now }: Machine): number {
  const mtime = disk.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return mtime === undefined ? 0 : now() - mtime;
}
