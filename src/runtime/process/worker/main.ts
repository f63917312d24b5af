/**
 * Main: the program of a worker process. Its arguments are the process id of its supervisor, and, when that is a thread, what tells that it lives.
 */
import { startWatch } from "./watch.ts";

// First, because its thread then starts while everything else is loaded.
const watch = startWatch();

const [{ createGuest }, { serve }] = await Promise.all([
  import("../../guest/guest.ts"),
  import("./serve.ts"),
]);
await serve(createGuest, watch);
