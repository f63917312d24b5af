#!/usr/bin/env bash
# In thrift 0.24.0 for Node the `TJSONProtocol` writes NaN and Infinity as bare words, which its own reader refuses, and of a `Uint8Array` of two bytes it makes three other ones, where `TBinaryProtocol` throws.
#
# thrift 0.24.0. The JSON protocol of Thrift has the texts "NaN", "Infinity" and "-Infinity" for these doubles. Here one ratio without a divisor makes a message that neither this library nor any parser of JSON reads, while the binary and the compact
# protocol carry it. The bytes of a Uint8Array are joined as decimal text and that is written as base64: 1 and 255 are `1,255`. The output seen is the expectation below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' >package.json
npm i --silent --no-audit --no-fund thrift@0.24.0

cat >expected <<'TEXT'
Double 0.5
 TBinaryProtocol: 0.5
 TCompactProtocol: 0.5
 TJSONProtocol: 0.5
Double NaN
 TBinaryProtocol: NaN
 TCompactProtocol: NaN
 TJSONProtocol: Unexpected 'N'
Double -Infinity
 TBinaryProtocol: -Infinity
 TCompactProtocol: -Infinity
 TJSONProtocol: Bad number
Binary <Buffer 01 ff>
 TBinaryProtocol: <Buffer 01 ff>
 TCompactProtocol: <Buffer 01 ff>
 TJSONProtocol: <Buffer 01 ff>
Binary Uint8Array(2) [ 1, 255 ]
 TBinaryProtocol: buf.copy is not a function
 TCompactProtocol: buf.copy is not a function
 TJSONProtocol: <Buffer d7 6e 79>
TEXT

cat >run.cjs <<'JS'
const thrift = require("thrift");

/** What a message with one value is, once one protocol has written and read it. */
function passed(Protocol, kind, value) {
  try {
    let bytes, read;
    const transport = new thrift.TBufferedTransport(null, (written) => (bytes = written));
    const writer = new Protocol(transport);
    writer.writeMessageBegin("send", 1, 1);
    writer[`write${kind}`](value);
    writer.writeMessageEnd();
    writer.flush();
    const receive = thrift.TBufferedTransport.receiver((input) => {
      const reader = new Protocol(input);
      reader.readMessageBegin();
      read = reader[`read${kind}`]();
    }, 1);
    receive(bytes);
    return read;
  } catch (error) {
    return error.message;
  }
}

const values = [["Double", 0.5], ["Double", NaN], ["Double", -Infinity], ["Binary", Buffer.from([1, 255])], ["Binary", new Uint8Array([1, 255])]];
for (const [kind, value] of values) {
  console.log(`${kind}`, value);
  for (const name of ["TBinaryProtocol", "TCompactProtocol", "TJSONProtocol"]) console.log(` ${name}:`, passed(thrift[name], kind, value));
}
JS

node run.cjs | tee seen
diff expected seen || exit 1
