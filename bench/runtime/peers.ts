/**
 * Who is measured, in the order of the tables.
 */
export const ours = ["isobind (process)", "isobind (none)", 'isobind (placement: "worker")'] as const;

export const peers: readonly { readonly name: string; readonly module: string }[] = [
  { name: ours[0], module: "./peers/isobind-process.ts" },
  { name: ours[1], module: "./peers/isobind-none.ts" },
  { name: ours[2], module: "./peers/isobind-worker.ts" },
  { name: "hand-written isolated-vm", module: "./peers/hand-written-isolated-vm.ts" },
  { name: "hand-written blocking pipe", module: "./peers/blocking-pipe.ts" },
  { name: "secure-exec 0.2.1", module: "./peers/secure-exec.ts" },
  { name: "quickjs-emscripten", module: "./peers/quickjs-emscripten.ts" },
  { name: "@sebastianwessel/quickjs", module: "./peers/sebastianwessel-quickjs.ts" },
  { name: "@utcp/code-mode", module: "./peers/utcp-code-mode.ts" },
  { name: "worker_threads and Atomics", module: "./peers/worker-threads.ts" },
  { name: "node:vm", module: "./peers/node-vm.ts" },
];
