/** The playground as a person uses it, in a browser. */
import { readFileSync } from "node:fs";
import axe from "axe-core";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../needs.ts";
import { definition, startPlayground, type Started } from "./started.ts";

/** What these tests use of a page; its types are not those of Node. */
interface PageGlobals {
  readonly axe: typeof axe;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
  };
  readonly DataTransfer: new () => { setData(type: string, text: string): void };
  readonly ClipboardEvent: new (type: string, options: object) => Event;
}

describeWith("chromium", "the playground", (executablePath) => {
  let started: Started;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    started = await startPlayground(["--limits", "wallMs=600000,cpuMs=600000,calls=5000"]);
    browser = await chromium.launch({ executablePath, chromiumSandbox: false });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      colorScheme: "light",
    });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      if (message.type() === "error")
        problems.push(
          `${expect.getState().currentTestName}: ${message.text()} ${JSON.stringify(message.location())}`,
        );
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(started.url);
    await ready();
  });
  afterAll(async () => {
    await browser?.close();
    await started?.stop();
  });

  const ready = () => page.locator('body[data-ready="true"]').waitFor();
  const editor = () => page.locator("#panel-script .cm-content");
  async function write(text: string): Promise<void> {
    await page.getByRole("tab", { name: "Script" }).click();
    await replace(editor(), text);
  }
  /**
   * Puts a text in place of what an editor has, as a paste: typed letters would ask for completions on the way, and what the browser itself puts in place of
   * a text that is marked as wrong keeps its look by a style, which the policy forbids.
   */
  async function replace(field: Locator, text: string): Promise<void> {
    await field.click();
    await page.keyboard.press("ControlOrMeta+a");
    if (text === "") return page.keyboard.press("Delete");
    await field.evaluate((element, pasted) => {
      const { DataTransfer, ClipboardEvent } = globalThis as unknown as PageGlobals;
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }
  /** Resolves when the run has ended that something begins. */
  async function ended(begin: () => Promise<void>): Promise<void> {
    const before = Number((await page.locator("body").getAttribute("data-ended")) ?? 0);
    await begin();
    await page.locator(`body[data-ended="${before + 1}"]`).waitFor();
  }
  async function run(text: string, status: RegExp): Promise<void> {
    await write(text);
    await ended(() => editor().press("ControlOrMeta+Enter"));
    expect(await page.locator("#status").innerText()).toMatch(status);
  }

  it("keeps the token out of the address", () => {
    expect(new URL(page.url()).search).toBe("");
    expect(new URL(started.url).searchParams.get("token")).toMatch(/^[\w-]{32}$/u);
  });

  it("shows the script of the folder, and the bindings beside it", async () => {
    await expect.poll(() => editor().innerText()).toContain("greet");
    expect(await page.locator("#reference summary code").allInnerTexts()).toEqual([
      "greet",
      "meet",
      "find",
      "remove",
      "pay",
      "fail",
      "Order",
    ]);
    await page.getByLabel("Search bindings").fill("customer");
    expect(await page.locator("#reference summary code").allInnerTexts()).toEqual(["find"]);
    await page.getByLabel("Search bindings").fill("");
  });

  it("completes a binding, and says what it is and takes", async () => {
    const option = page.locator(".cm-tooltip-autocomplete li", { hasText: "find" });
    // The list takes no key for a moment after it has opened, so that a word that is typed on is not replaced by it: the key is a new line then, and closes the list.
    await expect
      .poll(async () => {
        await write("");
        await page.keyboard.type("await SecureExec.bindings.orders.fi");
        await option.waitFor();
        await page.locator(".cm-completionInfo", { hasText: "The orders of a customer." }).waitFor();
        await page.keyboard.press("Enter");
        return editor().innerText();
      })
      .toContain("orders.find");
    await page.keyboard.type("(");
    await page.locator(".signature-active", { hasText: "customer: string" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("moves the signature of a call with its text, and closes it with that, before anyone has answered", async () => {
    const signature = page.locator(".signature-active", { hasText: "name: string" });
    await write("SecureExec.bindings.greet");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("(");
    await signature.waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+Shift+Space");
    await signature.waitFor();
    // From here on no question for a signature is answered.
    await page.route("**/api/signature", () => {});
    await page.keyboard.type('"Ada"');
    expect(await signature.count()).toBe(1);
    await write("x");
    expect(await signature.count()).toBe(0);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("takes letters over lines that are selected", async () => {
    await write("one\ntwo\nthree");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("x");
    expect(await editor().innerText()).toBe("x");
    await page.keyboard.press("Escape");
  });

  it("writes the call of a binding that is chosen in the reference", async () => {
    await write("");
    await page.locator("#reference summary", { hasText: "Greets someone" }).click();
    await page.getByRole("button", { name: "Insert a call of greet" }).click();
    expect(await editor().innerText()).toBe("SecureExec.bindings.greet(name)");
  });

  it("underlines what typecheck finds, and mends it", async () => {
    await write(`SecureExec.bindings.orders.find("Ada");\nexport default SecureExec.bindings.gret("Ada");\n`);
    await page.locator(".cm-lintRange-error").nth(1).waitFor();
    await page.locator("#findings", { hasText: "2 findings" }).waitFor();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ControlOrMeta+.");
    await expect.poll(() => editor().innerText()).toContain(`await SecureExec.bindings.orders.find("Ada")`);
    // What is found anew closes what was shown of it.
    await page.locator("#findings", { hasText: "1 finding" }).waitFor();
    await page.locator(".cm-lintRange-error", { hasText: "gret" }).hover();
    await page.getByRole("button", { name: "Change spelling to 'greet'" }).click();
    await expect.poll(() => editor().innerText()).toContain(`SecureExec.bindings.greet("Ada")`);
    await page.locator("#findings", { hasText: "no findings" }).waitFor();
  });

  it("runs a script: console, result and calls", async () => {
    await run(
      `const { greet, meet, orders } = SecureExec.bindings;
console.log(greet("Ada"));
console.warn("two\\nlines");
const met = await Promise.all([meet(), meet()]);
const loop = { met, rows: await orders.find("Ada"), seen: new Map([["a", 1n]]), bytes: new Uint8Array([72, 105]) };
export default { ...loop, problem: new RangeError("no"), same: loop.rows };
`,
      /^ok in/u,
    );
    expect(await page.locator(".console-row").allInnerTexts()).toEqual([
      expect.stringMatching(/\d+ ms\s*Hello, Ada!/u),
      expect.stringMatching(/\d+ ms\s*warn:\s*two/u),
      expect.stringMatching(/^\s*warn:\s*lines/u),
    ]);
    const shown = page.locator("#result");
    await shown.getByText("Map(1)").click();
    await shown.getByText("Uint8Array, 2 bytes").click();
    await shown.getByText("Array(1)").click();
    const text = await shown.innerText();
    expect(text).toContain(`"a" →: 1n`);
    expect(text).toContain("48 69");
    expect(text).toContain("Hi");
    expect(text).toContain("RangeError: no");
    expect(text).toContain("same as default.rows");

    expect(await page.locator(".call-row code").allInnerTexts()).toEqual([
      "greet",
      "meet",
      "meet",
      "orders.find",
    ]);
    await page.locator(".call-row").nth(3).click();
    const detail = page.getByRole("region", { name: "The chosen call" });
    await expect.poll(() => detail.innerText()).toContain(`"Ada"`);
    await page.keyboard.press("Home");
    await expect.poll(() => detail.innerText()).toContain(`result: "Hello, Ada!"`);
    expect(await page.getByRole("meter", { name: "calls" }).getAttribute("aria-valuenow")).toBe("4");
    expect(await page.getByRole("meter", { name: "calls" }).getAttribute("aria-valuemax")).toBe("5000");
  });

  it("draws the calls in the colours of the theme", async () => {
    const drawn = (): Promise<string[]> =>
      page.evaluate(`(() => {
        const canvas = document.querySelector(".chart-canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const counts = new Map();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] !== 255) continue;
          const colour = [data[at], data[at + 1], data[at + 2]].join(" ");
          counts.set(colour, (counts.get(colour) ?? 0) + 1);
        }
        return [...counts.keys()];
      })()`);
    await run("for (const name of ['a', 'b']) SecureExec.bindings.greet(name);\n", /^ok in/u);
    await expect.poll(drawn).toContain("68 83 214");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(drawn).toContain("152 167 255");
    await page.emulateMedia({ colorScheme: "light" });
  });

  it("asks about a call that needs a yes, and goes on with what is answered", async () => {
    const dialog = page.getByRole("dialog", { name: "Approve this call?" });
    const script = `const { greet, orders } = SecureExec.bindings;
console.log(greet("once"));
const told = [];
for (const id of [7, 8]) {
  try {
    told.push(orders.pay(id));
  } catch (error) {
    told.push(error.code, error.message);
  }
}
export default told;
`;
    await write(script);
    await ended(async () => {
      await editor().press("ControlOrMeta+Enter");
      await dialog.waitFor();
      expect(await page.locator("#result").innerText()).toContain("The run waits.");
      await page.locator(".call-row.call-waiting", { hasText: "waits for approval" }).waitFor();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => (globalThis as unknown as PageGlobals).axe.run());
      expect(
        violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id),
      ).toEqual([]);
      expect(await dialog.getByRole("region", { name: "Arguments" }).innerText()).toContain("7");
      // A key that was meant for the editor decides nothing, and what was put off is asked again.
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "waiting for you" }).click();
      await dialog.getByRole("button", { name: "Approve" }).click();
      await dialog.getByText("8", { exact: true }).waitFor();
      // The second half of a double click on the button that was here.
      await dialog.getByRole("button", { name: "Approve" }).dispatchEvent("click", { detail: 2 });
      await dialog.getByLabel("Reason for a no").fill("not today");
      await dialog.getByRole("button", { name: "Deny" }).press("Enter");
    });
    await page.locator("#status", { hasText: "ok in" }).waitFor();
    const shown = page.locator("#result");
    for (const text of ['"paid 7"', "ERR_BINDING_APPROVAL", "it was not approved (not today)"])
      await shown.getByText(text).waitFor();
    expect(await page.locator(".console-row").allInnerTexts()).toEqual([
      expect.stringContaining("Hello, once!"),
    ]);
    expect(await page.locator(".call-row").allInnerTexts()).toEqual([
      expect.stringMatching(/^greet/u),
      expect.stringMatching(/^orders\.pay\s+\S+ (?:ms|s)$/u),
      expect.stringMatching(/^orders\.pay\s+refused: ERR_BINDING_APPROVAL$/u),
    ]);
    await page.locator(".call-row").nth(1).click();
    await expect
      .poll(() => page.getByRole("region", { name: "The chosen call" }).innerText())
      .toMatch(/waited .* for approval, took/u);

    await write(`SecureExec.bindings.orders.pay(9);\n`);
    await ended(async () => {
      await editor().press("ControlOrMeta+Enter");
      await dialog.getByRole("button", { name: "Stop the run" }).click();
    });
    await page.locator("#status .badge", { hasText: "aborted" }).waitFor();
    await dialog.waitFor({ state: "hidden" });
  });

  it("shows calls that were refused, with their code and message", async () => {
    await run(
      `const { greet } = SecureExec.bindings;
try {
  greet(7 as never);
} catch {}
export default greet("Ada");
`,
      /^ok in/u,
    );
    const refused = page.locator(".call-row.call-refused");
    expect(await refused.innerText()).toMatch(/^greet\s+refused: ERR_BINDING_INVALID_ARGUMENT$/u);
    await refused.click();
    const detail = page.getByRole("region", { name: "The chosen call" });
    await expect.poll(() => detail.innerText()).toContain("greet, argument 1: expected string, got 7");
    expect(await page.locator(".call-row").count()).toBe(2);
  });

  it("shows an error with its code frame, and leads to its line", async () => {
    await run(`const { orders } = SecureExec.bindings;\n\nawait orders.fail();\n`, /^error$/u);
    await page.locator("#result", { hasText: "3 | await orders.fail();" }).waitFor();
    await page.locator(".call-row.call-error").waitFor();
    await page.getByRole("button", { name: "Go to line 3" }).click();
    await page.locator(".cm-activeLine", { hasText: "orders.fail" }).waitFor();
  });

  it("stops a script that does not end", async () => {
    await write("console.log('begun');\nfor (;;) {}\n");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator("#status .badge", { hasText: "aborted" }).waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  });

  it("takes an input with what JSON does not have, and says what is wrong with one", async () => {
    await write("export default [input.since.getTime(), input.big + 1n];\n");
    await page.getByRole("tab", { name: "Input" }).click();
    const field = page.getByLabel("input, as JSON");
    await replace(field, "nope");
    await page.locator("#input-problem", { hasText: "not JSON" }).waitFor();
    await replace(
      field,
      `{ "since": { "$type": "Date", "value": "1970-01-01T00:00:01Z" }, "big": { "$type": "bigint", "value": "12" } }`,
    );
    await ended(() => field.press("ControlOrMeta+Enter"));
    await page.locator("#result", { hasText: "13n" }).waitFor();
    await replace(field, "");
    await page.getByRole("tab", { name: "Script" }).click();
  });

  it("helps with an input of a type: names, values, what is wrong, and a whole one", async () => {
    await write("// @script report\nexport default input.customer;\n");
    await page.getByRole("tab", { name: "Input" }).click();
    const field = page.getByLabel("input, as JSON");
    await replace(field, "");
    const problem = page.locator("#input-problem");
    await problem
      .filter({ hasText: "input of the kind `report`: expected an object, got undefined." })
      .waitFor();
    await field.click();
    await page.keyboard.type('{ "cu');
    const option = (text: string) => page.locator(".cm-tooltip-autocomplete li", { hasText: text });
    await option("customer").waitFor();
    await expect
      .poll(() => page.locator(".cm-tooltip-autocomplete li").allInnerTexts())
      .toEqual(["customerstring"]);
    await option("customer").click();
    await page.keyboard.type('7, "st');
    await option("state?").click();
    await option('"paid"').click();
    await expect.poll(() => field.innerText()).toMatch(/^\{ "customer": 7, "state": "paid" ?\}$/u);
    // In the words of `isobind run`.
    await problem
      .filter({ hasText: "input of the kind `report`, at .customer: expected string, got 7." })
      .waitFor();
    await page.locator(".cm-lintRange-error", { hasText: /^7$/u }).waitFor();
    await page.getByRole("button", { name: "Fill in" }).click();
    await problem.filter({ hasText: /^$/u }).waitFor();
    await expect
      .poll(async () => JSON.parse(await field.innerText()) as unknown)
      .toMatchObject({ customer: expect.any(String) as string, since: { $type: "Date" } });
    await ended(() => field.press("ControlOrMeta+Enter"));
    await page.locator("#status", { hasText: "ok in" }).waitFor();
    await replace(field, "");
    await page.getByRole("tab", { name: "Script" }).click();
  });

  it("answers with mocks of a seed, and without the leaves of another profile", async () => {
    await page.getByLabel("Answers").selectOption("mocks");
    const answer = async (seed: string): Promise<string> => {
      await page.getByLabel("Seed").fill(seed);
      await run(`export default await SecureExec.bindings.greet("Ada");\n`, /^ok in/u);
      return page.locator("#result").innerText();
    };
    const one = await answer("1");
    expect(await answer("2")).not.toBe(one);
    expect(await answer("1")).toBe(one);
    expect(one).not.toContain("Hello");
    await page.getByLabel("Answers").selectOption("host functions");

    await write(`export default await SecureExec.bindings.orders.remove(7);\n`);
    await page.locator("#findings", { hasText: "no findings" }).waitFor();
    await page.getByLabel("Profile").selectOption("basic");
    await page.locator("#findings", { hasText: "1 finding" }).waitFor();
    expect(await page.locator("#reference summary code").allInnerTexts()).not.toContain("remove");
    await page.getByLabel("Profile").selectOption("all bindings");
    await page.locator("#findings", { hasText: "no findings" }).waitFor();
  });

  it("follows the definition on disk, and keeps the text", async () => {
    await write("// mine\n");
    const leaf = `  /** Was not there before. */\n  brandNew: () => "new",\n  orders: {`;
    started.write("bindings.ts", definition.replace("  orders: {", leaf));
    await page.locator("#reference summary", { hasText: "brandNew" }).waitFor();
    expect(await editor().innerText()).toContain("// mine");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("SecureExec.bindings.brand");
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "brandNew" }).waitFor();
    await page.keyboard.press("Escape");
    await run("export default SecureExec.bindings.brandNew();\n", /^ok in/u);
    await page.locator("#result", { hasText: `"new"` }).waitFor();
  });

  it("saves a run as a file, and opens it without the host", async () => {
    await run(`export default await SecureExec.bindings.orders.find("Ada");\n`, /^ok in/u);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Share" }).click();
    const file = await (await saved).path();
    const shared = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    expect(shared).toMatchObject({ isobind: "run", format: 1, script: { name: "scripts/first.ts" } });
    // What the host would answer now is something else.
    const answered = { ...shared, recording: shared["recording"]?.replaceAll(`"id":7`, `"id":8`) };
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open" }).click();
    const buffer = Buffer.from(JSON.stringify(answered));
    await (await chosen).setFiles({ name: "a.run.json", mimeType: "application/json", buffer });
    await expect.poll(() => page.getByLabel("Answers").inputValue()).toBe("recording");
    await expect.poll(() => editor().innerText()).toContain(`orders.find("Ada")`);
    await ended(() => editor().press("ControlOrMeta+Enter"));
    await page.locator("#result summary", { hasText: "Object {" }).click();
    await page.locator("#result .tree-leaf", { hasText: "id: 8" }).waitFor();
    // Without a recording it is another's script all the same, and not for the host's functions.
    await page.getByLabel("Answers").selectOption("host functions");
    const other = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Open" }).click();
    const silent = Buffer.from(JSON.stringify({ ...shared, recording: null }));
    await (await other).setFiles({ name: "b.run.json", mimeType: "application/json", buffer: silent });
    await expect.poll(() => page.getByLabel("Answers").inputValue()).toBe("mock");
    await page.getByLabel("Answers").selectOption("host functions");
  });

  it("shows of ten thousand lines and of a large result what fits the page", async () => {
    await run(
      `for (let line = 0; line < 10_000; line++) console.log("line", line);
export default { list: Array.from({ length: 50_000 }, (_, id) => ({ id })), text: "x".repeat(2_000_000) };
`,
      /^ok in/u,
    );
    await page.locator("#console-count", { hasText: "10,000 lines" }).waitFor();
    await page.locator(".console-row", { hasText: "line 9999" }).waitFor();
    expect(await page.locator(".console-row").count()).toBeLessThan(60);
    await page.locator("#result summary", { hasText: /^list/u }).click();
    await page.getByRole("button", { name: "Show 100 more of 50,000" }).click();
    expect(await page.locator("#result .tree-node").count()).toBeLessThan(210);
    expect((await page.locator("#result").innerText()).length).toBeLessThan(20_000);
  });

  it("takes a tighter limit, and keeps what is written over a reload", async () => {
    await page.getByRole("tab", { name: "Limits" }).click();
    await page.getByLabel("Calls", { exact: true }).fill("0");
    await page.getByRole("tab", { name: "Script" }).click();
    await run("SecureExec.bindings.greet('a');\nSecureExec.bindings.greet('b');\n", /^error$/u);
    expect(await page.locator("#result").innerText()).toContain("ERR_BINDING_LIMIT");
    await page.reload();
    await ready();
    await expect.poll(() => editor().innerText()).toContain("greet('b')");
    const kept = await page.evaluate(() =>
      Object.keys((globalThis as unknown as { localStorage: object }).localStorage),
    );
    expect(kept, "under the name of this project alone").toEqual([
      expect.stringMatching(/^isobind-playground [\da-f]{16}$/u),
    ]);
    await page.getByRole("tab", { name: "Limits" }).click();
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByRole("tab", { name: "Script" }).click();
  });

  it("is used by keyboard alone", async () => {
    await editor().click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await editor().evaluate((element) => element.matches(":focus"))).toBe(false);
    await page.getByRole("tab", { name: "Script" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByLabel("input, as JSON").waitFor();
    await page.keyboard.press("ArrowLeft");
    await editor().waitFor();
  });

  it("has nothing that is seriously hard to use, in either theme and either width", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const viewport of [
        { width: 1280, height: 720 },
        { width: 360, height: 640 },
      ]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize(viewport);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => (globalThis as unknown as PageGlobals).axe.run());
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(
          serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
          `${colorScheme}, ${viewport.width}`,
        ).toEqual([]);
        const beyond = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = (globalThis as unknown as PageGlobals).document
            .documentElement;
          return scrollWidth - clientWidth;
        });
        expect(beyond, "no part reaches out of the page").toBe(0);
      }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("keeps its shape with sixty-four leaves of long names, and says when the definition is broken", async () => {
    const long = (at: number) => `aBindingWhoseNameIsAsLongAsANameOfAFunctionCanReasonablyBe${at}`;
    const leaves = Array.from({ length: 64 }, (_, at) => `${long(at)}: (text: string) => text,`);
    const many = `import { defineBindings } from "isobind";\nexport default defineBindings({ ${leaves.join("\n")} });\n`;
    started.write("bindings.ts", many);
    await page.locator("#reference summary", { hasText: long(63) }).waitFor();
    await page.getByLabel("Search bindings").fill("63");
    expect(await page.locator("#reference summary code").allInnerTexts()).toEqual([long(63)]);
    await page.getByLabel("Search bindings").fill("");
    await run(`export default SecureExec.bindings.${long(5)}("${"word".repeat(2_000)}");\n`, /^ok in/u);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 720 });
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = (globalThis as unknown as PageGlobals).document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(beyond, String(width)).toBe(0);
    }
    await page.setViewportSize({ width: 1280, height: 720 });

    started.write("bindings.ts", many.replace(long(7), "_hidden"));
    await page.locator("#problems li").first().waitFor();
    expect(await page.locator("#problems").innerText()).toContain("bindings.ts:");
    started.write("bindings.ts", definition);
    await page.locator("#problems").waitFor({ state: "hidden" });
    await page.locator("#reference summary", { hasText: "Greets someone" }).waitFor();
  });

  it("opens a run that somebody has shared from another contract, and says what is none", async () => {
    const open = async (file: object): Promise<void> => {
      const chosen = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Open" }).click();
      const buffer = Buffer.from(JSON.stringify(file));
      await (await chosen).setFiles({ name: "a.run.json", mimeType: "application/json", buffer });
    };
    const shared = (argument: number, recording: string | null): object => {
      const text = `export default SecureExec.bindings.theirs(${argument});\n`;
      const script = { name: "scripts/theirs.ts", text };
      return { isobind: "run", format: 1, script, input: "", profile: "elsewhere", recording };
    };
    await open(shared(1, '{"isobind":"calls","format":9}\n'));
    await expect.poll(() => editor().innerText()).toContain("theirs(1)");
    await ended(() => editor().press("ControlOrMeta+Enter"));
    await page.locator("#status .badge", { hasText: "refused" }).waitFor();
    // Another text, because what the first file shows would also do for a page that has not read the second yet.
    await open(shared(2, null));
    await expect.poll(() => editor().innerText()).toContain("theirs(2)");
    await page.locator("#findings", { hasText: "1 finding" }).waitFor();
    await ended(() => editor().press("ControlOrMeta+Enter"));
    const refused = page.locator(".call-row.call-refused");
    expect(await refused.innerText()).toMatch(/^theirs\s+refused: TypeError$/u);
    await open({ isobind: "journal" });
    await page.locator("#result", { hasText: "not a run that was shared here" }).waitFor();
    await page.getByLabel("Answers").selectOption("host functions");
    await page.locator("#choices select").first().selectOption({ label: "first.ts" });
  });

  it("runs the script that was chosen, also before its text is there, and shows the one that was chosen last", async () => {
    started.write("scripts/held.ts", `console.log("held");\n`);
    started.write("scripts/late.ts", `console.log("late");\n`);
    await page.reload();
    await ready();
    const go = Promise.withResolvers<void>();
    await page.route("**/api/script", async (route) => {
      await go.promise;
      await route.continue();
    });
    const choose = (label: string) => page.locator("#choices select").first().selectOption({ label });
    await choose("late.ts");
    await choose("held.ts");
    await ended(async () => {
      await page.getByRole("button", { name: "Run", exact: true }).click();
      go.resolve();
    });
    await expect
      .poll(() => page.locator(".console-row").allInnerTexts())
      .toEqual([expect.stringContaining("held")]);
    expect(await editor().innerText()).toContain("held");
    await page.unrouteAll({ behavior: "wait" });
    await page.getByRole("tab", { name: "Script" }).click();
    expect(await editor().innerText()).toContain("held");
    await choose("first.ts");
    await expect.poll(() => editor().innerText()).not.toContain("held");
  });

  it("keeps two tabs apart, and what each has written", async () => {
    const other = await page.context().newPage();
    await other.goto(new URL("/", started.url).href);
    await other.locator('body[data-ready="true"]').waitFor();
    const theirs = other.locator("#panel-script .cm-content");
    await expect.poll(() => theirs.innerText()).not.toBe("");
    await other.locator("#choices select").first().selectOption({ label: "sample-greet.ts" });
    await expect.poll(() => theirs.innerText()).toContain("greet");
    await theirs.click();
    await other.keyboard.press("ControlOrMeta+End");
    await other.keyboard.type("// theirs");
    await write("console.log('mine');\nfor (;;) {}\n");
    await editor().press("ControlOrMeta+Enter");
    await page.locator(".console-row", { hasText: "mine" }).waitFor();
    await theirs.press("ControlOrMeta+Enter");
    await other.locator("#status", { hasText: "ok in" }).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator("#status .badge", { hasText: "aborted" }).waitFor();
    await other.close();
    await page.reload();
    await ready();
    await expect.poll(() => editor().innerText()).toContain("for (;;)");
    await page.locator("#choices select").first().selectOption({ label: "sample-greet.ts" });
    await expect.poll(() => editor().innerText()).toContain("// theirs");
  });

  it("has met nothing that its policy forbids, and no error", () => {
    expect(problems).toEqual([]);
  });

  it("says that the playground has ended, and finds what was written when it is there again", async () => {
    const { host } = new URL(started.url);
    await write("// written before the end\n");
    await started.halt();
    await page.locator("#problems", { hasText: "The playground has ended." }).waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator("#result", { hasText: "Is it still running?" }).waitFor();
    await started.restart();
    expect(new URL(started.url).host, "the same address").toBe(host);
    await page.goto(started.url);
    await ready();
    await expect.poll(() => editor().innerText()).toContain("// written before the end");
  });
});
