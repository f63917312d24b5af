/**
 * The floor across processes: a child that writes one V8-serialised frame and blocks in `readSync` for the answer, through pipes of the
 * kernel as isobind has them. No isolate, no validation, no limits: what a synchronous call to another process costs on this machine.
 */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "hand-written blocking pipe",
  differs:
    "The floor across processes: the script runs as plain code in a child process; no isolate, no validation, no limits.",
  floor: true,
  async open(options) {
    const tree = bindings(options.bindings);
    const [down, up] = [pipe(), pipe()];
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL("./blocking-pipe-child.ts", import.meta.url))],
      {
        stdio: ["ignore", "inherit", "inherit", down.read, up.write],
      },
    );
    closeSync(down.read);
    closeSync(up.write);
    const toChild = new Socket({ fd: down.write, readable: false, writable: true });
    const fromChild = new Socket({ fd: up.read, readable: true, writable: false });
    const send = (message: unknown): void => {
      const body = serialize(message);
      const frame = Buffer.allocUnsafe(4 + body.length);
      frame.writeUInt32LE(body.length, 0);
      body.copy(frame, 4);
      toChild.write(frame);
    };
    let settled: { resolve: () => void; reject: (error: unknown) => void } | undefined;
    let rest: Buffer = Buffer.alloc(0);
    fromChild.on("data", (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (rest.length >= 4) {
        const length = rest.readUInt32LE(0);
        if (rest.length < 4 + length) break;
        const [kind, id, name, args] = deserialize(rest.subarray(4, 4 + length)) as [
          string,
          number,
          string,
          never[],
        ];
        rest = rest.subarray(4 + length);
        if (kind === "done") settled?.resolve();
        else if (kind === "failed") settled?.reject(new Error(name));
        else {
          const call = tree[name];
          if (!call) throw new Error(`no binding ${name}`);
          try {
            const value = call(...args);
            if (value instanceof Promise) void value.then((v) => send([id, false, v]));
            else send([id, false, value]);
          } catch (error) {
            send([id, true, String(error)]);
          }
        }
      }
    });
    return {
      run: (body) =>
        new Promise<void>((resolve, reject) => {
          settled = { resolve, reject };
          send(["run", Object.keys(tree), body]);
        }),
      pids: () => (child.pid === undefined ? [] : [child.pid]),
      async close() {
        child.kill("SIGKILL");
      },
    };
  },
};

/** Both ends of a pipe. Node gives a child pairs of sockets, which are slower. */
function pipe(): { readonly read: number; readonly write: number } {
  const folder = mkdtempSync(join(tmpdir(), "blocking-pipe-"));
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  // Whoever has both ends waits for nobody who opens one.
  const both = openSync(path, constants.O_RDWR);
  const ends = { read: openSync(path, constants.O_RDONLY), write: openSync(path, constants.O_WRONLY) };
  closeSync(both);
  rmSync(folder, { recursive: true });
  return ends;
}
