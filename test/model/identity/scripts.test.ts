/** What scripts are is part of a contract's identity, and a difference is named. */
import { describe, expect, it } from "vitest";
import { emptyDoc, nowhere, type Contract, type ScriptKind } from "../../../src/model/contract.ts";
import { parseContract } from "../../../src/model/file/deserialize.ts";
import { contractData } from "../../../src/model/file/serialize.ts";
import { digest, scriptHashes } from "../../../src/model/identity/digest.ts";
import {
  compareHeader,
  describeDifference,
  headerLines,
  readHeader,
} from "../../../src/model/identity/header.ts";
import type { Shape } from "../../../src/model/shape.ts";
import { defineRegistry } from "../../../src/registry/define-registry.ts";

const kind = (name: string, input: Shape | null, result: Shape | null): ScriptKind => ({
  name,
  input,
  result,
  doc: emptyDoc,
  source: nowhere,
});

const contract = (...scripts: readonly ScriptKind[]): Contract => ({
  style: "contract",
  root: { kind: "namespace", name: "", path: [], doc: emptyDoc, members: [], source: nowhere },
  declarations: [],
  ...(scripts.length > 0 && { scripts }),
});

const text: Shape = { kind: "string" };
const number: Shape = { kind: "number" };

describe("kinds of script", () => {
  it("are part of the digest, whatever their order and documentation", () => {
    const [one, two] = [kind("default", text, null), kind("rule", null, number)];
    expect(digest(contract(one, two))).toBe(
      digest(contract(two, { ...one, doc: { ...emptyDoc, text: "words" } })),
    );
    expect(
      new Set([contract(), contract(one), contract(kind("default", number, null))].map(digest)).size,
    ).toBe(3);
    expect(digest(contract(kind("default", null, text)))).not.toBe(
      digest(contract(kind("default", text, null))),
    );
  });

  it("come back from contract.json", () => {
    const doc = { text: "The month.", tags: [] };
    const whole = contract(
      { ...kind("rule", text, number), partDocs: { input: doc } },
      kind("default", null, text),
    );
    expect(parseContract(JSON.stringify(contractData(whole)))).toEqual(whole);
  });

  it("are named when a registry knows others than the declaration", () => {
    const old = [kind("default", text, null), kind("rule", text, number), kind("gone", text, null)];
    const now = [kind("default", text, null), kind("rule", text, text)];
    const header = readHeader(
      headerLines({
        digest: digest(contract(...old)),
        leaves: new Map(),
        scripts: scriptHashes(old, []),
      }).join("\n"),
    );
    expect(header.scripts.get("rule")?.parts).toEqual(["input", "result"]);
    const registry = defineRegistry(
      {},
      {
        digest: digest(contract(...now)),
        excessProperties: "refuse",
        declarations: [],
        leaves: [],
        scripts: now.map(({ name, input, result }) => ({
          name,
          ...(input && { input }),
          ...(result && { result }),
        })),
      },
    );
    const difference = compareHeader(header, registry);
    expect(difference?.scripts).toEqual(["rule", "gone"]);
    expect(difference && describeDifference(difference)).toBe("other types of the script `rule`, `gone`");
  });
});
