#!/usr/bin/env bash
# The language server of TypeScript 7.0.2 shows no documentation on hover for a member of a mapped type (Readonly, Partial, Pick, Omit, one's own) nor for one shared by a union, where 6.0.3 shows it.
#
# typescript 7.0.2 (`tsc --lsp --stdio`) and 6.0.3 (its language service), the same file. Types are right; plain object types and
# intersections keep their documentation, but `Readonly<T> & U` does not, and a method of a mapped interface is called a property.
# The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund typescript-7@npm:typescript@7.0.2 typescript-6@npm:typescript@6.0.3

cat >expected <<'TEXT'
plain.greet: 7.0.2 documented, 6.0.3 documented
intersection.greet: 7.0.2 documented, 6.0.3 documented
readonly.greet: 7.0.2 nothing, 6.0.3 documented
partial.greet: 7.0.2 nothing, 6.0.3 documented
picked.greet: 7.0.2 nothing, 6.0.3 documented
omitted.greet: 7.0.2 nothing, 6.0.3 documented
mapped.greet: 7.0.2 nothing, 6.0.3 documented
union.greet: 7.0.2 nothing, 6.0.3 documented
both.greet: 7.0.2 nothing, 6.0.3 documented
TEXT

cat >api.ts <<'TS'
interface Api {
  /** Says hello. */
  greet(): string;
}
declare const plain: Api;
declare const intersection: Api & { b: 1 };
declare const readonly: Readonly<Api>;
declare const partial: Partial<Api>;
declare const picked: Pick<Api, "greet">;
declare const omitted: Omit<Api, "b">;
declare const mapped: { [K in keyof Api]: Api[K] };
declare const union: Api | { greet(): string; b: 1 };
declare const both: Readonly<Api> & { b: 1 };
plain.greet;
intersection.greet;
readonly.greet;
partial.greet;
picked.greet;
omitted.greet;
mapped.greet;
union.greet;
both.greet;
TS

cat >run.mjs <<'JS'
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import ts from "typescript-6";

const file = `${process.cwd()}/api.ts`;
const text = readFileSync(file, "utf8");
const uri = pathToFileURL(file).href;

const server = spawn(process.execPath, ["node_modules/typescript-7/bin/tsc", "--lsp", "--stdio"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const waiting = new Map();
let lastId = 0;
let unread = Buffer.alloc(0);
const send = (message) => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const ask = (method, params) =>
  new Promise((resolve) => {
    waiting.set(++lastId, resolve);
    send({ id: lastId, method, params });
  });
const receive = (message) => {
  if (message.method === "workspace/configuration") send({ id: message.id, result: message.params.items.map(() => null) });
  else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
  else waiting.get(message.id)?.(message.result);
};
server.stdout.on("data", (chunk) => {
  unread = Buffer.concat([unread, chunk]);
  for (;;) {
    const end = unread.indexOf("\r\n\r\n");
    if (end < 0) return;
    const size = Number(/Content-Length: (\d+)/i.exec(unread.toString("utf8", 0, end))[1]);
    const next = end + 4 + size;
    if (unread.length < next) return;
    receive(JSON.parse(unread.toString("utf8", end + 4, next)));
    unread = unread.subarray(next);
  }
});

const capabilities = { textDocument: { hover: { contentFormat: ["markdown"] } } };
const { serverInfo } = await ask("initialize", { processId: null, rootUri: new URL(".", uri).href, capabilities });
send({ method: "initialized", params: {} });
send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "typescript", version: 1, text } } });

const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name)) : undefined),
  getCurrentDirectory: () => process.cwd(),
  getCompilationSettings: () => ({ types: [] }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
});

const verdict = (shown) => (!shown.includes("greet") ? "no hover" : shown.includes("Says hello.") ? "documented" : "nothing");
for (const [line, source] of text.split("\n").entries()) {
  const access = /^(\w+\.)greet;/.exec(source);
  if (!access) continue;
  const position = { line, character: access[1].length };
  const hover = await ask("textDocument/hover", { textDocument: { uri }, position });
  const info = service.getQuickInfoAtPosition(file, text.indexOf(source) + access[1].length);
  const older = ts.displayPartsToString([...info.displayParts, ...info.documentation]);
  const versions = [serverInfo?.version ?? "7.0.2", ts.version];
  console.log(`${access[0].slice(0, -1)}: ${versions[0]} ${verdict(hover.contents.value)}, ${versions[1]} ${verdict(older)}`);
}
server.kill();
JS

node run.mjs | tee seen
diff expected seen || exit 1
