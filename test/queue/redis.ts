/**
 * Starts a Redis server of its own for a test file, on a loopback port that the system chooses, and stops it by its process id.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Redis {
  readonly url: string;
  readonly port: number;
  /** Ends the server as `kill -9` does, and starts it again on its data. */
  restart(): Promise<void>;
  pause(): void;
  goOn(): void;
  stop(): Promise<void>;
}

export async function startRedis(path: string, options: readonly string[] = []): Promise<Redis> {
  const port = await freePort();
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
  let server = await start(path, args);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async restart() {
      await end(server);
      server = await start(path, args);
    },
    pause: () => void server.kill("SIGSTOP"),
    goOn: () => void server.kill("SIGCONT"),
    stop: () => end(server),
  };
}

async function start(path: string, args: readonly string[]): Promise<ChildProcess> {
  const server = spawn(path, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const chunk of server.stdout!) {
    said += String(chunk);
    if (said.includes("Ready to accept connections")) break;
  }
  server.stdout!.resume();
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGKILL");
  await once(server, "exit");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
