/** The playground with the quickstart's script, in light and in dark. Needs a Chromium on this machine. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

const script = `const { db, wait, greet } = SecureExec.bindings;

console.log(greet("script author"));
const placed = new Date("2026-11-22T10:00:00Z");
for (const [customer, total] of [["Ada", 1_500], ["Grace", 700]] as const) {
  await db.insert({ customer, total, placed });
}

// Three calls at once.
await Promise.all([wait(40), wait(70), wait(55)]);

const rows = await db.query("select * from orders where total > ?", [1_000]);
console.log("orders over 10.00:", rows.length);

export default {
  rows,
  totals: new Map(rows.map((row) => [row.customer, row.total])),
  placed,
  bytes: new Uint8Array([104, 105]),
};
`;

/** Writes `playground-light.png` and `playground-dark.png`, and `playground-phone-light.png` and `-dark.png` of the width of a phone. */
export async function playgroundPictures(root: string, executablePath: string, to: string): Promise<void> {
  const program = join(root, "dist/cli/main.js");
  const child = spawn(process.execPath, [program, "playground"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.on("data", (text) => resolve(String(text).trim())),
  );
  const inBothThemes = async (page: Page, name: string): Promise<void> => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(to, `${name}-${colorScheme}.png`), caret: "initial" });
    }
  };
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
    await page.goto(url);
    await page.locator('body[data-ready="true"]').waitFor();
    await page.locator("#choices select").first().selectOption({ label: "orders.ts" });
    await page.locator("#panel-script .cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(script);
    await page.locator("#findings", { hasText: "no findings" }).waitFor();
    // The second run is the one of a warm worker.
    for (const run of ["1", "2"]) {
      await page.locator("#panel-script .cm-content").press("ControlOrMeta+Enter");
      await page.locator(`body[data-ended="${run}"]`).waitFor();
    }
    await page.locator("#result summary", { hasText: /^totals/u }).click();
    await page.locator(".call-row", { hasText: "db.query" }).click();
    await page.mouse.move(0, 0);
    await inBothThemes(page, "playground");
    await page.setViewportSize({ width: 390, height: 780 });
    await inBothThemes(page, "playground-phone");
  } finally {
    await browser.close();
    child.kill("SIGINT");
  }
}
