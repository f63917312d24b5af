import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const definition = `import { defineBindings } from "isobind";

export default defineBindings({
  greet: (name: string) => \`Hello, \${name}!\`,
  users: {
    /** @profile admin */
    remove: (id: number) => id,
  },
});
`;

describe("profiles on the command line", () => {
  it("generate writes each profile; run and typecheck use the one that is named", async () => {
    const { root, path } = project({
      ...files,
      "bindings.config.ts": `export default { definition: "./bindings.ts", profiles: ["admin", "basic"] };\n`,
      "bindings.ts": definition,
      "script.ts": `export default SecureExec.bindings.users.remove(7);\n`,
    });
    expect(await isobind(["generate"], { cwd: root })).toMatchObject({ code: 0 });
    for (const name of ["admin", "basic"])
      expect(existsSync(path(`generated/${name}/registry.ts`))).toBe(true);

    expect((await isobind(["typecheck", "script.ts", "--profile", "admin"], { cwd: root })).code).toBe(0);
    expect(await isobind(["run", "script.ts", "--profile", "admin"], { cwd: root })).toMatchObject({
      code: 0,
      stdout: "default = 7\n",
    });

    const refused = await isobind(["typecheck", "script.ts", "--profile", "basic"], { cwd: root });
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("script.ts:1:");
    expect((await isobind(["run", "script.ts", "--profile", "basic"], { cwd: root })).code).toBe(1);

    const misspelt = await isobind(["run", "script.ts", "--profile", "admn"], { cwd: root });
    expect(misspelt.code).toBe(2);
    expect(misspelt.stderr).toContain("Did you mean `admin`?");
  });
});
