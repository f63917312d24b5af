import { createServer } from "node:http";
import { createSandbox, SandboxError } from "isobind/runtime";

const sandbox = await createSandbox({
  registry: { rates: async (currency: string) => ({ currency, rate: 1.1 }) },
  limits: { wallMs: 5_000, memoryMb: 64 },
  workers: 8,
  queueMax: 16,
  queueMs: 1_000,
});

const server = createServer((request, response) => {
  if (request.url === "/health") return void response.end(JSON.stringify(sandbox.stats()));
  void answer().then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)));
});

const unavailable = new Set(["ERR_SANDBOX_BUSY", "ERR_SANDBOX_DISPOSED"]);

async function answer(): Promise<{ status: number; body: unknown }> {
  try {
    const result = await sandbox.run(`export default await SecureExec.bindings.rates("EUR")`);
    if (result.status !== "ok") return { status: 422, body: result.error.message };
    return { status: 200, body: result.exports["default"] };
  } catch (error) {
    // Nothing is wrong with this request: there are too many of them, or the server is about to end.
    if (error instanceof SandboxError && unavailable.has(error.code))
      return { status: 503, body: error.code };
    throw error;
  }
}

server.listen(Number(process.env["PORT"] ?? 0), () => console.log("ready", server.address()));
// What has been accepted is finished; what a stuck script holds up ends at its `wallMs`.
process.once("SIGTERM", () => {
  server.close(() => console.log("closed"));
  void sandbox.close();
});
