/**
 * Lets the queue's engine speak to a Postgres that runs in this process and keeps its data in a folder. The engine asks for a pool of
 * connections; there is one, so that whoever begins a transaction has it alone until its end.
 */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { load } from "./peer.ts";

interface Result {
  rows: unknown[];
  rowCount: number;
}

type Notify = (message: { channel: string; payload?: string }) => void;

export interface OpenFolder {
  readonly pool: object;
  /** Who opened it last closes it for all. */
  close(): Promise<void>;
}

interface Shared {
  readonly opened: Promise<{ readonly pool: object; readonly db: PGlite }>;
  users: number;
}

/** Of this process: whoever opens a folder that is open gets the same database. */
const folders = new Map<string, Shared>();

/** Opens the folder, which is made when it is not there. One process at a time: nothing locks it. `prepare` is called once for each database. */
export async function openFolder(
  folder: string,
  prepare: (pool: object) => Promise<void>,
): Promise<OpenFolder> {
  const path = resolve(folder);
  let shared = folders.get(path);
  if (!shared) folders.set(path, (shared = { opened: open(path, prepare), users: 0 }));
  shared.users++;
  const leave = async (): Promise<void> => {
    if (--shared.users > 0) return;
    folders.delete(path);
    await (await shared.opened).db.close();
  };
  try {
    const { pool } = await shared.opened;
    return { pool, close: leave };
  } catch (error) {
    folders.delete(path);
    throw error;
  }
}

async function open(
  path: string,
  prepare: (pool: object) => Promise<void>,
): Promise<{ readonly pool: object; readonly db: PGlite }> {
  const { PGlite: Database } = await load("@electric-sql/pglite", () => import("@electric-sql/pglite"));
  mkdirSync(path, { recursive: true });
  const db = await Database.create(path);
  const pool = poolOf(db);
  await prepare(pool);
  return { pool, db };
}

function poolOf(db: PGlite): object {
  /** Resolves when nobody has the connection alone. */
  let free: Promise<void> = Promise.resolve();

  async function ask(text: string, params?: readonly unknown[]): Promise<Result> {
    // Several statements at once have no parameters.
    const answer =
      params === undefined || params.length === 0
        ? (await db.exec(text)).at(-1)
        : await db.query(text, [...params]);
    return { rows: answer?.rows ?? [], rowCount: answer?.affectedRows ?? answer?.rows.length ?? 0 };
  }

  async function shared(text: string, params?: readonly unknown[]): Promise<Result> {
    await free;
    return ask(text, params);
  }

  function client(): object {
    let release: (() => void) | null = null;
    const listeners = new Map<Notify, () => void>();
    const self = {
      async query(text: string, params?: readonly unknown[]) {
        const word = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase();
        if (word === "BEGIN") {
          const before = free;
          free = new Promise((resolve) => (release = resolve));
          await before;
        } else if (release === null) await free;
        try {
          return await ask(text, params);
        } finally {
          if (word === "COMMIT" || word === "ROLLBACK") {
            release?.();
            release = null;
          }
        }
      },
      on(event: string, listener: Notify) {
        if (event !== "notification") return self;
        listeners.set(
          listener,
          db.onNotification((channel, payload) => listener({ channel, payload })),
        );
        return self;
      },
      removeListener(_event: string, listener: Notify) {
        listeners.get(listener)?.();
        listeners.delete(listener);
        return self;
      },
      removeAllListeners() {
        for (const stop of listeners.values()) stop();
        listeners.clear();
        return self;
      },
      release() {
        release?.();
        release = null;
      },
    };
    return self;
  }

  const pool = {
    query: shared,
    connect: () => Promise.resolve(client()),
    end: () => Promise.resolve(),
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return pool;
}
