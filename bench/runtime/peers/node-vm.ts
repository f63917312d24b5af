/**
 * node:vm: the same heap, and no isolation at all. What a function call costs when nothing is kept apart.
 */
import vm from "node:vm";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "node:vm",
  differs:
    "No boundary: the script shares the host's heap and can take it over. Nothing is copied or checked.",
  async open(options) {
    const tree = bindings(options.bindings);
    return {
      async run(body) {
        const context = vm.createContext({ b: tree });
        await vm.runInContext(`(async () => {${body}})()`, context);
      },
      async close() {},
    };
  },
};
