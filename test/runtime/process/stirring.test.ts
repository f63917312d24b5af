/**
 * A worker that has the host functions itself wakes its watchdog before a script goes on: when it begins, when a frame has come, and when calls are
 * answered. Watchdog, guest and supervisor are stand-ins here, which write down who is spoken to.
 */
import { expect, it } from "vitest";
import { limitsOf, resolveLimits } from "../../../src/runtime/limits.ts";
import { toRegistry } from "../../../src/runtime/load-registry.ts";
import { eventLoop } from "../../../src/runtime/process/worker/event-loop.ts";
import type { Watch } from "../../../src/runtime/process/worker/watch.ts";
import type { SupervisorFrame } from "../../../src/runtime/process/wire/supervisor-frames.ts";
import type {
  CreateGuest,
  GuestOutcome,
  GuestScript,
  GuestSetup,
  HostPort,
} from "../../../src/runtime/seam.ts";

const limits = resolveLimits();
const bindings = { add: (a: number, b: number) => a + b };
const module = `data:text/javascript,export default { add: ${bindings.add.toString()} }`;
const setup: GuestSetup = {
  leaves: toRegistry(bindings).leaves.map(({ path, mode }) => ({ path, mode, maxPayloadBytes: 1_000 })),
  namespaces: [],
  limits: limitsOf("guest", limits),
};
const script: GuestScript = {
  source: "",
  filename: "a.js",
  language: "auto",
  globals: null,
  imports: "static",
};
const host = {
  id: "1",
  settings: { limits: limitsOf("host", limits), errors: "show", validateResults: "off" },
} as const;
const ended: GuestOutcome = { kind: "suspended", usage: { cpuMs: 0, heapBytes: 0 } } as GuestOutcome;

/** A worker whose guest is told to end, and what happens in it from its first frame on. */
async function worker(): Promise<{
  readonly seen: string[];
  /** A frame of the supervisor comes. */
  readonly say: (frame: SupervisorFrame) => void;
  /** The script does something. */
  readonly guest: () => { readonly port: HostPort; readonly end: () => void };
}> {
  const seen: string[] = [];
  const note = (what: string) => () => void seen.push(what);
  const watch: Watch = {
    watches: note("watches"),
    begin: note("begin"),
    end: note("end"),
    waits: note("waits"),
    goesOn: note("goesOn"),
    expectsHost: note("expects host"),
    stirs: note("wake"),
    stayedAwake: note("stayed awake"),
    rest: note("rest"),
  };
  let entered: { readonly port: HostPort; readonly end: () => void } | null = null;
  const createGuest: CreateGuest = (_, port) => ({
    warmUp: () => {},
    start(_script, done) {
      seen.push("start");
      entered = { port, end: () => done(ended) };
    },
    settle: note("settle"),
    usage: () => ended.usage,
    dispose: () => {},
  });
  let say: ((frame: SupervisorFrame) => void) | null = null;
  const listen = (receive: (frame: SupervisorFrame) => void): void => void (say = receive);
  await eventLoop({ pipe: { write: () => {} }, createGuest, setup, watch, module, listen });
  seen.length = 0;
  return { seen, say: (frame) => say!(frame), guest: () => entered! };
}

/** Until what is under way in this process has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("wakes its watchdog before a script begins", async () => {
  const { seen, say, guest } = await worker();
  say({ kind: "run", run: 1, script, host });
  expect(seen).toEqual(["wake", "begin", "wake", "start"]);
  guest().end();
});

it("wakes its watchdog before a script hears an answer", async () => {
  const { seen, say, guest } = await worker();
  say({ kind: "run", run: 1, script, host });
  seen.length = 0;
  guest().port.callAsync(1, 0, [1, 2]);
  await expect.poll(() => seen).toEqual(["wake", "settle"]);
  guest().end();
});

it("wakes its watchdog before a script goes on with the modules it has asked for", async () => {
  const { seen, say, guest } = await worker();
  say({ kind: "run", run: 1, script, host });
  const loaded = Promise.resolve(guest().port.load!([{ specifier: "./b.js", referrer: 0 }]));
  void loaded.then(() => seen.push("loaded"));
  await settled();
  seen.length = 0;
  say({ kind: "modules", run: 1, answers: { answers: [], modules: [] } });
  await expect.poll(() => seen).toEqual(["wake", "loaded"]);
  guest().end();
});
