export default { definition: "./definition.ts", outDir: "../.work/validation" };
