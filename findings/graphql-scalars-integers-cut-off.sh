#!/usr/bin/env bash
# graphql-scalars 2.0.0: the variable 1.9 is the PositiveInt 1, a Port stays 80.5 and "3000 apples" is the Port 3000; `Int` of graphql and `SafeInt` refuse all three, and so do the scalars themselves in the query.
#
# graphql-scalars 2.0.0 with graphql 17.1.0. One value passes as a variable and is refused where it is written into the query, so tests with literals in the
# query do not see it. NonNegativeInt, NonPositiveInt, NegativeInt and UnsignedInt cut off as PositiveInt does, also what a resolver returns, and of
# the text "1e3" they keep the 1. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts graphql-scalars@2.0.0 graphql@17.1.0

cat >expected <<'TEXT'
PositiveInt: 1.9 is 1, "1e3" is 1, "3000 apples" is refused, 1.9 in the query is refused
NegativeInt: -1.9 is -1, "-1e3" is -1, 1.9 in the query is refused
Port: 80.5 is 80.5, "1e3" is 1, "3000 apples" is 3000, 1.9 in the query is refused
SafeInt: 1.9 is refused, "1e3" is refused, "3000 apples" is refused, 1.9 in the query is refused
Int: 1.9 is refused, "1e3" is refused, "3000 apples" is refused, 1.9 in the query is refused
a resolver of PositiveInt that returns 1.9: 1
TEXT

cat >run.mjs <<'JS'
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, graphql } from "graphql";
import { GraphQLNegativeInt, GraphQLPort, GraphQLPositiveInt, GraphQLSafeInt } from "graphql-scalars";

// What a field of the type answers: its argument, or `returned`.
function asked(type, source, variableValues, returned) {
  const fields = { field: { type, args: { value: { type } }, resolve: (_, { value }) => returned ?? value } };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
  return graphql({ schema, source, variableValues }).then(({ data, errors }) => (errors ? "refused" : JSON.stringify(data.field)));
}
for (const [type, ...values] of [
  [GraphQLPositiveInt, 1.9, "1e3", "3000 apples"],
  [GraphQLNegativeInt, -1.9, "-1e3"],
  [GraphQLPort, 80.5, "1e3", "3000 apples"],
  [GraphQLSafeInt, 1.9, "1e3", "3000 apples"],
  [GraphQLInt, 1.9, "1e3", "3000 apples"],
]) {
  const seen = [];
  for (const value of values) {
    seen.push(`${JSON.stringify(value)} is ${await asked(type, `query ($value: ${type}) { field(value: $value) }`, { value })}`);
  }
  seen.push(`1.9 in the query is ${await asked(type, "{ field(value: 1.9) }")}`);
  console.log(`${type}: ${seen.join(", ")}`);
}
console.log(`a resolver of PositiveInt that returns 1.9: ${await asked(GraphQLPositiveInt, "{ field }", {}, 1.9)}`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
