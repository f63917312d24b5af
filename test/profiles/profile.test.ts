/**
 * Which leaves a profile has, by the tags alone; what is dropped with them; and what scripts are told.
 */
import { describe, expect, it } from "vitest";
import type { Contract } from "../../src/model/contract.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { digest } from "../../src/model/identity/digest.ts";
import { compareHeader, describeDifference, readHeader } from "../../src/model/identity/header.ts";
import { explainExcluded, isProfileName, memberships } from "../../src/model/profile.ts";
import { walkLeaves, walkNamespaces } from "../../src/model/walk.ts";
import { diffContracts } from "../../src/diff/diff.ts";
import { emitContractJson } from "../../src/emit/contract-json.ts";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { checkProfiles } from "../../src/profiles/check-profiles.ts";
import { profiles } from "../../src/profiles/profile.ts";
import { sideOf } from "../diff/sides.ts";

const { contract } = sideOf(`
interface Row { id: string }
interface Plan { name: string; next?: Plan }
export interface Bindings {
  greet(name: string): string;
  /** @profile admin, pro */
  db: {
    insert(row: Row): Promise<void>;
    /** @profile admin, audit */
    drop(): Promise<Plan>;
  };
  /** @profile admin */
  system: { deep: { repair(): void }; empty: {} };
  spare: {};
}
`);

const namesOf = (one: Contract): string[] => [...walkLeaves(one.root)].map(({ path }) => path.join("."));
const part = (name: string) => {
  const found = profiles(contract).find((one) => one.name === name);
  if (!found) throw new Error(`no profile ${name}`);
  return found;
};

describe("membership", () => {
  it("is the intersection of the tags on the way; without a tag, everyone's", () => {
    const found = [...memberships(contract.root)].map(([{ path }, names]) => [path.join("."), names]);
    expect(Object.fromEntries(found)).toEqual({
      greet: null,
      "db.insert": ["admin", "pro"],
      "db.drop": ["admin"],
      "system.deep.repair": ["admin"],
    });
  });

  it("intersects two tags beside one leaf too: fewer powers, never more", () => {
    const { contract: twice } = sideOf(
      "export interface Bindings {\n  /**\n   * @profile admin, pro\n   * @profile pro, free\n   */\n  a(): void;\n}",
    );
    expect([...memberships(twice.root).values()]).toEqual([["pro"]]);
  });

  it("reaches through names: a tag on the type that a part of the tree only mentions counts", () => {
    const { contract: named } = sideOf(`
      /** @profile admin */
      interface System { repair(): void }
      /** @profile admin, pro */
      type Alias = { write(): void };
      /** @profile admin */
      type Drop = (table: string) => void;
      /** @profile admin */
      interface Callable { (table: string): void }
      /** @profile pro */
      interface Inherited { extra(): void }
      export interface Bindings extends Inherited {
        system: System;
        picked: Pick<System, "repair">;
        both: System & { own(): void };
        /** @profile admin */
        alias: Alias;
        drop: Drop;
        callable: Callable;
      }`);
    const found = [...memberships(named.root)].map(([{ path }, names]) => [path.join("."), names]);
    expect(Object.fromEntries(found)).toEqual({
      extra: ["pro"],
      "system.repair": ["admin"],
      "picked.repair": ["admin"],
      "both.repair": ["admin"],
      "both.own": null,
      "alias.write": ["admin"],
      drop: ["admin"],
      callable: ["admin"],
    });
    const { contract: wrong } = sideOf(
      "/** @profile Admin */\ninterface System {\n  a(): void;\n  b(): void;\n}\nexport interface Bindings {\n  system: System;\n}",
    );
    expect(checkProfiles(wrong)).toHaveLength(1);
  });

  it("starts at the root, which is a namespace like others", () => {
    const { contract: whole } = sideOf("/** @profile admin */\nexport interface Bindings {\n  a(): void;\n}");
    expect([...memberships(whole.root).values()]).toEqual([["admin"]]);
  });
});

describe("profiles", () => {
  it("are the names in tags and those of the config, sorted", () => {
    expect(profiles(contract).map(({ name }) => name)).toEqual(["admin", "audit", "pro"]);
    expect(profiles(contract, ["pro", "free"]).map(({ name }) => name)).toEqual([
      "admin",
      "audit",
      "free",
      "pro",
    ]);
    expect(profiles(sideOf("export interface Bindings { a(): void }").contract)).toEqual([]);
  });

  it("have their leaves, and know the others with mode and profiles", () => {
    expect(namesOf(part("admin").contract)).toEqual(namesOf(contract));
    expect(namesOf(part("pro").contract)).toEqual(["greet", "db.insert"]);
    expect(namesOf(part("audit").contract)).toEqual(["greet"]);
    expect(part("pro").excluded).toEqual([
      { path: ["db", "drop"], mode: "async", profiles: ["admin"] },
      { path: ["system", "deep", "repair"], mode: "sync", profiles: ["admin"] },
    ]);
  });

  it("drop namespaces that lost their last leaf, and keep the author's own empty ones", () => {
    const namespaces = [...walkNamespaces(part("audit").contract.root)].map(({ path }) => path.join("."));
    expect(namespaces).toEqual(["", "spare"]);
  });

  it("drop the types that only excluded leaves mention", () => {
    expect(contract.declarations.map(({ name }) => name)).toEqual(["Plan", "Row"]);
    expect(part("pro").contract.declarations.map(({ name }) => name)).toEqual(["Row"]);
    expect(part("audit").contract.declarations).toEqual([]);
  });

  it("have each a digest of its own, which a new leaf of another profile leaves alone", () => {
    const digests = [contract, ...profiles(contract).map((one) => one.contract)].map(digest);
    expect(new Set(digests).size).toBe(4);
    const more = sideOf(`export interface Bindings {
      /** @profile pro */ a(): void;
      /** @profile admin */ b(): void;
    }`);
    const less = sideOf("export interface Bindings {\n  /** @profile pro */ a(): void;\n}");
    const pro = (one: Contract) => profiles(one).find(({ name }) => name === "pro")?.contract;
    expect(digest(pro(more.contract)!)).toBe(digest(pro(less.contract)!));
  });

  it("survive contract.json", () => {
    const { contract: pro } = part("pro");
    const read = parseContract(emitContractJson(pro));
    expect(read.profile).toEqual(pro.profile);
    expect(digest(read)).toBe(digest(pro));
    expect(emitDeclaration(read)).toBe(emitDeclaration(pro));
  });

  it("lose a leaf with a breaking change, in their own contract and in the whole one", () => {
    const before = sideOf(
      "export interface Bindings {\n  /** @profile admin, pro */ a(): void;\n  b(): void;\n}",
    );
    const after = sideOf("export interface Bindings {\n  /** @profile admin */ a(): void;\n  b(): void;\n}");
    const kinds = (name: string | null) => {
      const [old, now] = [before.contract, after.contract].map((one) =>
        name === null ? one : profiles(one, ["pro"]).find((each) => each.name === name)?.contract,
      );
      return diffContracts(old!, now!).map(({ kind, class: grade }) => [kind, grade]);
    };
    expect(kinds("pro")).toEqual([["leaf-removed", "breaking"]]);
    expect(kinds("admin")).toEqual([]);
    expect(kinds(null)).toEqual([["profile-narrowed", "breaking"]]);
  });
});

describe("the explanation", () => {
  it.each([
    [["admin"], "`db.drop` is not in the profile `pro`; it is in `admin`."],
    [["admin", "team"], "`db.drop` is not in the profile `pro`; it is in `admin` and `team`."],
    [["a", "b", "c"], "`db.drop` is not in the profile `pro`; it is in `a`, `b` and `c`."],
  ])("names %j", (names, sentence) => {
    expect(explainExcluded({ path: ["db", "drop"], mode: "async", profiles: names }, "pro")).toBe(sentence);
  });
});

describe("the header of a declaration", () => {
  it("names the profile, so that two profiles with the same leaves are told apart", () => {
    const header = readHeader(emitDeclaration(part("audit").contract));
    expect(header.profile).toBe("audit");
    const registry = {
      kind: "isobind-registry",
      digest: "sha256-0",
      profile: "pro",
      excessProperties: "refuse",
      declarations: [],
      leaves: [],
      namespaces: [],
    } as const;
    const difference = compareHeader({ ...header, leaves: new Map() }, registry);
    expect(difference && describeDifference(difference)).toBe(
      "the profile `pro` instead of the profile `audit`",
    );
  });
});

describe("names of profiles", () => {
  it.each(["admin", "pro", "team-2", "x"])("`%s` is one", (name) => expect(isProfileName(name)).toBe(true));
  it.each(["", "Pro", "2fast", "a_b", "a.b", "../x", "a/b", "ä", "con", "lpt1", "a".repeat(65)])(
    "`%s` is none",
    (name) => expect(isProfileName(name)).toBe(false),
  );
});

describe("checkProfiles", () => {
  it("finds nothing in a contract without tags, and in one with good tags", () => {
    expect(checkProfiles(sideOf("export interface Bindings { a(): void }").contract)).toEqual([]);
    expect(checkProfiles(contract)).toEqual([]);
    expect(checkProfiles(contract, ["admin", "audit", "pro"])).toEqual([]);
  });

  it("refuses every name when the config lists none", () => {
    expect(checkProfiles(contract, []).map(({ code }) => code)).toEqual(
      Array.from({ length: 5 }, () => "policy-invalid"),
    );
  });
});
