/**
 * Starts a Redis server of its own for a test file, on a loopback port that the system chooses, and stops it by its process id.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends the server as `kill -9` does, and starts it again on its data. */
  restart(): Promise<void>;
  pause(): void;
  goOn(): void;
  /** Sends one command, as words. */
  say(...words: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedis(path: string, options: readonly string[] = []): Promise<RedisServer> {
  for (;;) {
    const server = await startAt(await freePort(), path, options);
    if (server !== null) return server;
  }
}

/** `null` when somebody else has the port by now. */
async function startAt(port: number, path: string, options: readonly string[]): Promise<RedisServer | null> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const args = [
    "--port",
    `${port}`,
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
    ...options,
  ];
  const first = await start(path, args);
  if (first === null) return null;
  let server = first;
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async restart() {
      await end(server);
      // A client that looks for it meanwhile may have been given this very port for its own end.
      for (;;) {
        const next = await start(path, args);
        if (next !== null) return void (server = next);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    pause: () => void server.kill("SIGSTOP"),
    goOn: () => void server.kill("SIGCONT"),
    async say(...words) {
      const client = new Redis(port, { maxRetriesPerRequest: null });
      await client.call(words[0]!, ...words.slice(1));
      client.disconnect();
    },
    stop: () => end(server),
  };
}

/** Of this process: none outlives it, however a test ends. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const server of running) server.kill("SIGKILL");
});

/** `null` when it has ended instead. */
async function start(path: string, args: readonly string[]): Promise<ChildProcess | null> {
  // No pipe of the tests' own, which a server that is left over would keep open.
  const server = spawn(path, args, { stdio: ["ignore", "pipe", "ignore"] });
  running.add(server);
  server.once("exit", () => running.delete(server));
  let said = "";
  for await (const chunk of server.stdout!) {
    said += String(chunk);
    if (!said.includes("Ready to accept connections")) continue;
    server.stdout!.resume();
    return server;
  }
  if (said.includes("Address already in use")) return null;
  throw new Error(`The server has ended: ${said}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGKILL");
  await once(server, "exit");
}

/** A port of this machine at which nobody listens, as yet: whoever takes it may find somebody there. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
