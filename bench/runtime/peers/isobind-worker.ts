/** isobind with the host functions inside the worker process. */
import type { Peer } from "../peer.ts";
import { openIsobind } from "./isobind.ts";

export const peer: Peer = {
  name: 'isobind (placement: "worker")',
  differs: "",
  open: ({ bindings }) => openIsobind({ isolation: "process", placement: "worker" }, bindings),
};
