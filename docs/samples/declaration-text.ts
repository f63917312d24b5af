import { declarationOf } from "isobind/declaration";
import contract from "../../fixtures/quickstart/generated/contract.json" with { type: "json" };

// What generated/secure-exec.d.ts says, documentation too.
console.log(declarationOf(contract));
