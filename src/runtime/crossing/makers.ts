/**
 * Declares the parts of the codec that are made by its two ends when they are made, or when first needed.
 */
import { makeArraysReader } from "./decode-arrays.ts";
import { makeBytesReader } from "./decode-bytes.ts";
import { makeRareReader } from "./decode-rare.ts";
import { makeShapes } from "./decode-shapes.ts";
import { makeArrays } from "./encode-arrays.ts";
import { makeBytes } from "./encode-bytes.ts";
import { makeNames } from "./encode-names.ts";
import { makeRare } from "./encode-rare.ts";
import { makeSeen } from "./encode-seen.ts";

export const encodeMakers = { makeSeen, makeNames, makeArrays, makeBytes, makeRare };

export const decodeMakers = { makeShapes, makeArraysReader, makeBytesReader, makeRareReader };
