import isobind from "isobind/esbuild";
import { build } from "esbuild";

const mode = process.env["CI"] ? "check" : "write";
await build({ entryPoints: ["src/main.ts"], bundle: true, outdir: "out", plugins: [isobind({ mode })] });
