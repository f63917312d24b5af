/** The tokenizer of OpenAI's current models, with its table. The build puts the package into this module, which is loaded with `import()` alone. */
export { countTokens } from "gpt-tokenizer/encoding/o200k_base";
