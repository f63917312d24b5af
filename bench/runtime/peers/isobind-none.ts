/** isobind with `isolation: "none"`. */
import type { Peer } from "../peer.ts";
import { openIsobind } from "./isobind.ts";

export const peer: Peer = {
  name: "isobind (none)",
  differs: "",
  open: ({ bindings, build }) => openIsobind({ isolation: "none" }, bindings, build),
};
