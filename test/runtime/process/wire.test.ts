import fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";
import { decode, encode } from "../../../src/runtime/crossing/host-codec.ts";
import { MalformedValue, type Message } from "../../../src/runtime/crossing/message.ts";
import { readOutcome } from "../../../src/runtime/process/outcome.ts";
import { ownFrame, signalFrame } from "../../../src/runtime/process/wire/layout.ts";
import {
  callFrame,
  consoleFrame,
  endFrame,
  readWorkerFrame,
  readyFrame,
  replayedFrame,
  type WorkerFrame,
} from "../../../src/runtime/process/wire/worker-frames.ts";
import {
  readSupervisorFrame,
  replyFrame,
  runFrame,
} from "../../../src/runtime/process/wire/supervisor-frames.ts";
import { MalformedFrame } from "../../../src/runtime/process/wire/malformed.ts";
import { FrameReader } from "../../../src/runtime/process/wire/reader.ts";
import type { Arguments, Reply } from "../../../src/runtime/seam.ts";
import { crossing } from "../crossing/arbitrary.ts";
import { bytesOf } from "../crossing/bytes.ts";
import { difference } from "../crossing/same.ts";
import { answered, messageOf, openDelivery, opened, refused } from "../support/values.ts";

function call(args: Arguments): Message {
  const frame = readWorkerFrame(callFrame("callSync", 7, 8, 9, args));
  if (frame.kind !== "callSync") throw new Error("wrong kind");
  expect([frame.run, frame.id, frame.leaf]).toEqual([7, 8, 9]);
  return frame.args;
}

describe("frames", () => {
  const answer = (reply: Reply): unknown => {
    const frame = readSupervisorFrame(replyFrame(1, 2, reply));
    if (frame.kind !== "reply") throw new Error("wrong kind");
    expect([frame.run, frame.id, frame.isPending]).toEqual([1, 2, reply.kind === "pending"]);
    return openDelivery(frame.answer);
  };

  it("carry any value unchanged, in both directions", () => {
    fc.assert(
      fc.property(crossing, (make) => {
        const value = make();
        expect(difference([value], opened(call(messageOf([value])))), inspect(value)).toBe(undefined);
        const { value: copy } = answer(answered(value)) as { value: unknown };
        expect(difference(value, copy), inspect(value)).toBe(undefined);
        const end = readWorkerFrame(
          endFrame(1, { kind: "ok", exports: messageOf(value), usage: { cpuMs: 1, heapBytes: 2 } }),
        );
        if (end.kind !== "end") throw new Error("wrong kind");
        expect(difference(value, opened(end.end.value))).toBe(undefined);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([undefined, null, true, false, 0, -0, 1.5, NaN, 2 ** 40, "", "text", "€", "x".repeat(5000)])(
    "carry the primitive %s as itself",
    (value) => {
      expect(opened(call([value, value]))).toStrictEqual([value, value]);
      expect(readSupervisorFrame(replyFrame(1, 2, { kind: "value", value }))).toMatchObject({
        answer: typeof value === "string" ? `s${value}` : value,
      });
    },
  );

  it("carry whether the worker is awake beside the leaf of a call", () => {
    const read = (isAwake: boolean): WorkerFrame =>
      readWorkerFrame(callFrame("callAsync", 7, 8, 9, [1], isAwake));
    expect(read(true)).toMatchObject({ leaf: 9, isAwake: true });
    expect(read(false)).toMatchObject({ leaf: 9, isAwake: false });
  });

  it("carry errors and the word that an answer follows", () => {
    const error = Object.assign(new RangeError("no", { cause: 1 }), { code: "E" });
    const copy = answer(refused(error)) as { kind: string; value: RangeError };
    expect(copy.kind).toBe("error");
    expect(difference(error, copy.value)).toBe(undefined);
    expect(answer({ kind: "pending" })).toEqual({ kind: "pending", id: 2 });
  });

  it("carry what is no value of a script", () => {
    expect(readWorkerFrame(signalFrame("born"))).toEqual({ kind: "born" });
    expect(readWorkerFrame(readyFrame(12_345))).toEqual({ kind: "ready", residentKib: 12_345 });
    expect(readWorkerFrame(signalFrame("started", 5))).toEqual({ kind: "started", run: 5 });
    const line = { kind: "console", run: 3, level: "warn", text: "ünï\ncödé" } as const;
    expect(readWorkerFrame(consoleFrame(3, "warn", line.text))).toEqual(line);
    const setup = { leaves: [{ path: ["a"], mode: "sync" }], limits: { memoryMb: 8 }, module: null };
    expect(readSupervisorFrame(ownFrame("setup", setup))).toEqual({ kind: "setup", setup });
    const counted = { calls: 1, argumentBytes: 2, resultBytes: 3, consoleBytes: 4 };
    const failed = {
      name: "Error",
      message: "m",
      stack: "s",
      code: "C",
      cause: { name: "E", message: "", stack: "" },
    };
    const outcome = {
      kind: "error",
      error: failed,
      usage: { cpuMs: 1.5, heapBytes: 2 ** 40, detached: 3 },
    } as const;
    const end = readWorkerFrame(endFrame(9, outcome, counted));
    if (end.kind !== "end") throw new Error("wrong kind");
    expect([end.run, end.end.hostUsage, readOutcome(end.end)]).toEqual([9, counted, outcome]);
  });

  it("carry what a journal has of calls, and which of them were made again", () => {
    expect(readWorkerFrame(signalFrame("recorded", 3))).toEqual({ kind: "recorded", run: 3 });
    const piece = {
      events: [0, 2, -1],
      tags: "0123456789abcdef".repeat(2),
      how: [2, 0, 1],
      values: ["ünï", new Uint8Array([1, 2])],
      isLast: true,
    };
    expect(readSupervisorFrame(ownFrame("piece", piece, 4))).toEqual({ kind: "piece", run: 4, piece });
    const digests = "0".repeat(64) + "f".repeat(64);
    const frame = replayedFrame(5, [7, 2 ** 32 - 1], digests);
    expect(readWorkerFrame(frame)).toEqual({ kind: "replayed", run: 5, leaves: [7, 2 ** 32 - 1], digests });
    for (let length = 12; length < frame.length; length++)
      expect(() => readWorkerFrame(frame.subarray(0, length))).toThrow(MalformedFrame);
    expect(() => readWorkerFrame(replayedFrame(5, [], ""))).toThrow("calls that are none");
  });

  it("carry a script, with globals and without", () => {
    const script = { source: "export default 1", filename: "a.ts", language: "auto", globals: null } as const;
    for (const more of [
      {},
      { onDetached: "warn" },
      { imports: "static" },
      { replay: { seed: "0", looks: [1, 2] } },
    ] as const) {
      const order = { script: { ...script, ...more } };
      expect(readSupervisorFrame(runFrame(4, order))).toEqual({ kind: "run", run: 4, ...order });
    }
    const globals = messageOf({ input: [new Uint8Array([1, 2])] });
    const limits = { memoryMb: 8, cpuMs: 1, wallMs: 2, payloadBytes: 3, consoleBytes: 4 };
    const bytes = runFrame(4, { script: { ...script, globals, limits } });
    const read = readSupervisorFrame(bytes);
    // Nothing in what was read lies in the memory of the frame.
    bytes.fill(0);
    if (read.kind !== "run" || read.script.globals === null) throw new Error("wrong kind");
    expect(opened(read.script.globals)).toEqual({ input: [new Uint8Array([1, 2])] });
    expect(read.script.limits).toEqual(limits);
  });

  it("keep holes, and properties beside elements", () => {
    const holes = [1, , 3]; // prettier-ignore
    expect(Object.keys((opened(call(messageOf([holes]))) as unknown[][])[0]!)).toEqual(["0", "2"]);
    const [match] = opened(call(messageOf([/a/.exec("a")]))) as unknown[];
    expect(match).toHaveProperty("index", 0);
  });

  it("keep the identity of errors", () => {
    const error = new TypeError("no");
    const [a, b, c] = opened(call(messageOf([error, error, new TypeError("no")]))) as Error[];
    expect([a === b, a === c, a instanceof TypeError]).toEqual([true, false, true]);
  });

  it("hold their words on a border of words, where many are read in place", () => {
    const bytes = callFrame("callSync", 1, 1, 0, messageOf(Array.from({ length: 40 }, (_, at) => at + 0.5)));
    const frame = readWorkerFrame(bytes);
    if (frame.kind !== "callSync") throw new Error("wrong kind");
    expect(frame.args.words.buffer).toBe(bytes.buffer);
    const moved = Buffer.concat([Buffer.of(0), bytes]).subarray(1);
    expect(readWorkerFrame(moved)).toMatchObject({ kind: "callSync", run: 1 });
  });
});

describe("the frame reader", () => {
  it("finds the same frames however the bytes are cut", () => {
    const frames = [
      callFrame("callAsync", 1, 2, 3, [1]),
      consoleFrame(1, "warn", "ü".repeat(300)),
      callFrame("callSync", 1, 3, 0, messageOf([{ a: "x".repeat(1000) }])),
    ];
    const bytes = Buffer.concat(frames);
    for (const size of [1, 2, 3, 5, 7, 64, 10_000]) {
      const reader = new FrameReader(10_000);
      const found: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        reader.push(bytes.subarray(at, at + size));
        for (let frame = reader.next(); frame; frame = reader.next()) found.push(Buffer.from(frame));
      }
      expect(found).toEqual(frames);
    }
  });

  it("refuses a length over the limit before it allocates, and an empty frame", () => {
    const reader = new FrameReader(1024);
    reader.push(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]));
    expect(() => reader.next()).toThrow(MalformedFrame);
    const split = new FrameReader(1024);
    split.push(Buffer.from([0xff, 0xff]));
    expect(split.next()).toBe(null);
    split.push(Buffer.from([0xff, 0xff]));
    expect(() => split.next()).toThrow(MalformedFrame);
    const empty = new FrameReader(1024);
    empty.push(Buffer.from([0, 0, 0, 0]));
    expect(() => empty.next()).toThrow(MalformedFrame);
  });
});

describe("hostile bytes", () => {
  const payloadLimit = 2 ** 20;
  const values: unknown[] = [
    [{ a: [1, 2n, new Map([[1, "x"]]), new Uint8Array(4), new Date(0), /x/g] }],
    [{ id: 1, name: "Ada", tags: ["a", "b"] }, { id: 2, name: "Grace", tags: [] }, { id: 3, name: "€", tags: null }],
    [Object.assign([1, , 3], { index: 0 }), new Set(["a", {}]), 2n ** 80n, -1.5, Object("s"), Object(2n)],
    [Object.assign(new AggregateError([new TypeError("t")], "m", { cause: new Map() }), { code: "C", n: [1] })],
    [new Float64Array([1, 2]), new DataView(new ArrayBuffer(3), 1), new ArrayBuffer(9), new Uint8Array(20_000)],
    [{ 1: "a", 0: "b", toString: 1 }, { 1: 2, 0: 3, toString: 4 }, "x".repeat(2_000)],
  ]; // prettier-ignore
  const shared = { list: [] as unknown[], map: new Map<unknown, unknown>() };
  shared.list.push(shared, shared.list, shared.map, new Uint8Array(shared.list.length).buffer);
  shared.map.set(shared, shared.list);
  const goods = [
    ...[...values, [shared]].map((value) => callFrame("callSync", 1, 1, 0, messageOf(value))),
    ...values.map((exports) =>
      endFrame(1, { kind: "ok", exports: messageOf(exports), usage: { cpuMs: 1, heapBytes: 1 } }),
    ),
    endFrame(1, {
      kind: "error",
      error: { name: "E", message: "m", stack: "s", cause: { name: "E", message: "m", stack: "s" } },
      usage: { cpuMs: 1, heapBytes: 1 },
    }),
    consoleFrame(1, "error", "a line with ünïcödé"),
    readyFrame(5000),
    signalFrame("started", 1),
  ];

  interface Mutation {
    readonly good: number;
    readonly changes: readonly (readonly [at: number, byte: number])[];
    readonly cut: number | undefined;
    readonly inserted: readonly [at: number, bytes: Uint8Array] | undefined;
    readonly swapped: readonly [from: number, to: number, length: number] | undefined;
  }
  /** Bytes that mean something: small numbers, tags of words, the highest bit. */
  const byte = fc.oneof(fc.nat({ max: 255 }), fc.nat({ max: 15 }), fc.constantFrom(0, 0x80, 0xff, 0x7f));
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    good: fc.nat(),
    changes: fc.array(fc.tuple(fc.nat(), byte), { maxLength: 4 }),
    cut: fc.option(fc.nat(), { nil: undefined, freq: 4 }),
    inserted: fc.option(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })), {
      nil: undefined,
      freq: 4,
    }),
    swapped: fc.option(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(1, 4, 8)), { nil: undefined, freq: 4 }),
  });

  /** The first half of the places is the head and the words, where nearly all of a frame's meaning is. */
  const place = (at: number, length: number): number =>
    at % 2 === 0 ? (at >>> 1) % Math.min(length, 160) : (at >>> 1) % length;

  function mutated({ good, changes, cut, inserted, swapped }: Mutation): Buffer {
    let bytes = Buffer.from(goods[good % goods.length]!);
    for (const [at, byte] of changes) bytes[place(at, bytes.length)] = byte;
    if (swapped !== undefined) {
      const [from, to, size] = swapped;
      const last = Math.max(1, bytes.length - size);
      const [a, b] = [place(from, last), place(to, last)];
      const [left, right] = [
        Buffer.from(bytes.subarray(a, a + size)),
        Buffer.from(bytes.subarray(b, b + size)),
      ];
      bytes.set(right, a);
      bytes.set(left, b);
    }
    if (inserted !== undefined) {
      const at = place(inserted[0], bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, at), inserted[1], bytes.subarray(at)]);
    }
    return cut === undefined ? bytes : bytes.subarray(0, place(cut, bytes.length));
  }

  /** What a supervisor makes of the bytes, in a word. Throws what nobody foresaw. */
  function verdict(bytes: Buffer): string {
    let frame: WorkerFrame;
    try {
      frame = readWorkerFrame(bytes, 4096);
    } catch (error) {
      if (error instanceof MalformedFrame || error instanceof MalformedValue) return error.message;
      throw error;
    }
    if (frame.kind === "end" && frame.end.how !== "ok") {
      try {
        return inspect(readOutcome(frame.end));
      } catch (error) {
        if (error instanceof MalformedFrame) return error.message;
        throw error;
      }
    }
    if (frame.kind === "end") return valueVerdict(frame.end.value);
    return "args" in frame ? valueVerdict(frame.args) : frame.kind;
  }

  function valueVerdict(message: Message): string {
    const decoded = decode(message, payloadLimit);
    if (!decoded.ok) return decoded.reason;
    expect(decoded.bytes).toBeLessThanOrEqual(payloadLimit);
    // Whatever it is, a host function may give it back.
    const again = encode(decoded.value, payloadLimit);
    return again.ok ? `read ${bytesOf(again.message).toString("base64")}` : again.refusal.code;
  }

  const numRuns = Number(process.env["ISOBIND_FUZZ"] ?? 20_000);
  it(`made from good frames end in a value, a refusal or a malformed frame, ${numRuns} times`, { timeout: 3_600_000 }, () => {
    let most = 0;
    const before = process.memoryUsage().rss;
    let runs = 0;
    fc.assert(
      fc.property(mutation, (mutation) => {
        const bytes = mutated(mutation);
        const first = verdict(bytes);
        expect(verdict(bytes)).toBe(first);
        if (runs++ % 1_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
      }),
      { numRuns, ...(numRuns > 20_000 && { endOnFailure: true }) },
    );
    expect(most).toBeLessThan(512 * 2 ** 20);
    // And good ones are still read.
    for (const good of goods.slice(0, values.length)) expect(verdict(good)).toMatch(/^read /);
  }); // prettier-ignore

  it("of no order end in a frame or a malformed one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 10 }), fc.boolean(), (body, kind, isValue) => {
        const head = [0, 0, 0, 0, kind, 0, 0, 0, 1, 0, 0, 0];
        const value = [1, 0, 0, 0, 0, 0, 0, 0, format.version, 1 + (body.length % 2), 0, 0];
        verdict(Buffer.from([...head, ...(isValue ? value : []), ...body]));
      }),
      { numRuns: 5_000 },
    );
  }); // prettier-ignore

  it("made of words of any kind end in a value or a refusal", () => {
    const tags = Object.values(format.tag);
    const small = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 20 }), fc.constantFrom(2 ** 28 - 1, 1023));
    const anyWord = fc.tuple(small, fc.constantFrom(...tags)).map(([number, tag]) => (number << 4) | tag);
    const words = fc.array(anyWord, { minLength: 1, maxLength: 40 });
    const text = fc.oneof(fc.constantFrom("", "aabbccddeeff001122"), fc.string({ maxLength: 30 }));
    let read = 0;
    fc.assert(
      fc.property(words, text, fc.uint8Array({ maxLength: 12 }), (words, text, bytes) => {
        const message = {
          words: Int32Array.from(words),
          from: 0,
          to: words.length,
          text,
          isWide: /[^\0-\xff]/.test(text),
          bytes: bytes.length > 0 ? [bytes] : [],
          ownsBytes: false,
        };
        const first = valueVerdict(message);
        expect(valueVerdict(message)).toBe(first);
        // What may be left over is cut off, so that more than chance is read.
        for (let to = 1; to <= words.length; to++) {
          for (const letters of [0, 1, 2, text.length]) {
            const cut = { ...message, to, text: text.slice(0, letters), bytes: [] };
            if (valueVerdict(cut).startsWith("read")) read++;
          }
        }
      }),
      { numRuns: Math.min(numRuns / 10, 50_000) },
    );
    expect(read).toBeGreaterThan(numRuns / 100);
  });
});
