/** Loads the packages that a queue stands on; in most programs that have isobind there is none. */
import { loadPeer, type PeerName } from "../optional-peers/load-peer.ts";
import { queueError } from "./errors.ts";

/** Throws `ERR_QUEUE_PACKAGE` when it is missing, or of another version. */
export function load<Module>(name: PeerName, from: () => Promise<Module>): Promise<Module> {
  return loadPeer({
    name,
    who: "isobind/queue",
    load: from,
    refuse: ({ message, help, cause }) => queueError("ERR_QUEUE_PACKAGE", `${message} ${help}`, { cause }),
  });
}
