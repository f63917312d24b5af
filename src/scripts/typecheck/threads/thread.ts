/** The program of a thread: answers questions about a part of the scripts, and tells meanwhile how many are done. It ends when there are no more. */
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Question, Start, Told } from "./threads.ts";

const { all, cacheFolder } = workerData as Start;
if (cacheFolder !== null) enableCompileCache(cacheFolder);

const tell = (told: Told): void => parentPort?.postMessage(told);

async function answer({ about, places }: Question): Promise<void> {
  const { answering } = await import("./part.ts");
  tell({ answer: await answering[about](all, places, (done) => tell({ done })) });
}

parentPort?.on("message", (question: Question | null) => {
  if (question === null) parentPort?.close();
  else void answer(question);
});
