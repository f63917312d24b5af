/**
 * Opens a script in a language server of its own and asks for the first completion: `node completion-child.mjs <tsserver.js> <script>`. The process ends when the answer
 * has come, so that its time is that of an author who opens an editor.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [, , tsserver, file] = process.argv;
const server = spawn(process.execPath, [tsserver, "--disableAutomaticTypingAcquisition"], {
  stdio: ["pipe", "pipe", "inherit"],
});
let seq = 0;
const send = (command, args) =>
  server.stdin.write(`${JSON.stringify({ seq: ++seq, type: "request", command, arguments: args })}\n`);

const lines = readFileSync(file, "utf8").split("\n");
const line = lines.findIndex((text) => text.endsWith("."));
send("open", { file });
send("completionInfo", { file, line: line + 1, offset: lines[line].length + 1 });

let said = "";
server.stdout.on("data", (chunk) => {
  said += chunk;
  const answer = said
    .split("\n")
    .find((text) => text.startsWith("{") && text.includes('"command":"completionInfo"'));
  if (answer === undefined || !answer.endsWith("}")) return;
  const { success, body } = JSON.parse(answer);
  server.kill("SIGKILL");
  if (!success || body.entries.length === 0) throw new Error("There is no completion.");
});
