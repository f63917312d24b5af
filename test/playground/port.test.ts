/** Where the page of a project is served, and what a browser knows a project by. */
import { afterEach, expect, it } from "vitest";
import { projectId } from "../../src/playground/project/project.ts";
import { openServer, type OpenServer } from "../../src/playground/server/server.ts";

const open: OpenServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function portOf(options: { readonly port?: number; readonly usualPort?: number }): Promise<number> {
  const server = await openServer({ routes: {}, page: new URL("file:///nowhere/"), ...options });
  open.push(server);
  return Number(new URL(server.url).port);
}

it("serves a project where it was served before, and elsewhere while that is taken", async () => {
  const usualPort = await portOf({});
  await open.pop()?.close();
  expect(await portOf({ usualPort })).toBe(usualPort);
  expect(await portOf({ usualPort })).not.toBe(usualPort);
  await expect(portOf({ port: usualPort }), "a port that was asked for is that one or none").rejects.toThrow(
    "EADDRINUSE",
  );
  expect(await portOf({ port: 0, usualPort })).not.toBe(usualPort);
});

it("knows projects by their folders, and contracts of one folder by their names", () => {
  const project = { name: "bindings", root: "/a", outDir: "/a/generated" };
  const others = [
    { ...project, root: "/b", outDir: "/b/generated" },
    { ...project, name: "other" },
    { ...project, outDir: "/a/other" },
  ];
  expect(projectId({ ...project })).toBe(projectId(project));
  expect(new Set([project, ...others].map(projectId)).size).toBe(4);
});
