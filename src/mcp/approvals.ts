/**
 * Asks the person behind a client whether a call is made, by the elicitation of the protocol, where the client can do that. In both protocols a question is what a
 * request is answered with, and the answer comes with the request once more: the SDK asks by itself where the older one has requests of the server for it.
 */
import type {
  ClientCapabilities,
  InputRequiredResult,
  McpServer,
  ServerContext,
} from "@modelcontextprotocol/server";
import type { Question, Reply } from "../script-tool/questions.ts";
import type { Sdk } from "./peer.ts";

/** Whether the client has said that it shows forms. Before there were other ways, it said so with an empty object. */
export function canAsk(sdk: Sdk, { server }: McpServer, { mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as Readonly<Record<string, ClientCapabilities | undefined>> | undefined;
  const said = envelope?.[sdk.CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const elicitation = said?.elicitation;
  return elicitation !== undefined && ("form" in elicitation || !("url" in elicitation));
}

export function questionTo(sdk: Sdk, { id, calls }: Question): InputRequiredResult {
  return sdk.inputRequired({
    requestState: id,
    inputRequests: Object.fromEntries(
      calls.map(({ call, message }) => [
        keyOf(call),
        sdk.inputRequired.elicit({ message, requestedSchema: yesOrNo }),
      ]),
    ),
  });
}

const yesOrNo = {
  type: "object" as const,
  properties: {
    approve: { type: "boolean" as const, title: "Make this call", description: "Whether the call is made." },
  },
  required: ["approve"],
};

/**
 * What was answered; `undefined` in a request that answers nothing. The state has been with the client, so it is only a name that is looked up. Whatever is no clear yes
 * is a no.
 */
export function replyIn(sdk: Sdk, { mcpReq }: ServerContext): Reply | undefined {
  const id: unknown = mcpReq.requestState();
  if (typeof id !== "string") return undefined;
  return {
    id,
    answer(call) {
      const said = sdk.inputResponse(mcpReq.inputResponses, keyOf(call));
      if (said.kind !== "elicit") return { call, approved: false, reason: "nobody has answered" };
      if (said.action === "accept" && said.content?.["approve"] === true) return { call, approved: true };
      const reason = said.action === "cancel" ? "the question was closed" : "a person said no";
      return { call, approved: false, reason };
    },
  };
}

function keyOf(call: number): string {
  return `call-${call}`;
}
