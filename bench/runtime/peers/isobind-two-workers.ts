/** isobind with `isolation: "process"` and `workers: 2`. */
import type { Peer } from "../peer.ts";
import { openIsobind } from "./isobind.ts";

export const peer: Peer = {
  name: "isobind (two workers)",
  differs: "",
  open: ({ bindings, build }) => openIsobind({ isolation: "process", workers: 2 }, bindings, build),
};
