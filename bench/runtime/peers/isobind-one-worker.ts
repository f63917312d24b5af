/** isobind with `isolation: "process"` and `workers: 1`. */
import type { Peer } from "../peer.ts";
import { openIsobind } from "./isobind.ts";

export const peer: Peer = {
  name: "isobind (one worker)",
  differs: "",
  open: ({ bindings, build }) => openIsobind({ isolation: "process", workers: 1 }, bindings, build),
};
