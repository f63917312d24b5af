/** A package for the people who write scripts: its files, and the version that it should have. */
export { packageFiles, type PackedExample, type PackedFile, type PackInput } from "./pack.ts";
export { firstVersion, isVersion, nextVersion } from "./version.ts";
