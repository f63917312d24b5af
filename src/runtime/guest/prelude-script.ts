/**
 * Makes the prelude code that an engine starts in every isolate, and says what it shall rehearse before it keeps it.
 */
import { deliverMessage } from "../crossing/delivery.ts";
import { encodeOwn } from "../crossing/host-codec.ts";
import type { Isolate, OwnCode } from "../engine/engine.ts";
import type { GuestSetup } from "../seam.ts";
import { composePrelude, preludeName } from "./prelude/compose.ts";
import { startPrelude } from "./start-prelude.ts";

let text: string | null = null;

export const prelude: OwnCode = {
  name: preludeName,
  get text() {
    return (text ??= composePrelude());
  },
  rehearse,
};

const rehearsal: GuestSetup = {
  leaves: [
    { path: ["rehearsal", "sync"], mode: "sync", maxPayloadBytes: 1024, length: 1 },
    { path: ["rehearsal", "async"], mode: "async", maxPayloadBytes: 1024 },
  ],
  namespaces: [["rehearsal"]],
  limits: { memoryMb: 8, cpuMs: 1000, wallMs: 1000, payloadBytes: 1024, consoleBytes: 1024 },
};

/** Answers every call that brings an object. */
const answer = deliverMessage("v", encodeOwn({ a: [1, "b"], c: true, d: { a: 0.5 } }));

/** One run of what every run does: a synchronous call each way, one that brings an object and gets one, an asynchronous one, and its answer. And what every run with a journal begins with. */
function rehearse(stage: Isolate): void {
  const { run, settle, replay } = startPrelude(stage, prelude, rehearsal, {
    first: () => 1,
    flat: () => () => 1,
    packed: () => answer,
    console: () => undefined,
    finish: () => undefined,
    detached: () => undefined,
    unit: () => "",
  });
  // Nothing was prepared, so that nothing is put anywhere.
  void stage.enter(replay, [""]);
  const code = `export default (async () => { const { sync, async } = SecureExec.bindings.rehearsal; sync(0); sync(1, 2); sync({ a: [1, "b"], c: true, d: { a: 0.5 } }); const value = await async(0); return { 0: () => ({ 0: value }) }; })`;
  const script = stage.compile({ code, filename: "rehearsal.js", columnOffset: 0 }, () => 0);
  void stage.enter(run, [script, ["default"]]);
  void stage.enter(settle, [1, 1]);
}
