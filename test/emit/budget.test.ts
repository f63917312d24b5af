import { describe, expect, it } from "vitest";
import { checkSize } from "../../src/check/size.ts";
import { emit } from "../../src/emit/emit.ts";
import { weigh } from "../../src/emit/budget.ts";
import { contract, interfaceOf, leaf, nothing, object, ref, string } from "./build.ts";

const huge = object(
  Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`aFieldWithALongName${at}`, string])),
);
const tree = contract(
  {
    small: leaf([ref("Small")], nothing),
    billing: { charge: leaf([ref("Invoice")], nothing) },
  },
  [
    interfaceOf("Small", object({ id: string })),
    interfaceOf("Invoice", object({ customer: ref("Customer"), small: ref("Small") })),
    interfaceOf("Customer", huge),
  ],
);

describe("the budget of a declaration", () => {
  it("knows which leaf and which type take most of it", () => {
    const [first, second] = weigh(tree);
    expect(first?.leaf.path).toEqual(["billing", "charge"]);
    expect(first?.largest?.name).toBe("Customer");
    expect(first?.bytes).toBeGreaterThan(100 * 1024);
    expect(second?.leaf.path).toEqual(["small"]);
    expect(second?.bytes).toBeLessThan(100);
  });

  it("is one finding that names the leaf, the type and a `Pick<>` that would do", () => {
    const files = emit(tree, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
    const [finding, ...others] = checkSize(tree, files, () => weigh(tree));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "type-too-large", path: ["billing", "charge"] });
    expect(finding?.message).toContain("In `billing.charge`, `Customer` is too large");
    expect(finding?.help).toContain('Pick<Customer, "aFieldWithALongName0" | "aFieldWithALongName1">');
  });

  it("does not weigh what is small enough", () => {
    const small = contract({ f: leaf([string], string) });
    const files = emit(small, { definitionImport: "../bindings.ts", excessProperties: "refuse" });
    const weighed = (): never => {
      throw new Error("weighed");
    };
    expect(checkSize(small, files, weighed)).toEqual([]);
  });
});
