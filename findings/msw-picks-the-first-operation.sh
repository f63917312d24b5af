#!/usr/bin/env bash
# msw 2.15.0 does not look at `operationName`: of a GraphQL document with two operations it answers with the handler of the first, whichever of them the client asks for.
#
# graphql 16.15.0, which runs the one that is asked for. A document with several operations is where `operationName` is for; GraphiQL and files of stored operations send them so. One expects
# the handler of that name, or none. `graphql.operation` is told the first name as well, so a mutation that is asked for is answered as a query. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts msw@2.15.0 graphql@16.15.0

cat >expected <<'TEXT'
query User { user } mutation Rename { rename }
  asked for User: graphql ran {"user":"Ada"}, msw answered query User
  asked for Rename: graphql ran {"rename":"Grace"}, msw answered query User
mutation Rename { rename } query User { user }
  asked for User: graphql ran {"user":"Ada"}, msw answered mutation Rename
  asked for Rename: graphql ran {"rename":"Grace"}, msw answered mutation Rename
TEXT

cat >run.mjs <<'JS'
import { buildSchema, graphql as run } from "graphql";
import { graphql, HttpResponse } from "msw";
import { setupServer } from "msw/node";

const answer = ({ operationType, operationName }) => HttpResponse.json({ data: { answered: `${operationType} ${operationName}` } });
const server = setupServer(graphql.query("User", answer), graphql.mutation("Rename", answer));
server.listen({ onUnhandledRequest: "error" });
const schema = buildSchema("type Query { user: String } type Mutation { rename: String }");
const rootValue = { user: "Ada", rename: "Grace" };
const parts = ["query User { user }", "mutation Rename { rename }"];
for (const source of [parts.join(" "), parts.toReversed().join(" ")]) {
  console.log(source);
  for (const operationName of ["User", "Rename"]) {
    const ran = await run({ schema, rootValue, source, operationName });
    const response = await fetch("http://api.test/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: source, operationName }),
    });
    const { data } = await response.json();
    console.log(`  asked for ${operationName}: graphql ran ${JSON.stringify(ran.data)}, msw answered ${data.answered}`);
  }
}
server.close();
JS

node run.mjs | tee seen
diff expected seen || exit 1
