/** The thread that reads the lifeline until it ends: then the main thread has a moment to end by itself. */
import { Socket } from "node:net";
import { lifelineFd } from "./lifeline.ts";

/** As long as the server waits for a process that it closes. */
const patienceMs = 3_000;

new Socket({ fd: lifelineFd, writable: false })
  .on("error", () => {})
  .on("close", () => setTimeout(() => process.kill(process.pid, "SIGKILL"), patienceMs))
  .resume();
