/** The reference of a contract holds all of it, links within itself, and lets nothing of an author's text be more than text. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formatHtmlPage, formatMarkdownPage, pageOf } from "../../src/docs/index.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { walkLeaves } from "../../src/model/walk.ts";
import * as of from "../emit/build.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const small = of.contract(
  {
    db: {
      query: of.leaf([of.parameter("sql", of.string)], of.array(of.ref("Row")), {
        doc: of.doc(
          "Runs one statement, see {@link now | the clock} and {@link SecureExec.Row}.",
          { name: "param", parameter: "sql", text: "The *text*." },
          { name: "returns", text: "Rows of `SELECT`." },
          { name: "example", text: "await SecureExec.bindings.db.query('select 1')" },
          { name: "example", text: "Two:\n\n```ts\nquery(2)\n```" },
          { name: "remarks", text: "Slow." },
          { name: "timeout", text: "500ms" },
        ),
        policy: { timeoutMs: 500 },
        throws: [
          {
            name: "BusyError",
            shape: of.error("Error", { after: of.number }),
            description: "when all are busy",
          },
        ],
      }),
    },
    now: of.leaf([], of.date, {
      mode: "sync",
      doc: of.doc("The time.", { name: "deprecated", text: "Use `db.query`." }),
    }),
  },
  [of.interfaceOf("Row", of.object({ id: of.string }), [], of.doc("A row."))],
  "implementation",
  of.doc("What the host offers."),
);

const older = of.contract({ now: of.leaf([], of.string, { mode: "sync" }) });

describe("as Markdown", () => {
  it("says everything, in the author's order", () => {
    const page = pageOf(small, { before: { contract: older, since: "v1" } });
    expect(formatMarkdownPage(page)).toMatchInlineSnapshot(`
      "# SecureExec.bindings

      What the host offers.

      ## Changes since \`v1\`

      - breaking: \`now\`, \`result\`: something else arrives: \`Date\` instead of \`string\`.
      - compatible: \`db.query\`: the leaf was added.
      - compatible: \`db\`: the namespace was added.
      - compatible: \`type Row\`: the type \`Row\` can be named by scripts now.
      - docs: The documentation of the namespace changed.
      - docs: \`now\`: it is deprecated now.
      - docs: \`now\`: the documentation changed.

      ### <a id="binding-now"></a>\`now\`

      **Deprecated.** Use \`db.query\`.

      \`\`\`ts
      now(): Date
      \`\`\`

      The time.

      > breaking since \`v1\`: \`now\`, \`result\`: something else arrives: \`Date\` instead of \`string\`.

      > docs since \`v1\`: \`now\`: it is deprecated now.

      > docs since \`v1\`: \`now\`: the documentation changed.

      ## <a id="binding-db"></a>\`db\`

      ### <a id="binding-db.query"></a>\`db.query\`

      \`\`\`ts
      db.query(sql: string): Promise<Row[]>
      \`\`\`

      Runs one statement, see [the clock](#binding-now) and [\`SecureExec.Row\`](#type-Row).

      **Parameters**

      - \`sql\`: The *text*.

      **Returns** Rows of \`SELECT\`.

      **Throws**

      - \`BusyError\`: when all are busy

      **Limits** \`@timeout 500ms\`

      **remarks** Slow.

      **Example**

      \`\`\`ts
      await SecureExec.bindings.db.query('select 1')
      \`\`\`

      **Example**

      Two:

      \`\`\`ts
      query(2)
      \`\`\`

      > compatible since \`v1\`: \`db.query\`: the leaf was added.

      ## Types

      ### <a id="type-BusyError"></a>\`BusyError\`

      when all are busy

      \`\`\`ts
      interface BusyError extends Error {
        after: number;
      }
      \`\`\`

      ### <a id="type-Row"></a>\`Row\`

      A row.

      \`\`\`ts
      interface Row {
        id: string;
      }
      \`\`\`

      <sub>Contract sha256-e9ac87e5fee3d7f8c9de506f677de33093c8a9bda69b94251db0af195c680c09</sub>
      "
    `);
  });
});

describe("as HTML", () => {
  const hostile = of.contract({
    evil: of.leaf([of.parameter("a", of.literal('"><script>alert(1)</script>'))], of.nothing, {
      doc: of.doc(
        "<script>alert(1)</script> <img src=x onerror=alert(1)> ![x](https://example.com/x.png) [go](javascript:alert(1))",
        { name: "example", text: "</script><script>alert(1)</script>" },
        { name: "throws", text: "</code><b>", type: "X" },
        {
          name: "remarks",
          text: '{@link javascript:alert(1) | here} {@link https://example.com/a"onclick=alert(1) | there}',
        },
      ),
    }),
  });

  it.each([
    ["a whole one", small],
    ["one whose author means ill", hostile],
  ])("is one file that may load and run nothing but what is in it: %s", (_, contract) => {
    const html = formatHtmlPage(pageOf(contract, { title: "<b>Title</b>" }));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1] ?? "";
    const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/gu)].map(([, text = ""]) => text);
    const styles = [...html.matchAll(/<style>([^]*?)<\/style>/gu)].map(([, text = ""]) => text);
    expect([scripts.length, styles.length]).toEqual([1, 1]);
    const hash = (text = ""): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(styles[0])}; script-src ${hash(scripts[0])}; base-uri 'none'; form-action 'none'`,
    );
    const outside = html.replace(scripts[0] ?? "", "").replace(styles[0] ?? "", "");
    const tags = outside.replaceAll(/="[^"]*"/gu, "=");
    expect(tags).not.toMatch(
      /<(?:img|iframe|link|object|embed|base)\b|<[^>]*\son\w+\s*=|<[^>]*\sstyle\s*=|<b>/iu,
    );
    expect(outside).not.toMatch(/href="(?!#|https?:)/iu);
    expect(tags).not.toMatch(/<[^>]*\s(?:src|action|srcdoc)=/iu);
  });

  it("has a place for every link, no place twice, and an entry for every binding and type of every contract", () => {
    for (const file of globSync("fixtures/valid/*/expected/contract.json", { cwd: root })) {
      const contract = parseContract(readFileSync(join(root, file), "utf8"));
      const html = formatHtmlPage(pageOf(contract));
      const ids = [...html.matchAll(/\sid="([^"]*)"/gu)].map(([, id]) => id);
      expect(new Set(ids).size, file).toBe(ids.length);
      const targets = [...html.matchAll(/href="#([^"]*)"/gu)].map(([, id]) => id);
      expect(
        targets.filter((target) => !ids.includes(target)),
        file,
      ).toEqual([]);
      const articles = html.split("<article").length - 1;
      const page = pageOf(contract);
      expect(articles, file).toBe([...walkLeaves(contract.root)].length + page.types.length);
      const markdown = formatMarkdownPage(page);
      for (const { path } of walkLeaves(contract.root)) expect(markdown, file).toContain(path.join("."));
    }
  });

  it("links types where they are mentioned, and says what is new", () => {
    const html = formatHtmlPage(pageOf(small, { before: { contract: older, since: "v1" } }));
    expect(html).toContain('Promise&#60;<a href="#type-Row">Row</a>[]&#62;');
    expect(html).toContain('<a href="#binding-now">the clock</a>');
    expect(html).toContain('<strong class="breaking">breaking</strong> since <code>v1</code>');
    expect(html).toContain('<strong class="compatible">compatible</strong>');
  });

  it("lists the globals of scripts", () => {
    const region = {
      name: "region",
      shape: of.string,
      optional: true,
      readonly: true,
      doc: of.doc("Where."),
    };
    const page = pageOf({ ...small, globals: { properties: [region], doc: of.doc(""), source: of.source } });
    expect(formatMarkdownPage(page)).toContain(
      "## Globals\n\n```ts\nconst region: string | undefined;\n```\n\nWhere.",
    );
    expect(formatHtmlPage(page)).toContain(`<h2 id="globals">Globals</h2>`);
  });

  it("says what scripts are given and have to give back", () => {
    const page = pageOf({
      ...small,
      scripts: [
        {
          name: "default",
          input: of.ref("Row"),
          result: of.number,
          doc: of.doc("Counts."),
          source: of.source,
        },
        { name: "rule", input: null, result: of.boolean, doc: of.doc(""), source: of.source },
      ],
    });
    const html = formatHtmlPage(page);
    expect(html).toContain("<p>Scripts that name no kind:</p><p>Counts.</p>");
    expect(html).toContain('readonly input: <a href="#type-Row">Row</a>;');
    expect(html).toContain("<code>// @script rule</code>");
    const markdown = formatMarkdownPage(page);
    expect(markdown).toContain("## Scripts\n\nScripts that name no kind:\n\nCounts.\n\n```ts\n");
    expect(markdown).toContain("Scripts that begin with `// @script rule`:");
  });
});
