/**
 * The registry of the documented example inside the real secure-exec 0.2.1: what works there, and which promises of ours its transport
 * loses. Each loss is asserted as it is today, so that this file says when one of them is gone.
 */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import {
  createInMemoryFileSystem,
  createKernel,
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  NodeExecutionDriver,
  NodeRuntime,
} from "secure-exec";
import { defineRegistry } from "../../src/registry/index.ts";
import { createNodeRuntime, toBindingTree } from "../../src/secure-exec/index.ts";
import bindings from "../../fixtures/custom-bindings/bindings.ts";

const lost = {
  echo: (value) => value,
  slow: async (ms) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  },
  fails: async () => {
    throw Object.assign(new RangeError("out of range"), { code: "E_RANGE" });
  },
};

const system = createNodeDriver();
const driver = new NodeExecutionDriver({
  system,
  runtime: system.runtime,
  bindings: toBindingTree(defineRegistry({ ...bindings, lost })),
});
after(() => driver.terminate?.());

async function value(script) {
  const result = await driver.run(`export default await (async () => { const b = SecureExec.bindings; ${script} })()`, "/root/script.mjs"); // prettier-ignore
  assert.equal(result.code, 0, result.errorMessage);
  return result.exports?.default;
}

describe("a registry in secure-exec", () => {
  it("offers the documented example", async () => {
    assert.equal(await value(`return b.greet("World")`), "Hello, World!");
    assert.deepEqual(await value(`return b.db.query("SELECT * FROM users", ["Ada"])`), [
      { id: 1, name: "Ada" },
    ]);
    await value(`await b.cache.set("k", { a: 1 })`);
    assert.deepEqual(await value(`return b.cache.get("k")`), { a: 1 });
    assert.deepEqual(await value(`const { db, cache } = b; return [Object.isFrozen(SecureExec), typeof db.insert, typeof cache.get]`), [true, "function", "function"]); // prettier-ignore
  });
});

describe("our createNodeRuntime in its kernel", () => {
  it("runs code and files, prints, and says how a process ended", async () => {
    const kernel = createKernel({ filesystem: createInMemoryFileSystem() });
    await kernel.mount(createNodeRuntime({ bindings }));
    await kernel.writeFile("/main.mjs", `console.log(SecureExec.bindings.greet("file"))`);
    const node = async (...args) => {
      let printed = "";
      const print = (bytes) => void (printed += Buffer.from(bytes).toString());
      const script = kernel.spawn("node", args, { onStdout: print, onStderr: print });
      return [await script.wait(), printed];
    };
    try {
      assert.deepEqual(await node("/main.mjs"), [0, "Hello, file!\n"]);
      assert.deepEqual(await node("-e", "console.log(1); throw new RangeError('x')"), [
        1,
        "1\nRangeError: x\n",
      ]);
    } finally {
      await kernel.dispose();
    }
  });
});

describe("what its transport loses", () => {
  it("types that JSON has not", async () => {
    assert.equal(await value(`return b.lost.echo(new Date(0)) instanceof Date`), false);
    assert.equal(await value(`return b.lost.echo(new Map([[1, 2]])) instanceof Map`), false);
    assert.notEqual(await value(`return b.lost.echo([undefined])[0] === undefined`), true);
  });

  it("concurrency: asynchronous calls block the script one after another", async () => {
    const took = await value(`
      const began = performance.now();
      await Promise.all([b.lost.slow(60), b.lost.slow(60), b.lost.slow(60)]);
      return performance.now() - began`).catch(() => null);
    // The clock inside stands still by default, so the host's is asked as well.
    const began = performance.now();
    await value(`await Promise.all([b.lost.slow(100), b.lost.slow(100), b.lost.slow(100)])`);
    assert.ok(
      performance.now() - began >= 290,
      `three calls of 100 ms took ${performance.now() - began} ms (inside: ${String(took)})`,
    );
  });

  it("the promise: an asynchronous leaf returns its value", async () => {
    assert.equal(await value(`return b.lost.slow(1) instanceof Promise`), false);
  });

  it("the class, the code and even the message of an error", async () => {
    assert.deepEqual(await value(`try { await b.lost.fails() } catch (e) { return [e instanceof RangeError, e.code ?? null, String(e.message)] }`), [false, null, "[object Object]"]); // prettier-ignore
  });

  it("frozen leaf functions", async () => {
    assert.equal(await value(`return Object.isFrozen(b.greet)`), false);
  });

  it("`bindings` of NodeRuntime", async () => {
    const runtime = new NodeRuntime({
      systemDriver: createNodeDriver(),
      runtimeDriverFactory: createNodeRuntimeDriverFactory(),
      bindings: toBindingTree(defineRegistry(bindings)),
    });
    const result = await runtime.run(
      "module.exports = typeof SecureExec === 'undefined' ? 'none' : Object.keys(SecureExec.bindings).length",
    );
    await runtime.terminate();
    assert.ok(result.exports === "none" || result.exports === 0, String(result.exports));
  });
});
