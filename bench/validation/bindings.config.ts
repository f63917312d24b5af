export default { definition: "./definition.ts", outDir: "./generated" };
