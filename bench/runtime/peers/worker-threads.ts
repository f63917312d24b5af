/**
 * worker_threads with a message port and Atomics: what one builds without a sandbox library.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

const guest = `
const { workerData, receiveMessageOnPort } = require("node:worker_threads");
const { port, flag, names, body } = workerData;
const signal = new Int32Array(flag);
const waiting = new Map(); let next = 0;
const b = {};
for (const name of names) b[name] = name.endsWith("Async")
  ? (...args) => new Promise((resolve) => { const id = ++next; waiting.set(id, resolve); port.postMessage([id, name, args]); })
  : (...args) => {
      Atomics.store(signal, 0, 0); port.postMessage([0, name, args]); Atomics.wait(signal, 0, 0);
      const [, failed, value] = receiveMessageOnPort(port).message; if (failed) throw value; return value; };
port.on("message", ([id, , value]) => { waiting.get(id)(value); waiting.delete(id); });
(async () => { await new (Object.getPrototypeOf(async () => {}).constructor)("b", body)(b); })()
  .then(() => port.postMessage(["done"]), (error) => port.postMessage(["failed", String(error)]));
`;

export const peer: Peer = {
  name: "worker_threads and Atomics",
  differs:
    "A thread, not a sandbox: the script has all of Node. Native structured clone; no validation, no limits.",
  async open(options) {
    const tree = bindings(options.bindings);
    return {
      async run(body) {
        const { port1, port2 } = new MessageChannel();
        const flag = new SharedArrayBuffer(4);
        const signal = new Int32Array(flag);
        const worker = new Worker(guest, {
          eval: true,
          workerData: { port: port2, flag, names: Object.keys(tree), body },
          transferList: [port2],
        });
        try {
          await new Promise<void>((resolve, reject) => {
            worker.once("error", reject);
            port1.on("message", ([id, name, args]: [number | string, string, never[]]) => {
              if (id === "done") return resolve();
              if (id === "failed") return reject(new Error(name));
              const call = tree[name];
              if (!call) return reject(new Error(`no binding ${name}`));
              if (id === 0) {
                try {
                  port1.postMessage([0, false, call(...args)]);
                } catch (error) {
                  port1.postMessage([0, true, error]);
                }
                Atomics.store(signal, 0, 1);
                Atomics.notify(signal, 0);
              } else
                void (call(...args) as Promise<unknown>).then((value) =>
                  port1.postMessage([id, false, value]),
                );
            });
          });
        } finally {
          port1.close();
          await worker.terminate();
          void receiveMessageOnPort;
        }
      },
      async close() {},
    };
  },
};
