import { createSandbox, memoryJournal, suspend } from "isobind/runtime";

const sandbox = await createSandbox({
  registry: {
    price: (order: string) => (console.log("price", order), 500),
    ship(order: string): string {
      // The first time this ends the run; when the run goes on, it returns the answer.
      const signedBy = suspend<string>({ order, waitsFor: "a signature" });
      return `${order}, signed by ${signedBy}`;
    },
  },
});

const source = `
  const { price, ship } = SecureExec.bindings;
  const cents = price(input);
  export default [cents, ship(input)];
`;

const journal = memoryJournal();
const result = await sandbox.run(source, { input: "order 7", journal });
if (result.status === "suspended") console.log(result.waits[0]?.reason);

// Hours later, in any process that has the script and the bytes. `price` is not called again.
const later = memoryJournal(journal.bytes);
const done = await sandbox.run(source, { journal: later, answer: { value: "Ada" } });
console.log(done.status === "ok" ? done.exports["default"] : done.error);
await sandbox.dispose();
