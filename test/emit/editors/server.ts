/** TypeScript 7.0, whose editor is a process that speaks the language server protocol. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { EditedFiles, Editor } from "./editor.ts";

const command = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: { readonly items?: readonly unknown[] };
}

interface Documented {
  readonly documentation?: { readonly value: string };
}

export async function openServer({ folder, script, text }: EditedFiles): Promise<Editor> {
  const server = spawn(command, ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const waiting = new Map<number, (result: unknown) => void>();
  let ids = 0;

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const ask = <T>(method: string, params: object): Promise<T | null> =>
    new Promise((resolve) => {
      const id = ++ids;
      waiting.set(id, (result) => resolve((result ?? null) as T | null));
      send({ id, method, params });
    });
  const receive = ({ id, method, result, params }: Message): void => {
    if (id === undefined) return;
    // The server asks for settings, and is told that there are none.
    if (method !== undefined) return send({ id, result: params?.items?.map(() => null) ?? null });
    waiting.get(id)?.(result);
    waiting.delete(id);
  };
  eachMessage(server.stdout, receive);

  const uri = pathToFileURL(join(folder, script)).href;
  const at = (offset: number): object => {
    const before = text.slice(0, offset).split("\n");
    return {
      textDocument: { uri },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    };
  };
  await ask("initialize", {
    processId: null,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      textDocument: {
        hover: { contentFormat: ["markdown"] },
        signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
        completion: {
          completionItem: {
            documentationFormat: ["markdown"],
            resolveSupport: { properties: ["documentation"] },
          },
        },
      },
    },
  });
  send({ method: "initialized", params: {} });
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "typescript", version: 1, text } },
  });

  return {
    async hover(offset) {
      const found = await ask<{ contents: { value: string } }>("textDocument/hover", at(offset));
      return found?.contents.value.replace(/```[^]*?```/, "") ?? "";
    },
    async completion(offset, name) {
      const found = await ask<{ items: ({ label: string } & Documented)[] }>(
        "textDocument/completion",
        at(offset),
      );
      const item = found?.items.find(({ label }) => label === name);
      return item
        ? ((await ask<Documented>("completionItem/resolve", item))?.documentation?.value ?? "")
        : "";
    },
    async help(offset) {
      const found = await ask<{
        signatures: (Documented & { parameters?: Documented[] })[];
        activeSignature?: number;
      }>("textDocument/signatureHelp", at(offset));
      const item = found?.signatures[found.activeSignature ?? 0];
      return [item, ...(item?.parameters ?? [])].map((one) => one?.documentation?.value ?? "").join("\n");
    },
    async close() {
      server.kill();
      await ended;
    },
  };
}

function eachMessage(output: NodeJS.ReadableStream, receive: (message: Message) => void): void {
  let rest = Buffer.alloc(0);
  output.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/u.exec(rest.toString("latin1", 0, head))?.[1]);
      const end = head + 4 + length;
      if (rest.length < end) return;
      const message = JSON.parse(rest.toString("utf8", head + 4, end)) as Message;
      rest = rest.subarray(end);
      receive(message);
    }
  });
}
