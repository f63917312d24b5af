/**
 * What is to be done with a call, for each thing that a journal may say of it.
 */
import { expect, it } from "vitest";
import type { RegistryLeaf } from "../../../src/model/registry.ts";
import type { RecordedCall } from "../../../src/runtime/journal/history.ts";
import { afterDoubt, stepOf } from "../../../src/runtime/journal/step.ts";

const leaf = { name: "pay", mode: "sync", path: ["pay"], policy: {} } as unknown as RegistryLeaf;
const idempotent = { ...leaf, policy: { idempotent: true } } as unknown as RegistryLeaf;
const begun: RecordedCall = {
  leaf: "pay",
  args: "",
  reply: null,
  later: false,
  isOpen: true,
  waits: 0,
  answers: [],
  reason: null,
};
const error = { name: "Error", message: "another call", stack: "" };

const cases: readonly (readonly [string, Parameters<typeof stepOf>, object])[] = [
  [
    "stops at another call than the recorded one",
    [{ number: 0, recorded: begun, error }, leaf, 5],
    { kind: "stop", error },
  ],
  [
    "makes one that is new",
    [{ number: 4, recorded: undefined, error: null }, leaf, 5],
    { kind: "make", answer: undefined },
  ],
  [
    "lets a thousand be refused, because the script hears of it",
    [{ number: 1004, recorded: undefined, error: null }, leaf, 5],
    { kind: "make" },
  ],
  [
    "stops at the next",
    [{ number: 1005, recorded: undefined, error: null }, leaf, 5],
    { kind: "stop", error: { code: "ERR_BINDING_LIMIT" } },
  ],
  [
    "stops at one that the guest side could have answered itself",
    [{ number: 0, recorded: { ...begun, isOpen: false, reply: ["value", 1] }, error: null }, leaf, 5],
    { kind: "stop", error: { code: "ERR_SANDBOX_CRASHED" } },
  ],
  [
    "waits for one that nobody has answered",
    [{ number: 0, recorded: { ...begun, isOpen: false, waits: 1, later: true }, error: null }, leaf, 5],
    { kind: "wait", later: true, reason: null },
  ],
  [
    "makes one that was answered meanwhile, and tells it",
    [
      {
        number: 0,
        recorded: { ...begun, isOpen: false, waits: 1, answers: [{ approved: true }] },
        error: null,
      },
      leaf,
      5,
    ],
    { kind: "make", answer: { approved: true } },
  ],
  [
    "doubts one that was begun",
    [{ number: 0, recorded: begun, error: null }, leaf, 5],
    { kind: "doubt", answers: [] },
  ],
  [
    "makes it again when that changes nothing",
    [{ number: 0, recorded: begun, error: null }, idempotent, 5],
    { kind: "make" },
  ],
  [
    "makes again one that was left",
    [{ number: 0, recorded: { ...begun, isOpen: false }, error: null }, leaf, 5],
    { kind: "make" },
  ],
];

it.each(cases)("%s", (_name, given, step) => expect(stepOf(...given)).toMatchObject(step));

it("does with a call in doubt what the host has decided", () => {
  const call = { number: 2, leaf, answers: [{ approved: true }] };
  expect(afterDoubt("stop", call)).toMatchObject({ kind: "stop", error: { code: "ERR_JOURNAL_IN_DOUBT" } });
  expect(afterDoubt("repeat", call)).toMatchObject({ kind: "make", answer: { approved: true } });
  expect(afterDoubt({ result: 7 }, call)).toMatchObject({ kind: "make", answer: { result: { value: 7 } } });
});
