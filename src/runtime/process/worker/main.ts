/**
 * Starts the program of a worker process. Its argument is the process id of its supervisor.
 */
import { beWorker } from "../wire/mark.ts";
import { startWatch } from "./watch.ts";

// First, because its thread then starts while everything else is loaded.
const watch = startWatch();

beWorker();

const [{ createGuest }, { serve }] = await Promise.all([
  import("../../guest/guest.ts"),
  import("./serve.ts"),
]);
await serve(createGuest, watch);
