import { callContext } from "isobind/registry";
import { createSandbox } from "isobind/runtime";

/** Waits, but not for a script that nobody runs any more. */
async function patient(ms: number): Promise<string> {
  const { signal, path } = callContext();
  await new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
  return path.join(".");
}

const sandbox = await createSandbox({ registry: { patient } });
const result = await sandbox.run(`export default await SecureExec.bindings.patient(5)`);
console.log(result.status === "ok" ? result.exports["default"] : result.error.message);
await sandbox.dispose();
