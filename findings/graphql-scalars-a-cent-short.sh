#!/usr/bin/env bash
# graphql-scalars 2.0.0: a resolver that gives back the USCurrency that it was given makes "$19.98" of "$19.99" and "$1,234.00" of "$1,234,567.89".
#
# graphql-scalars 2.0.0 with graphql 17.1.0. The scalar is there to keep money in whole cents: a price is multiplied by 100 as it comes in, and divided and cut
# off at the whole cent as it goes out. Of two commas between thousands, as the scalar writes them, the second ends the number, and so does a
# space. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm i --silent --no-audit --no-fund --ignore-scripts graphql-scalars@2.0.0 graphql@17.1.0

cat >expected <<'TEXT'
$19.99 is 1998.9999999999998 cents, and "$19.98" again
8.20 is 819.9999999999999 cents, and "$8.19" again
-0.07 is -7.000000000000001 cents, and "-$0.07" again
$1,234.56 is 123456 cents, and "$1,234.56" again
$1,234,567.89 is 123400 cents, and "$1,234.00" again
1 000.50 is 100 cents, and "$1.00" again
of 10000 prices below $100, 573 come back as another
TEXT

cat >run.mjs <<'JS'
import { GraphQLObjectType, GraphQLSchema, graphql } from "graphql";
import { GraphQLUSCurrency } from "graphql-scalars";

let cents;
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      same: { type: GraphQLUSCurrency, args: { price: { type: GraphQLUSCurrency } }, resolve: (_, { price }) => (cents = price) },
    },
  }),
});
const source = "query ($price: USCurrency) { same(price: $price) }";
async function sent(price) {
  const { data, errors } = await graphql({ schema, source, variableValues: { price } });
  if (errors) throw errors[0];
  return data.same;
}
for (const price of ["$19.99", "8.20", "-0.07", "$1,234.56", "$1,234,567.89", "1 000.50"]) {
  const again = JSON.stringify(await sent(price));
  console.log(`${price} is ${cents} cents, and ${again} again`);
}
let other = 0;
for (let price = 0; price < 10_000; price++) {
  const text = `$${(price / 100).toFixed(2)}`;
  if (GraphQLUSCurrency.serialize(GraphQLUSCurrency.parseValue(text)) !== text) other++;
}
console.log(`of 10000 prices below $100, ${other} come back as another`);
JS

node run.mjs | tee seen
diff expected seen || exit 1
