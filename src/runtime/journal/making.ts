/**
 * Describes one call of a run with a journal, on its way to its host function. Plain data; its arguments may lie in memory of whoever sent them.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import { isFlat } from "../crossing/flat.ts";
import { keepMessage } from "../crossing/message.ts";
import type { Arguments } from "../seam.ts";
import { valueOf } from "./kept.ts";

export interface Making {
  /** Its number in the run, from 0. */
  readonly number: number;
  /** What whoever has the isolate knows it by. */
  readonly id: number;
  readonly index: number;
  readonly leaf: RegistryLeaf;
  readonly args: Arguments;
  readonly digest: string;
}

/** The same call with arguments of its own, which are there when others have been sent. */
export function kept(making: Making): Making {
  return { ...making, args: isFlat(making.args) ? making.args : keepMessage(making.args) };
}

/** As a person is shown them. */
export function argumentsOf({ args }: Making): readonly unknown[] {
  if (isFlat(args)) return args;
  const value = valueOf(args);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
