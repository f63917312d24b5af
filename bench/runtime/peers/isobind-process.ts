/** isobind with `isolation: "process"`. */
import type { Peer } from "../peer.ts";
import { openIsobind } from "./isobind.ts";

export const peer: Peer = {
  name: "isobind (process)",
  differs: "",
  open: ({ bindings, build }) => openIsobind({ isolation: "process" }, bindings, build),
};
