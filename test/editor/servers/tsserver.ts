/** The server of TypeScript 5 and 6, which VS Code and most editors start: requests are lines of JSON, answers have a length. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import type { Readable } from "node:stream";
import type ts from "typescript-6.0";
import { offsetOf, placeOf, type At, type LanguageServer } from "./server.ts";

interface Response<Body> {
  readonly success: boolean;
  readonly message?: string;
  readonly body?: Body;
}

const require = createRequire(import.meta.url);

export async function startTsserver(version: "5.9" | "6.0"): Promise<LanguageServer> {
  const child = spawn(
    process.execPath,
    [require.resolve(`typescript-${version}/lib/tsserver.js`), "--disableAutomaticTypingAcquisition"],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  await once(child, "spawn");
  const waiting = new Map<number, (response: Response<never>) => void>();
  let sequence = 0;
  readMessages(child.stdout, (message) => {
    const { request_seq: request } = message as { request_seq?: number };
    if (request === undefined) return;
    waiting.get(request)?.(message as Response<never>);
    waiting.delete(request);
  });
  const send = (command: string, args: object): number => {
    sequence += 1;
    child.stdin.write(`${JSON.stringify({ seq: sequence, type: "request", command, arguments: args })}\n`);
    return sequence;
  };
  /** `null` where the server has nothing to say, which it calls a failure. */
  const ask = async <Body>(command: string, args: object): Promise<Body | null> => {
    const { promise, resolve } = Promise.withResolvers<Response<Body>>();
    waiting.set(send(command, args), resolve as (response: Response<never>) => void);
    const { success, message, body } = await promise;
    if (!success && message !== "No content available.") throw new Error(`${command}: ${message}`);
    return body ?? null;
  };

  const texts = new Map<string, string>();
  const textOf = (file: string): string => texts.get(file) ?? "";
  const spot = ({ file, offset }: At): object => {
    const { line, character } = placeOf(textOf(file), offset);
    return { file, line: line + 1, offset: character + 1 };
  };
  const diagnosticsOf = async (file: string) =>
    (await ask<readonly ts.server.protocol.Diagnostic[]>("semanticDiagnosticsSync", {
      file,
      includeLinePosition: false,
    })) ?? [];
  const between = (file: string, { start, end }: ts.server.protocol.TextSpan): string => {
    const at = ({ line, offset }: ts.server.protocol.Location): number =>
      offsetOf(textOf(file), { line: line - 1, character: offset - 1 });
    return textOf(file).slice(at(start), at(end));
  };

  return {
    async type(file, text) {
      const old = texts.get(file);
      texts.set(file, text);
      if (old === undefined) {
        send("open", { file, fileContent: text });
        return;
      }
      const { line, character } = placeOf(old, old.length);
      const textChanges = [
        { start: { line: 1, offset: 1 }, end: { line: line + 1, offset: character + 1 }, newText: text },
      ];
      await ask("updateOpen", { changedFiles: [{ fileName: file, textChanges }] });
    },
    async complete(at) {
      const found = await ask<ts.server.protocol.CompletionInfo>("completionInfo", spot(at));
      return (found?.entries ?? []).filter(({ kind }) => kind !== "keyword").map(({ name }) => name);
    },
    async hover(at) {
      const info = await ask<ts.server.protocol.QuickInfoResponseBody>("quickinfo", spot(at));
      if (info === null) return null;
      const docs = [textOfParts(info.documentation), ...info.tags.map(tagText)].join("\n");
      return { code: info.displayString, docs };
    },
    async signature(at) {
      const help = await ask<ts.server.protocol.SignatureHelpItems>("signatureHelp", spot(at));
      const item = help?.items[help.selectedItemIndex];
      if (help === null || item === undefined) return null;
      const code = [
        textOfParts(item.prefixDisplayParts),
        item.parameters
          .map(({ displayParts }) => textOfParts(displayParts))
          .join(textOfParts(item.separatorDisplayParts)),
        textOfParts(item.suffixDisplayParts),
      ].join("");
      return {
        code,
        docs: [textOfParts(item.documentation), ...item.tags.map(tagText)].join("\n"),
        parameter: textOfParts(item.parameters[help.argumentIndex]?.documentation ?? ""),
      };
    },
    async definition(at) {
      const found = await ask<readonly ts.server.protocol.FileSpan[]>("definition", spot(at));
      return (found ?? []).map(({ file, start }) => ({ file, line: start.line }));
    },
    async underlined(file) {
      return (await diagnosticsOf(file)).map((one) => ({ text: between(file, one), code: one.code ?? 0 }));
    },
    async fixes(file) {
      const titles: string[] = [];
      for (const { start, end, code } of await diagnosticsOf(file)) {
        const found = await ask<readonly ts.server.protocol.CodeFixAction[]>("getCodeFixes", {
          file,
          startLine: start.line,
          startOffset: start.offset,
          endLine: end.line,
          endOffset: end.offset,
          errorCodes: [code],
        });
        titles.push(...(found ?? []).map(({ description }) => description));
      }
      return titles;
    },
    async close() {
      const ended = once(child, "exit");
      send("exit", {});
      child.stdin.end();
      await ended;
    },
  };
}

/** Calls back with each message: `Content-Length: 42`, an empty line, and as many bytes of JSON. */
function readMessages(stream: Readable, onMessage: (message: unknown) => void): void {
  let rest = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = /^\s*Content-Length: (\d+)\r\n\r\n/u.exec(rest.toString("latin1", 0, 100));
      const from = head?.[0].length ?? 0;
      const to = from + Number(head?.[1]);
      if (head === null || rest.length < to) return;
      onMessage(JSON.parse(rest.toString("utf8", from, to)));
      rest = rest.subarray(to);
    }
  });
}

type Text = string | readonly { readonly text: string }[];

const textOfParts = (parts: Text): string =>
  typeof parts === "string" ? parts : parts.map(({ text }) => text).join("");

const tagText = ({ name, text = "" }: { readonly name: string; readonly text?: Text }): string =>
  `@${name} ${textOfParts(text)}`;
