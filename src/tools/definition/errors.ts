/** The errors that a definition declares: what a script can tell apart when a call fails. */
import { nowhere, type Declaration, type DocTag } from "../../model/contract.ts";
import type { Property, Shape } from "../../model/shape.ts";

export function thrownTags(isHttp: boolean): readonly DocTag[] {
  const failed = isHttp ? "when there is no answer, or one that was not promised" : "when the tool fails";
  return [
    ...(isHttp ? [{ name: "throws", type: "HttpError", text: "when the answer is no success" }] : []),
    { name: "throws", type: "ToolError", text: failed },
  ];
}

export function errorDeclarations(others: readonly "HttpError"[]): readonly Declaration[] {
  return [
    errorOf("ToolError", "A call that failed. `code` says how, `tool` is the far side's name of the tool.", [
      property("code", {
        kind: "union",
        members: ["ERR_TOOL_ARGUMENT", "ERR_TOOL_FAILED", "ERR_TOOL_RESULT"].map((value) => ({
          kind: "literal",
          type: "string",
          value,
        })),
      }),
      property("tool", { kind: "string" }),
    ]),
    ...(others.includes("HttpError")
      ? [
          errorOf("HttpError", "An answer that is no success: its status, and its body as JSON or text.", [
            property("code", { kind: "literal", type: "string", value: "ERR_TOOL_FAILED" }),
            property("tool", { kind: "string" }),
            property("status", { kind: "number" }),
            property("body", { kind: "unknown" }),
          ]),
        ]
      : []),
  ];
}

function errorOf(name: string, text: string, properties: readonly Property[]): Declaration {
  return {
    name,
    kind: "interface",
    typeParameters: [],
    shape: { kind: "error", name: "Error", properties },
    doc: { text, tags: [] },
    source: nowhere,
  };
}

function property(name: string, shape: Shape): Property {
  return { name, shape, optional: false, readonly: false };
}
