/** The server of TypeScript 7: the language server protocol, as any editor speaks it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CodeAction,
  type Command,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type FullDocumentDiagnosticReport,
  type Hover,
  type Location,
  type MarkupContent,
  type SignatureHelp,
} from "vscode-languageserver-protocol/node";
import { offsetOf, placeOf, type At, type LanguageServer } from "./server.ts";

const bin = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

export async function startLsp(folder: string): Promise<LanguageServer> {
  const child = spawn(join(bin, "tsc"), ["--lsp", "--stdio"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  await once(child, "spawn");
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  // It asks for settings and to watch files; the answer of an editor that has none.
  connection.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) =>
    items.map(() => null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("client/unregisterCapability", () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.listen();
  const markup = { contentFormat: ["markdown"], documentationFormat: ["markdown"] };
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "scripts" }],
    capabilities: {
      textDocument: {
        hover: { contentFormat: markup.contentFormat },
        completion: { completionItem: { documentationFormat: markup.documentationFormat } },
        signatureHelp: {
          signatureInformation: {
            documentationFormat: markup.documentationFormat,
            parameterInformation: { labelOffsetSupport: true },
            activeParameterSupport: true,
          },
        },
        diagnostic: {},
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
        },
        definition: { linkSupport: false },
      },
    },
  });
  await connection.sendNotification("initialized", {});

  const texts = new Map<string, { readonly text: string; readonly version: number }>();
  const textOf = (file: string): string => texts.get(file)?.text ?? "";
  const document = (file: string) => ({ uri: pathToFileURL(file).href });
  const spot = ({ file, offset }: At) => ({
    textDocument: document(file),
    position: placeOf(textOf(file), offset),
  });
  const ask = <Answer>(method: string, params: object): Promise<Answer> =>
    connection.sendRequest<Answer>(method, params);
  const diagnosticsOf = async (file: string): Promise<readonly Diagnostic[]> =>
    (
      await ask<FullDocumentDiagnosticReport>("textDocument/diagnostic", {
        textDocument: document(file),
      })
    ).items;

  return {
    async type(file, text) {
      const version = (texts.get(file)?.version ?? 0) + 1;
      texts.set(file, { text, version });
      if (version === 1) {
        const languageId = file.endsWith(".js") ? "javascript" : "typescript";
        await connection.sendNotification("textDocument/didOpen", {
          textDocument: { ...document(file), languageId, version, text },
        });
        return;
      }
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { ...document(file), version },
        contentChanges: [{ text }],
      });
    },
    async complete(at) {
      const found = await ask<CompletionList | readonly CompletionItem[] | null>(
        "textDocument/completion",
        spot(at),
      );
      const items = found === null ? [] : "items" in found ? found.items : found;
      return items.filter(({ kind }) => kind !== keyword).map(({ label }) => label);
    },
    async hover(at) {
      const found = await ask<Hover | null>("textDocument/hover", spot(at));
      if (found === null) return null;
      const { value } = found.contents as MarkupContent;
      const [, code = "", docs = ""] = /^```\w+\n([\s\S]*?)\n```\n?([\s\S]*)$/u.exec(value) ?? [];
      return { code, docs };
    },
    async signature(at) {
      const help = await ask<SignatureHelp | null>("textDocument/signatureHelp", spot(at));
      const active = help?.signatures[help.activeSignature ?? 0];
      if (help === null || active === undefined) return null;
      const at0 = active.activeParameter ?? help.activeParameter ?? 0;
      return {
        code: active.label,
        docs: markdown(active.documentation),
        parameter: markdown(active.parameters?.[at0]?.documentation),
      };
    },
    async definition(at) {
      const found = await ask<Location | readonly Location[] | null>("textDocument/definition", spot(at));
      const targets = found === null ? [] : "uri" in found ? [found] : found;
      return targets.map(({ uri, range }) => ({ file: fileURLToPath(uri), line: range.start.line + 1 }));
    },
    async underlined(file) {
      const text = textOf(file);
      return (await diagnosticsOf(file)).map(({ range, code }) => ({
        text: text.slice(offsetOf(text, range.start), offsetOf(text, range.end)),
        code: Number(code),
      }));
    },
    async fixes(file) {
      const titles: string[] = [];
      for (const diagnostic of await diagnosticsOf(file)) {
        const found = await ask<readonly (Command | CodeAction)[] | null>("textDocument/codeAction", {
          textDocument: document(file),
          range: diagnostic.range,
          context: { diagnostics: [diagnostic], only: ["quickfix"] },
        });
        titles.push(...(found ?? []).map(({ title }) => title));
      }
      return titles;
    },
    async close() {
      const ended = once(child, "exit");
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.end();
      await ended;
    },
  };
}

/** `CompletionItemKind.Keyword`. */
const keyword = 14;

const markdown = (text: MarkupContent | string | undefined): string =>
  typeof text === "object" ? text.value : (text ?? "");
