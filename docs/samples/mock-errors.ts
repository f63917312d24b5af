import { mockRegistry, throws } from "isobind/testing";

/** Orders are there until the test asks for the one that is gone. */
export const registry = mockRegistry("generated/contract.json", {
  overrides: {
    orders: {
      find: (id: string) =>
        id === "gone" ? throws("NotFoundError", { id }) : { id, total: 12, placed: new Date(0) },
    },
  },
});
