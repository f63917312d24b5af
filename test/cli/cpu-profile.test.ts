/** `isobind run --cpu-prof`: a file that DevTools load, with the author's lines. */
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { cpuProfile, type CpuProfile } from "../../src/cli/run/cpu-profile.ts";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const script = `type Count = number;
const { later } = SecureExec.bindings.math;

function busy(times: Count): Count {
  let sum = 0;
  for (let at = 0; at < times; at++) sum += Math.sqrt(at) % 7;
  return sum;
}
await later(1);
const done: number[] = [busy(3e6)];
await later(1);
done.push(busy(3e6));
export default done.length;
`;

it("writes what a run has used, at the author's lines, as often as it was entered", async () => {
  const made = project({ ...files, "script.ts": script });
  await isobind(["generate"], { cwd: made.root });
  const ran = await isobind(["run", "script.ts", "--cpu-prof", "--cpu-prof-dir", "profiles"], {
    cwd: made.root,
  });
  expect(ran).toMatchObject({ code: 0, stdout: "default = 2\n" });
  const [name = "", ...others] = readdirSync(made.path("profiles"));
  expect(others).toEqual([]);
  expect(name).toMatch(/^CPU\.\d{8}\.\d{6}\.\d+\.cpuprofile$/u);
  expect(ran.stderr).toBe(`Profile: profiles/${name}\n`);

  const profile = JSON.parse(readFileSync(made.path(`profiles/${name}`), "utf8")) as CpuProfile;
  const url = pathToFileURL(made.path("script.ts")).href;
  const busy = profile.nodes.filter(({ callFrame }) => callFrame.functionName === "busy");
  expect(busy.length).toBeGreaterThan(0);
  for (const { callFrame } of busy) expect(callFrame).toMatchObject({ url, lineNumber: 3, columnNumber: 13 });
  expect(profile.nodes.map(({ callFrame }) => callFrame.functionName)).toContain("(script)");

  const ids = new Set(profile.nodes.map(({ id }) => id));
  expect(ids.size).toBe(profile.nodes.length);
  const children = profile.nodes.flatMap((node) => node.children);
  // A tree: everyone but the root is the child of one.
  expect(new Set(children).size).toBe(children.length);
  expect(children.length).toBe(profile.nodes.length - 1);
  expect(profile.samples.filter((id) => !ids.has(id))).toEqual([]);
  expect(profile.samples.length).toBe(profile.timeDeltas.length);
  const sum = profile.timeDeltas.reduce((all, delta) => all + delta, 0);
  expect(sum).toBe(profile.endTime - profile.startTime);

  // The next run of this process is an ordinary one.
  const plain = await isobind(["run", "script.ts", "--isolation", "none"], { cwd: made.root });
  expect(plain).toMatchObject({ code: 0, stderr: "" });
});

it("writes what was used until a limit ended the run", async () => {
  const made = project({
    ...files,
    "loop.ts": `for (;;) SecureExec.bindings.greet("x");\n`,
    "wrong.ts": "const a = ;\n",
  });
  await isobind(["generate"], { cwd: made.root });
  // More than a machine stands still: that counts as the script's.
  const ran = await isobind(["run", "loop.ts", "--cpu-prof", "--limits", "cpuMs=2500"], { cwd: made.root });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("Profile: CPU.");
  const none = await isobind(["run", "wrong.ts", "--cpu-prof"], { cwd: made.root });
  expect(none.stderr).toContain("No profile");
});

it("joins entries: one tree, times in order, what lies between them idle", () => {
  const frame = { functionName: "work", url: "a.ts", scriptId: 5, lineNumber: 3, columnNumber: 2 };
  const root = { functionName: "(root)", url: "", scriptId: 0, lineNumber: 0, columnNumber: 0 };
  const entry = (startTime: number, ids: readonly [number, number]) => ({
    startTime,
    endTime: startTime + 100,
    samples: [ids[1], ids[1]],
    timeDeltas: [10, 60],
    nodes: [
      { id: ids[0], hitCount: 0, children: [ids[1]], callFrame: root },
      { id: ids[1], hitCount: 2, children: [], callFrame: frame },
    ],
  });
  const profile = cpuProfile([entry(2000, [7, 9]), entry(1000, [1, 2])], (name) => `file:///${name}`);
  expect(profile).toEqual({
    nodes: [
      {
        id: 1,
        callFrame: { ...root, scriptId: "0", lineNumber: -1, columnNumber: -1 },
        hitCount: 0,
        children: [2, 3],
      },
      {
        id: 2,
        callFrame: { ...root, functionName: "(idle)", scriptId: "0", lineNumber: -1, columnNumber: -1 },
        hitCount: 0,
        children: [],
      },
      {
        id: 3,
        callFrame: {
          functionName: "work",
          url: "file:///a.ts",
          scriptId: "5",
          lineNumber: 2,
          columnNumber: 1,
        },
        hitCount: 4,
        children: [],
      },
    ],
    startTime: 1000,
    endTime: 2100,
    samples: [3, 3, 2, 3, 3, 2],
    timeDeltas: [10, 50, 40, 910, 50, 40],
  });
});

it("has a folder only where there is a profile", async () => {
  const made = project({ ...files, "script.ts": script });
  const ran = await isobind(["run", "script.ts", "--cpu-prof-dir", "profiles"], { cwd: made.root });
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain("add `--cpu-prof`");
});

it("says that a folder takes no profile before the script has run, and leaves nothing beside it", async () => {
  const made = project({ ...files, "script.ts": `console.log("has run");`, file: "no folder" });
  await isobind(["generate"], { cwd: made.root });
  const ran = await isobind(["run", "script.ts", "--cpu-prof", "--cpu-prof-dir", "file/profiles"], {
    cwd: made.root,
  });
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain(
    "the profile cannot be written to `file/profiles`: a file is where a folder should be.",
  );
  expect(ran.stderr).toContain("--cpu-prof-dir");
});

it("takes more samples than a call has arguments", () => {
  const callFrame = { functionName: "(root)", scriptId: 0, url: "", lineNumber: 0, columnNumber: 0 };
  const samples = Array<number>(200_000).fill(1);
  const timeDeltas = Array<number>(200_000).fill(5);
  const entry = {
    nodes: [{ id: 1, hitCount: 0, children: [], callFrame }],
    startTime: 0,
    endTime: 10,
    samples,
    timeDeltas,
  };
  const profile = cpuProfile([entry], (name) => name);
  expect([profile.endTime, profile.samples.length]).toEqual([10, 200_001]);
});
