/**
 * The playground as a browser has it, each beside a floor in the same browser and in turns: its first paint beside that of a page with Monaco alone, a result beside
 * what its run took, and a flood of lines beside the same lines in a list that does nothing else. Needs a Chromium; without one each row says so.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { openFloor } from "./floor.ts";
import { column, rows, title } from "./table.ts";

type Times = Record<keyof typeof rows, number[]>;

const root = fileURLToPath(new URL("../..", import.meta.url));
const waits =
  "export default (() => { for (const end = Date.now() + 100; Date.now() < end; ); return 12n; })();\n";
const lines = 10_000;
const letters = 4_000_000;
const floods = `for (let line = 0; line < ${lines}; line++) console.log("line", line);
export default { list: Array.from({ length: 1_000 }, (_, id) => ({ id })), text: "x".repeat(${letters}) };
`;

export async function measurePage({ rounds }: { rounds: number }): Promise<Table> {
  const executablePath = browserOnPath();
  if (executablePath === null) return tableOf(() => failed("there is no Chromium on PATH"));
  const floor = await openFloor([...floodLines()]);
  const playground = await startPlayground();
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  const times: Times = { monaco: [], playground: [], run: [], shown: [], list: [], flood: [] };
  try {
    const page = await opened(browser, playground.url, "body[data-ready]");
    for (let round = -1; round < rounds; round++) {
      // The first of each starts what later ones find.
      const into = round < 0 ? null : times;
      into?.monaco.push(
        await untilDrawn(browser, `${floor.url}/monaco.html`, "body[data-ready-at] .view-line"),
      );
      into?.playground.push(await untilDrawn(browser, playground.url, "body[data-ready] .cm-line"));
      const { run, shown } = await result(page);
      into?.run.push(run);
      into?.shown.push(shown);
      const list = await opened(browser, `${floor.url}/list.html`, "body[data-ready]");
      into?.list.push(await longestTask(list, "globalThis.show()"));
      await list.close();
      into?.flood.push(await longestTask(page, "globalThis.benchRun()", floods));
    }
  } finally {
    await browser.close();
    playground.stop();
    floor.close();
  }
  return tableOf((key) => ({ kind: "measured", summary: summarize(times[key]), values: times[key] }));
}

function tableOf(cell: (key: keyof typeof rows) => Cell): Table {
  return {
    title,
    unit: "ms",
    better: "less",
    columns: [column],
    rows: Object.entries(rows).map(([key, name]) => ({
      name,
      cells: { [column]: cell(key as keyof typeof rows) },
    })),
    notes: [
      "Chromium without a window, 1280 × 720, each page opened in a context of its own, with nothing kept. The longest task is the longest time between two beats of a timer of the page.",
      "`run` is what the status shows: from the start of the script to its end, and the wait for a worker. `shown` begins with the press of the button.",
    ],
  };
}

function* floodLines(): Iterable<string> {
  for (let line = 0; line < lines; line++)
    yield `${JSON.stringify({ kind: "console", level: "log", text: `line ${line}`, at: line / 100 })}\n`;
  const list = Array.from({ length: 1_000 }, (_, id) => ({ id }));
  yield `${JSON.stringify({ kind: "end", exports: { default: { list, text: "x".repeat(letters) } } })}\n`;
}

async function opened(browser: Browser, url: string, ready: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(url);
  await page.locator(ready).first().waitFor();
  return page;
}

/** From the beginning of the navigation, in the page's own clock, two frames behind the moment in which it is ready. */
async function untilDrawn(browser: Browser, url: string, ready: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    if (url.includes("token")) {
      // The page that changes the token for a cookie is opened once, and is no part of the paint.
      await page.goto(url);
      await page.waitForURL((at) => at.search === "");
    }
    await page.addInitScript(`
      const seen = () => {
        if (!document.querySelector("body[data-ready], body[data-ready-at]")) return requestAnimationFrame(seen);
        requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.drawnAt = performance.now())));
      };
      requestAnimationFrame(seen);`);
    await page.goto(url.includes("token") ? new URL("/", url).href : url);
    await page.locator(ready).first().waitFor();
    await page.waitForFunction("globalThis.drawnAt");
    return (await page.evaluate("globalThis.drawnAt")) as number;
  } finally {
    await context.close();
  }
}

/** Puts a script into the editor, and what presses the button into the page. */
async function prepare(page: Page, script: string): Promise<void> {
  await page.locator("#panel-script .cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.locator("#panel-script .cm-content").evaluate((element, text) => {
    const { DataTransfer, ClipboardEvent } = globalThis as never as Record<
      string,
      new (...a: unknown[]) => never
    >;
    const clipboardData = new DataTransfer!() as { setData(type: string, text: string): void };
    clipboardData.setData("text/plain", text);
    (element as { dispatchEvent(event: unknown): void }).dispatchEvent(
      new ClipboardEvent!("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, script);
  // What the compiler says of it is not what is measured.
  await page.locator("#findings", { hasText: /finding/u }).waitFor();
  await page.waitForTimeout(600);
  await page.evaluate(`
    globalThis.benchRun = () => new Promise((resolve) => {
      const began = performance.now();
      const watcher = new MutationObserver(() => {
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
      });
      watcher.observe(document.body, { attributes: true, attributeFilter: ["data-ended"] });
      document.querySelector("#actions .primary").click();
    });`);
}

async function result(page: Page): Promise<{ readonly run: number; readonly shown: number }> {
  await prepare(page, waits);
  const shown = (await page.evaluate("globalThis.benchRun()")) as number;
  const took = (await page.locator("#status .badge").getAttribute("data-ms")) ?? "";
  return { run: Number(took), shown };
}

async function longestTask(page: Page, begin: string, script?: string): Promise<number> {
  if (script !== undefined) await prepare(page, script);
  return (await page.evaluate(`(async () => {
    let longest = 0;
    let last = performance.now();
    let isOver = false;
    const beat = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (!isOver) setTimeout(beat);
    };
    beat();
    await ${begin};
    await new Promise((resolve) => setTimeout(resolve, 100));
    isOver = true;
    return longest;
  })()`)) as number;
}

async function startPlayground(): Promise<{ readonly url: string; stop(): void }> {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "playground", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (text) => resolve(String(text).trim()));
    child.on("exit", (code) => reject(new Error(`The playground has ended with ${code}.`)));
  });
  return { url, stop: () => void child.kill("SIGINT") };
}

function browserOnPath(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync) ?? null;
}
