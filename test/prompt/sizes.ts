/**
 * What the table of `docs/prompt.md` is made of: contracts of some size, and the same functions as tools with a JSON Schema each, as the
 * interfaces of models take them.
 */
import type { Contract, Leaf } from "../../src/model/contract.ts";
import { walkLeaves } from "../../src/model/walk.ts";
import type { Shape } from "../../src/model/shape.ts";
import * as of from "../emit/build.ts";

/** Leaves in namespaces of eight; each takes a query of its own and gives items of its own, which share smaller types. */
export function contractOfSize(leaves: number): Contract {
  const indices = Array.from({ length: leaves }, (_, at) => at);
  const state = of.union(of.literal("open"), of.literal("done"), of.literal("void"));
  const declarations = [
    of.interfaceOf("Page", of.object({ offset: of.number, limit: of.number, "cursor?": of.string })),
    of.interfaceOf(
      "Money",
      of.object({ amount: of.number, currency: of.union(of.literal("EUR"), of.literal("USD")) }),
    ),
    ...indices.flatMap((at) => [
      of.interfaceOf(
        `Query${at}`,
        of.object({ text: of.string, states: of.array(state), page: of.ref("Page"), "min?": of.number }),
      ),
      of.interfaceOf(
        `Item${at}`,
        of.object({
          id: of.string,
          title: of.string,
          price: of.ref("Money"),
          tags: of.array(of.string),
          createdAt: of.date,
          state,
        }),
      ),
    ]),
  ];
  const tree = Object.groupBy(indices, (at) => `area${Math.floor(at / 8)}`);
  const members = Object.fromEntries(
    Object.entries(tree).map(([name, inside = []]) => [
      name,
      Object.fromEntries(
        inside.map((at) => [
          `find${at}`,
          of.leaf(
            [of.parameter("query", of.ref(`Query${at}`)), of.parameter("limit", of.number, "optional")],
            of.array(of.ref(`Item${at}`)),
            {
              doc: of.doc(
                `Finds items of kind ${at}, the newest first.\n\nAn empty text finds all of them; a page has at most 500 items.`,
                { name: "param", parameter: "query", text: "What is looked for." },
                { name: "param", parameter: "limit", text: "The most items to give back. Default: 50." },
                { name: "returns", text: "The items, with their price at the time of the call." },
              ),
            },
          ),
        ]),
      ),
    ]),
  );
  return of.contract(members, declarations);
}

/** As JSON without spaces. Most interfaces take what a tool is given alone; `withResults` says what it gives too. */
export function toolsText(contract: Contract, withResults: boolean): string {
  return JSON.stringify(
    [...walkLeaves(contract.root)].map((leaf) => ({
      ...toolOf(leaf, contract),
      ...(withResults ? { outputSchema: schemaOf(leaf.signatures[0].result, contract) } : {}),
    })),
  );
}

function toolOf({ path, doc, signatures }: Leaf, contract: Contract): object {
  const [{ parameters }] = signatures;
  const properties = parameters.map(({ name, shape }) => {
    const description = doc.tags.find((tag) => tag.parameter === name)?.text;
    return [name, { ...schemaOf(shape, contract), ...(description === undefined ? {} : { description }) }];
  });
  return {
    name: path.join("_"),
    description: doc.text,
    parameters: {
      type: "object",
      properties: Object.fromEntries(properties) as object,
      required: parameters.filter(({ quantity }) => quantity === "one").map(({ name }) => name),
      additionalProperties: false,
    },
  };
}

function schemaOf(shape: Shape, contract: Contract): object {
  switch (shape.kind) {
    case "string":
    case "number":
      return { type: shape.kind };
    case "array":
      return { type: "array", items: schemaOf(shape.element, contract) };
    case "union":
      return { enum: shape.members.map((member) => (member.kind === "literal" ? member.value : null)) };
    case "reference": {
      const named = contract.declarations.find(({ name }) => name === shape.name);
      if (named === undefined) throw new Error(`No type ${shape.name}`);
      return schemaOf(named.shape, contract);
    }
    case "object":
      return {
        type: "object",
        properties: Object.fromEntries(
          shape.properties.map((one) => [one.name, schemaOf(one.shape, contract)]),
        ) as object,
        required: shape.properties.filter(({ optional }) => !optional).map(({ name }) => name),
        additionalProperties: false,
      };
    case "builtin":
      return { type: "string", format: "date-time" };
    default:
      throw new Error(`No schema for ${shape.kind}`);
  }
}
