/**
 * Contracts that show one thing each.
 */
import type { Contract } from "../../src/model/contract.ts";
import {
  alias,
  all,
  any,
  array,
  bigint,
  boolean,
  brand,
  bytes,
  contract,
  date,
  doc,
  element,
  error,
  index,
  interfaceOf,
  leaf,
  literal,
  map,
  never,
  nil,
  nonprimitive,
  nothing,
  number,
  object,
  overloaded,
  parameter,
  parameterOf,
  record,
  ref,
  set,
  string,
  template,
  tuple,
  typeParameter,
  undef,
  union,
  unknown,
} from "./build.ts";

const long = "aPropertyWithANameThatIsLongEnoughToFillAWholeLineOfEightyColumnsAllAlone";

const bannedEverywhere = "*/ } declare const evil: 1; /* ${x} ` \u2028 \u202e \r\n \ufeff \ud800 // \\";

export const samples = {
  empty: contract({}),
  emptyNamespace: contract({ db: {} }),
  quickstart: contract(
    {
      db: {
        query: leaf([string, parameter("params", array(ref("SqlValue")), "optional")], array(ref("Row")), {
          doc: doc(
            "Run one SQL statement.",
            { name: "param", parameter: "a", text: "The text of the statement." },
            { name: "returns", text: "One object a row." },
            { name: "throws", type: "NotFoundError", text: "when the table is missing." },
            { name: "example", text: '\nconst rows = await db.query("select 1");\nconsole.log(rows);\n' },
            { name: "timeout", text: "500ms" },
          ),
          policy: { timeoutMs: 500 },
          throws: [
            {
              name: "NotFoundError",
              shape: error("Error", { code: literal("ENOENT") }),
              description: "Missing.",
            },
          ],
        }),
      },
      greet: leaf([string], string, { mode: "sync", doc: doc("Says hello.") }),
    },
    [
      alias("SqlValue", union(string, number, nil, bytes)),
      interfaceOf("Row", object({}, [index("string", ref("SqlValue"))]), [], doc("One row.")),
    ],
  ),
  modes: contract({
    sync: leaf([], number, { mode: "sync" }),
    async: leaf([], number, { mode: "async" }),
    maybe: leaf([], union(string, nil), { mode: "maybe" }),
    nothing: leaf([], nothing, { mode: "sync" }),
    nothingLater: leaf([], nothing, { mode: "async" }),
    never: leaf([], never, { mode: "sync" }),
  }),
  primitives: contract({
    f: leaf([any, unknown, undef, nil, boolean, number, string, bigint, nonprimitive, date, bytes], nothing),
  }),
  unions: contract(
    {
      f: leaf(
        [
          union(string, number, nil, date, bytes),
          union(boolean, unknown, object({ a: string })),
          union(ref("Loose"), nil),
          union(string, ref("Loose")),
        ],
        union(undef, nil, string, number, boolean, bigint, date, bytes),
      ),
    },
    [alias("Loose", union(array(ref("Loose")), unknown, number))],
  ),
  literals: contract({
    f: leaf(
      [
        union(
          literal("a"),
          literal('b"'),
          literal("it's"),
          literal(1),
          literal(-0),
          literal(5n),
          literal(true),
        ),
        literal(bannedEverywhere),
        literal(Infinity),
      ],
      nothing,
    ),
  }),
  templates: contract({
    f: leaf(
      [template(["user-", ""], number), template([bannedEverywhere, "`${", ""], string, bigint)],
      nothing,
    ),
  }),
  collections: contract({
    f: leaf(
      [
        map(string, array(union(string, number))),
        { kind: "map", key: string, value: number, readonly: true },
        set(string),
        { kind: "set", element: string, readonly: true },
        array(string, true),
        array(array(union(string, nil), true)),
        tuple(string, element(number, "optional"), element(boolean, "rest")),
        tuple(
          element(string, "one", "name"),
          element(number, "optional", "age"),
          element(date, "rest", "seen"),
        ),
        tuple(),
        { kind: "tuple", elements: [], readonly: true },
      ],
      nothing,
    ),
  }),
  objects: contract({
    f: leaf(
      [
        object({ id: string, "name?": union(string, undef), "mail?": string }),
        object({ [long]: number, "my key": number, "0": number, delete: string, [bannedEverywhere]: string }),
        object({ id: string }, [index("string", string)]),
        object({}, [index("number", string), index(template(["data-", ""], string), number)]),
        record(number),
        object({}),
      ],
      nothing,
    ),
  }),
  intersections: contract(
    {
      f: leaf(
        [
          all(ref("A"), ref("B"), object({ c: string })),
          all(object({ a: string }), object({ b: number })),
          array(all(ref("A"), ref("B"))),
          brand(string, { __brand: literal("UserId") }),
          array(brand(string, { __brand: literal("UserId") })),
        ],
        nothing,
      ),
    },
    [
      interfaceOf("A", object({ a: string })),
      alias("B", union(object({ b: number }), object({ b2: string }))),
    ],
  ),
  generics: contract(
    {
      list: leaf([ref("Page", ref("User"))], ref("Page", string)),
      tree: leaf([ref("Tree", number)], ref("Tree", ref("Page", ref("User")))),
      grow: leaf([ref("Grow", string)], nothing),
      pick: leaf([parameter("value", parameterOf("T"))], parameterOf("T"), {
        typeParameters: [typeParameter("T", ref("User"))],
      }),
      keys: leaf(
        [parameter("value", parameterOf("T")), parameter("key", parameterOf("K"))],
        {
          kind: "deferred",
          text: "Pick<T, K>",
          constraint: unknown,
          references: [],
        },
        {
          typeParameters: [
            typeParameter("T", ref("User")),
            typeParameter("K", { kind: "deferred", text: "keyof T", constraint: string, references: [] }),
          ],
        },
      ),
    },
    [
      interfaceOf("User", object({ id: string })),
      interfaceOf(
        "Page",
        object({ items: array(parameterOf("T")), "next?": ref("Page", parameterOf("T")) }),
        [typeParameter("T", null, string)],
      ),
      alias("Tree", union(parameterOf("T"), array(ref("Tree", parameterOf("T")))), [typeParameter("T")]),
      interfaceOf(
        "Grow",
        object({ value: parameterOf("T"), "next?": ref("Grow", array(parameterOf("T"))) }),
        [typeParameter("T")],
      ),
    ],
  ),
  globals: contract(
    { f: leaf([ref("Date"), date, map(string, string), ref("SecureExec"), ref("Bindings")], ref("Promise")) },
    [
      interfaceOf("Date", object({ year: number })),
      interfaceOf("Map", object({ map: string })),
      interfaceOf("Promise", object({ promise: string })),
      interfaceOf("Readonly", object({ readonly: string })),
      interfaceOf("SecureExec", object({ self: string })),
      interfaceOf("Bindings", object({ bindings: string })),
    ],
  ),
  overloads: contract({
    f: overloaded(
      leaf([string], string, { doc: doc("Two ways.") }),
      leaf([number, parameter("rest", string, "rest")], number),
    ),
  }),
  errors: contract(
    {
      f: leaf([error(), error("TypeError", { code: string })], error("RangeError"), {
        throws: [
          { name: "HttpError", shape: error("Error", { status: number, "body?": unknown }), description: "" },
          { name: "Other", shape: ref("Declared"), description: bannedEverywhere },
        ],
      }),
    },
    [interfaceOf("Declared", error("Error", { detail: string }))],
  ),
  hostile: contract(
    {
      größe: { 名前: leaf([parameter("class", string), parameter("not a name", number)], nothing) },
      f: leaf([object({ [bannedEverywhere]: string })], nothing, {
        doc: doc(
          bannedEverywhere,
          { name: "param", parameter: bannedEverywhere, text: bannedEverywhere },
          {
            name: "ts-ignore",
            text: "@ts-nocheck",
          },
        ),
      }),
      g: leaf([], nothing, { doc: doc("@ts-expect-error"), mode: "sync" }),
    },
    [interfaceOf("X", object({ a: string }), [], doc(bannedEverywhere))],
    "implementation",
    doc(bannedEverywhere),
  ),
} satisfies Record<string, Contract>;
