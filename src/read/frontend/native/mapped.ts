/**
 * Finds what a mapped type maps. The API of TypeScript 7 says nothing of mapped types but their properties; the usual ones are known
 * by their names and arguments, and of one that is written in place its syntax says whether it maps anything.
 */
import type { ts } from "../views/compiler.ts";
import type { NativeSymbol, NativeType } from "./objects.ts";
import { Unsayable } from "./unsayable.ts";

/** `T` of `Partial<T>`, `Required<T>`, `Readonly<T>` and `Pick<T, K>`; `null` of `Record<K, V>`, which maps nothing. */
export function usualSource({ aliasSymbol, aliasTypeArguments }: NativeType): NativeType | null | undefined {
  const [source] = aliasTypeArguments ?? [];
  switch (aliasSymbol?.name) {
    case "Partial":
    case "Required":
    case "Readonly":
    case "Pick":
      return source;
    case "Record":
      return null;
    default:
      return undefined;
  }
}

/** The property that a property of a mapped type comes from. */
export function mappedProperty(property: NativeSymbol): NativeSymbol | undefined {
  const { owner } = property;
  if (owner === null) throw new Unsayable("which property a mapped type made another of");
  const source = usualSource(owner);
  if (source) return source.getProperty(property.escapedName);
  if (source === null) return undefined;
  // It has the declarations of what it comes from, unless that has another name; without either it comes from nothing.
  if (property.raw.declarations.length === 0 && !renames(owner)) return undefined;
  throw new Unsayable("which property a mapped type made another of");
}

/** `{ [K in … as …]: … }`. */
function renames({ symbol, world }: NativeType): boolean {
  const isMapped = ({ kind }: ts.Node): boolean => (kind as number) === world.ast.SyntaxKind.MappedType;
  const declaration = symbol?.declarations?.find(isMapped) as ts.MappedTypeNode | undefined;
  return declaration === undefined || declaration.nameType !== undefined;
}
