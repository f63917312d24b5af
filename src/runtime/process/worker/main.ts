/**
 * Main: the program of a worker process.
 */
import { createGuest } from "../../guest/guest.ts";
import { serve } from "./serve.ts";

await serve(createGuest);
