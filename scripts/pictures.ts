/** `npm run pictures`: makes the pictures of the README anew, of what the program shows now. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cli } from "../src/cli/cli.ts";
import { playgroundPictures } from "./pictures/playground.ts";
import { terminalPicture } from "./pictures/terminal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const to = join(root, "docs/pictures");
writeFileSync(join(to, "terminal.svg"), await terminalPicture(cli));
const browser = execFileSync("sh", ["-c", "command -v chromium || command -v google-chrome"], {
  encoding: "utf8",
});
await playgroundPictures(root, browser.trim(), to);
