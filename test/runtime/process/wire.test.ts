import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Parcel } from "../../../src/runtime/seam.ts";
import {
  callFrame,
  consoleFrame,
  readWorkerFrame,
  replyFrame,
  readSupervisorFrame,
} from "../../../src/runtime/process/wire/frame.ts";
import { MalformedFrame } from "../../../src/runtime/process/wire/malformed.ts";
import { FrameReader } from "../../../src/runtime/process/wire/reader.ts";

const primitive = fc.oneof(
  fc.constantFrom(undefined, null, true, false, -0, 0, NaN, Infinity, 2 ** 31, -(2 ** 31), 2 ** 53, ""),
  fc.integer(),
  fc.double(),
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.bigInt(),
);
const value = fc.oneof(
  primitive,
  fc.array(primitive, { maxLength: 20 }),
  fc.object({ withDate: true, withMap: true, withTypedArray: true }),
);

function call(args: Parcel): Parcel {
  const frame = readWorkerFrame(callFrame("callSync", 7, 8, 9, args));
  if (frame.kind !== "callSync") throw new Error("wrong kind");
  expect([frame.run, frame.id, frame.leaf]).toEqual([7, 8, 9]);
  return frame.args;
}

describe("frames", () => {
  it("carry any parcel unchanged, whichever encoding it gets", () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(call({ value })).toStrictEqual({ value: structuredClone(value) });
        const reply = readSupervisorFrame(replyFrame(1, 2, { kind: "value", parcel: { value } }));
        expect(reply).toStrictEqual({
          kind: "reply",
          run: 1,
          id: 2,
          reply: { kind: "value", parcel: { value: structuredClone(value) } },
        });
      }),
    );
  });

  it("keep holes, and properties beside elements", () => {
    const holes = [1, , 3]; // prettier-ignore
    expect(Object.keys(call({ value: holes }).value as object)).toEqual(["0", "2"]);
    const match = /a/.exec("a");
    expect(call({ value: match }).value).toHaveProperty("index", 0);
  });

  it("keep the identity of error records inside a parcel", () => {
    const record = { class: "TypeError", message: "no" };
    const parcel = call({ value: [record, { ...record }], errors: [record] });
    expect((parcel.value as unknown[])[0]).toBe(parcel.errors?.[0]);
    expect((parcel.value as unknown[])[1]).not.toBe(parcel.errors?.[0]);
  });

  it("give views memory of their own, also when two share it", () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    const frame = callFrame("callSync", 1, 1, 0, { value: [whole, whole.subarray(1, 2)] });
    const read = readWorkerFrame(frame);
    frame.fill(0);
    if (read.kind !== "callSync") throw new Error("wrong kind");
    const [a, b] = read.args.value as [Uint8Array, Uint8Array];
    expect([...a, ...b]).toEqual([1, 2, 3, 4, 2]);
    expect(a.buffer.byteLength).toBe(4);
    expect(b.buffer).toBe(a.buffer);
  });
});

describe("the frame reader", () => {
  it("finds the same frames however the bytes are cut", () => {
    const frames = [
      callFrame("callAsync", 1, 2, 3, { value: [1] }),
      consoleFrame(1, "warn", "ü".repeat(300)),
      callFrame("callSync", 1, 3, 0, { value: { a: "x".repeat(1000) } }),
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
  const only = (read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedFrame);
    }
  };

  it("end in a frame or in MalformedFrame, never in anything else", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (body, kind, v8) => {
          const frame = Buffer.from([
            0,
            0,
            0,
            0,
            kind,
            1,
            0,
            0,
            0,
            ...(v8 ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 15] : []),
            ...body,
          ]);
          only(() => readWorkerFrame(frame));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("made from a good frame by changing one byte do the same", () => {
    const good = callFrame("callSync", 1, 1, 0, {
      value: [{ a: [1, 2n, new Map([[1, "x"]]), new Uint8Array(4), new Date(0), /x/g] }],
    });
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const bad = Buffer.from(good);
        bad[at] = byte;
        only(() => readWorkerFrame(bad));
      }),
      { numRuns: 5_000 },
    );
  });

  it("that claim what is not there are refused: array lengths, shared memory, modules, endless nesting", () => {
    const v8 = (bytes: number[]): Buffer =>
      Buffer.from([[0, 0, 0, 0, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 255, 15], bytes].flat());
    const bodies = [
      [0x41, 0xff, 0xff, 0xff, 0xff, 0x0f], // dense array of 2 ** 32 - 1
      [0x75, 0], // a shared buffer
      [0x77, 0], // a WebAssembly module
      [0x6d, 0, 0], // a WebAssembly memory
      [0x5c], // a host object
      [0x22, 0xff, 0xff, 0xff, 0xff, 0x0f], // a string of 4 GiB
      [0x5a, 0xfe, 0xff, 0xff, 0xff, 0x0f], // a bigint of 4 GiB
      [0x42, 0xff, 0xff, 0xff, 0xff, 0x0f], // a buffer of 4 GiB
      Array<number>(200_000).fill(0x6f), // objects in objects
    ];
    for (const body of bodies) expect(() => readWorkerFrame(v8(body))).toThrow(MalformedFrame);
  });

  it("cannot smuggle a sparse list of errors", () => {
    const errors: unknown[] = [];
    errors.length = 2 ** 32 - 1;
    expect(() => call({ value: 1, errors } as Parcel)).toThrow(MalformedFrame);
  });
});
