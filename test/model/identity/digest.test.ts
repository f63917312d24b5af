/**
 * What is the identity of a contract and what is not.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.ts";
import { digest, leafHashes } from "../../../src/model/identity/digest.ts";
import {
  compareHeader,
  describeDifference,
  headerLines,
  readHeader,
} from "../../../src/model/identity/header.ts";
import { sha256 } from "../../../src/model/identity/sha256.ts";
import { walkLeaves } from "../../../src/model/walk.ts";
import { emitDeclaration } from "../../../src/emit/declaration/declaration.ts";
import {
  alias,
  contract,
  doc,
  interfaceOf,
  leaf,
  nothing,
  number,
  object,
  parameter,
  ref,
  string,
  union,
  type Tree,
} from "../../emit/build.ts";
import { load } from "../../emit/load.ts";
import { arbitraryContract } from "../../emit/shapes.ts";

const row = interfaceOf("Row", object({ id: string, total: number }));
const value = alias("Value", union(string, number));
const base: Tree = {
  db: { query: leaf([parameter("sql", string), ref("Value")], ref("Row")) },
  greet: leaf([string], string, { mode: "sync" }),
};
const plain = contract(base, [row, value]);

function hashes(of: Contract): ReadonlyMap<string, string> {
  return leafHashes([...walkLeaves(of.root)], of.declarations);
}

describe("sha256", () => {
  it("is the standard's, for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash("sha256").update(text.toWellFormed(), "utf8").digest("hex"));
      }),
    );
  });
});

describe("the digest of a contract", () => {
  it("is a prefix and 64 hex digits", () => {
    expect(digest(plain)).toMatch(/^sha256-[0-9a-f]{64}$/u);
  });

  const same: Readonly<Record<string, Contract>> = {
    "documentation is edited": contract(
      { ...base, greet: leaf([string], string, { mode: "sync", doc: doc("Hello.") }) },
      [interfaceOf("Row", object({ id: string, total: number }), [], doc("A row.")), value],
    ),
    "members are reordered": contract({ greet: base["greet"]!, db: base["db"]! }, [row, value]),
    "properties are reordered": contract(base, [
      interfaceOf("Row", object({ total: number, id: string })),
      value,
    ]),
    "a union is reordered": contract(base, [row, alias("Value", union(number, string))]),
    "a parameter is renamed": contract(
      { ...base, db: { query: leaf([parameter("text", string), ref("Value")], ref("Row")) } },
      [row, value],
    ),
    "the style changes": contract(base, [row, value], "contract"),
  };
  for (const [what, changed] of Object.entries(same)) {
    it(`stays when ${what}`, () => expect(digest(changed)).toBe(digest(plain)));
  }

  const different: Readonly<Record<string, Contract>> = {
    "a parameter's type changes": contract({ ...base, greet: leaf([number], string, { mode: "sync" }) }, [
      row,
      value,
    ]),
    "the mode changes": contract({ ...base, greet: leaf([string], string) }, [row, value]),
    "a declared type changes": contract(base, [
      interfaceOf("Row", object({ id: number, total: number })),
      value,
    ]),
    "a policy changes": contract(
      { ...base, greet: leaf([string], string, { mode: "sync", policy: { maxCalls: 1 } }) },
      [row, value],
    ),
    "a leaf is added": contract({ ...base, wait: leaf([number], nothing) }, [row, value]),
    "an empty namespace is added": contract({ ...base, mail: {} }, [row, value]),
    "a leaf moves": contract({ say: { greet: base["greet"]! }, db: base["db"]! }, [row, value]),
  };
  for (const [what, changed] of Object.entries(different)) {
    it(`changes when ${what}`, () => expect(digest(changed)).not.toBe(digest(plain)));
  }
});

describe("leaf hashes", () => {
  it("change for the leaves that reach what changed, and for no others", () => {
    const changed = contract(base, [interfaceOf("Row", object({ id: number, total: number })), value]);
    expect(hashes(changed).get("db.query")).not.toBe(hashes(plain).get("db.query"));
    expect(hashes(changed).get("greet")).toBe(hashes(plain).get("greet"));
  });

  it("are the same from a contract and from the registry emitted for it", () => {
    fc.assert(
      fc.property(arbitraryContract, (any) => {
        const { registry, raw } = load(any);
        expect(leafHashes(raw, registry.declarations)).toEqual(hashes(any));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the header of a declaration", () => {
  it("is read back from what was emitted, whatever a check-out did to it", () => {
    const text = emitDeclaration(plain);
    for (const variant of [text, text.replaceAll("\n", "\r\n"), `\uFEFF${text}`]) {
      const header = readHeader(variant);
      expect(header.digest).toBe(digest(plain));
      expect(header.leaves).toEqual(hashes(plain));
    }
  });

  it("is not taken from further down", () => {
    const forged = `declare const x: 1;\n${headerLines({ digest: digest(plain), leaves: hashes(plain) }).join("\n")}`;
    expect(readHeader(forged)).toMatchObject({ digest: null, leaves: new Map() });
  });

  it("says what a registry has and the declaration has not", () => {
    const { registry } = load(plain);
    expect(compareHeader(readHeader(emitDeclaration(plain)), registry)).toBeNull();
    const other = contract({ db: { query: leaf([string], ref("Row")) }, wait: leaf([number], nothing) }, [
      row,
      value,
    ]);
    const difference = compareHeader(readHeader(emitDeclaration(other)), registry);
    expect(difference).toMatchObject({ added: ["greet"], removed: ["wait"], changed: ["db.query"] });
    expect(describeDifference(difference!)).toBe("added `greet`; removed `wait`; changed `db.query`");
  });
});
