import { createServer, type IncomingMessage } from "node:http";
import { fromJsonForm, JsonFormError, toJsonForm } from "isobind/json-form";
import { callContext } from "isobind/registry";
import { createSandbox, SandboxError } from "isobind/runtime";

interface Tenant {
  readonly name: string;
}

const keys = new Map<string, Tenant>([
  ["key-of-acme", { name: "acme" }],
  ["key-of-globex", { name: "globex" }],
]);
const orders = [
  { id: 1, owner: "acme", placed: new Date(0) },
  { id: 2, owner: "globex", placed: new Date(0) },
];

// One sandbox for all tenants: a run has an isolate of its own, and whose run it is comes with the run, not from the script.
const sandbox = await createSandbox({
  registry: {
    orders: {
      list: async () => orders.filter(({ owner }) => owner === callContext<Tenant>().context.name),
    },
  },
  limits: { wallMs: 5_000, memoryMb: 64, payloadBytes: 256 * 1024 },
  errors: "mask",
  onError: ({ name, error, context }) => console.error((context as Tenant).name, name, error),
});

/** Nothing is wrong with the request: there are too many, or this server is about to end. */
const unavailable = new Set(["ERR_SANDBOX_BUSY", "ERR_SANDBOX_DISPOSED"]);

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function answer(request: IncomingMessage, signal: AbortSignal): Promise<Answer> {
  const tenant = keys.get(request.headers.authorization ?? "");
  if (tenant === undefined) return { status: 401, body: { error: "no such key" } };
  try {
    const { source, input } = JSON.parse(await textOf(request)) as { source: string; input?: unknown };
    const result = await sandbox.run(source, { input: fromJsonForm(input), context: tenant, signal });
    if (result.status === "ok") return { status: 200, body: toJsonForm(result.exports) };
    const { name, message, stack } = result.error;
    return { status: 422, body: { status: result.status, name, message, stack } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof JsonFormError)
      return { status: 400, body: { error: error.message } };
    if (error instanceof SandboxError && unavailable.has(error.code))
      return { status: 503, body: { error: error.code } };
    if (error instanceof SandboxError) return { status: 400, body: { error: error.code } };
    throw error;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk as string;
    if (text.length > 512 * 1024) throw new SyntaxError("the request is too large");
  }
  return text;
}

const server = createServer((request, response) => {
  // A caller that has gone needs no answer: its run ends, and so does what its host functions wait for.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  answer(request, gone.signal)
    .catch((error: unknown): Answer => {
      console.error(error);
      return { status: 500, body: { error: "internal" } };
    })
    .then(({ status, body }) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
    );
});

server.listen(Number(process.env["PORT"] ?? 0), () => {
  const address = server.address();
  console.log("listening on", typeof address === "object" ? address?.port : address);
});
process.once("SIGTERM", () => {
  server.close();
  void sandbox.close();
});
