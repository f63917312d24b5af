// What arrives as less, or as something else: classes, buffers, enums, errors, methods beside data.
import type { Buffer } from "node:buffer";

enum Color {
  Red = "red",
  Green = "green",
}
enum Level {
  Low,
  High = 10,
}
const enum Flag {
  A = 1 << 0,
  B = 1 << 1,
}
class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
  get length(): number {
    return Math.hypot(this.x, this.y);
  }
  add(other: Point): Point {
    return new Point(this.x + other.x, this.y + other.y);
  }
}
abstract class Entity {
  abstract readonly id: string;
  createdAt = new Date(0);
}
class Account extends Entity {
  readonly id = "1";
  #secret = "s";
  protected balance = this.#secret.length;
  owner?: Point;
}
class NotFound extends Error {
  override readonly name = "NotFound";
  readonly table: string = "";
}
type UserId = string & { readonly __brand: "UserId" };
type Cents = number & { readonly __unit: "cents" };
declare const key: unique symbol;

export interface Bindings {
  colors(value: Color, levels: Level[]): Flag;
  red(value: Color.Red): Level.High;
  byColor(value: Record<Color, number>): { [K in Level]?: string };
  point(value: Point): Point;
  account(): Account;
  bytes(value: Buffer): Buffer | null;
  typed(value: Uint8Array<ArrayBuffer>): Float64Array;
  failure(): NotFound | RangeError;
  id(value: UserId, price: Cents): UserId[];
  hidden(value: { visible: string; [key]?: number }): void;
}
