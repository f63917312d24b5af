/**
 * Shows the types, symbols and signatures of TypeScript 7 in the form of the classic API: what is a question to another process
 * there is a property here, asked once. Each object has one face, so that they are compared by identity as ever.
 */
import type { ts } from "../views/compiler.ts";
import { writtenDefault } from "../views/named.ts";
import { mappedProperty } from "./mapped.ts";
import type { Ast, Sync } from "./typescript.ts";
import { Unsayable } from "./unsayable.ts";

export interface World {
  readonly sync: typeof Sync;
  readonly ast: typeof Ast;
  readonly project: Sync.Project;
  typeOf(raw: Sync.Type): NativeType;
  symbolOf(raw: Sync.Symbol): NativeSymbol;
  signatureOf(raw: Sync.Signature): NativeSignature;
  /** The node behind a handle. Fetches the whole tree of its file the first time. */
  nodeOf(handle: Sync.NodeHandle): ts.Node;
  /** The aliases of unions that have been met, by their names. */
  unionsNamed(name: string): readonly NativeType[];
  propertiesOf(type: NativeType): readonly NativeSymbol[];
  signaturesOf(type: NativeType, kind: Sync.SignatureKind): readonly NativeSignature[];
  typeFromNode(node: ts.Node): NativeType;
  symbolAt(node: ts.Node): NativeSymbol | undefined;
  /** A file of the author's, and not of a package or of the language. */
  isAuthors(path: string): boolean;
  /** The type a symbol declares. */
  declaredBy(symbol: NativeSymbol): NativeType;
  noteDeclared(symbol: NativeSymbol, type: NativeType): void;
  /** Shows symbols that came in one answer: what is asked of one is usually asked of all. */
  together(raw: readonly Sync.Symbol[]): readonly NativeSymbol[];
}

/** Bits of the compiler's own that its API hands out without a name. */
const isMapped = 1 << 18;

export class NativeType {
  readonly raw: Sync.Type;
  readonly world: World;
  readonly flags: number;
  readonly objectFlags: number;

  constructor(raw: Sync.Type, world: World) {
    this.raw = raw;
    this.world = world;
    this.flags = raw.flags;
    this.objectFlags = (raw as Partial<Sync.ObjectType>).objectFlags ?? 0;
  }

  get symbol(): NativeSymbol | undefined {
    return this.#once("symbol", () => {
      const symbol = this.#symbol(this.raw.getSymbol());
      // The type of a declaration itself, and not one made of it.
      if (symbol && this.isClassOrInterface()) this.world.noteDeclared(symbol, this);
      return symbol;
    });
  }
  get aliasSymbol(): NativeSymbol | undefined {
    return this.#once("aliasSymbol", () => this.#symbol(this.raw.getAliasSymbol()));
  }
  get aliasTypeArguments(): readonly NativeType[] | undefined {
    return this.#once("aliasTypeArguments", () =>
      this.aliasSymbol ? this.#types(this.raw.getAliasTypeArguments()) : undefined,
    );
  }
  /** Of a union, an intersection or a template. */
  get types(): readonly NativeType[] {
    return this.#once("types", () => this.#types((this.raw as Sync.UnionType).getTypes() ?? []));
  }
  get target(): NativeType | undefined {
    return this.#once("target", () => this.#type((this.raw as Sync.TypeReference).getTarget()));
  }
  /** What `keyof` or `Uppercase` is applied to. */
  get type(): NativeType | undefined {
    return this.target;
  }
  get typeParameters(): readonly NativeType[] | undefined {
    return this.#once("typeParameters", () => {
      const own = this.#types((this.raw as Sync.InterfaceType).getTypeParameters());
      return own.length === 0 ? undefined : own;
    });
  }
  get objectType(): NativeType | undefined {
    return this.#once("objectType", () => this.#type((this.raw as Sync.IndexedAccessType).getObjectType()));
  }
  get indexType(): NativeType | undefined {
    return this.#once("indexType", () => this.#type((this.raw as Sync.IndexedAccessType).getIndexType()));
  }
  get freshType(): NativeType | undefined {
    return this.#once("freshType", () => this.#type((this.raw as Sync.FreshableType).getFreshType()));
  }
  get regularType(): NativeType | undefined {
    return this.#once("regularType", () => this.#type((this.raw as Sync.FreshableType).getRegularType()));
  }
  get texts(): readonly string[] {
    return (this.raw as Sync.TemplateLiteralType).texts;
  }
  get value(): unknown {
    const { value } = this.raw as Partial<Sync.LiteralType>;
    if (typeof value !== "bigint") return value;
    return { negative: value < 0n, base10Value: String(value < 0n ? -value : value) };
  }
  get intrinsicName(): string | undefined {
    return (this.raw as Partial<Sync.IntrinsicType>).intrinsicName;
  }
  /** With `exactOptionalPropertyTypes`, what a missing property holds is another `undefined`. */
  get debugIntrinsicName(): string | undefined {
    return this.#once("debugIntrinsicName", () => {
      const { sync, project } = this.world;
      if (!(this.flags & sync.TypeFlags.Undefined)) return undefined;
      return project.checker.getUndefinedType() === this.raw ? undefined : "missing";
    });
  }
  get isThisType(): boolean {
    return (this.raw as Sync.TypeParameter).isThisType === true;
  }
  get elementFlags(): readonly number[] {
    return (this.raw as Partial<Sync.TupleType>).elementFlags ?? [];
  }
  get readonly(): boolean {
    return (this.raw as Sync.TupleType).readonly;
  }

  getProperty(name: string): NativeSymbol | undefined {
    return this.getProperties().find((property) => property.escapedName === name);
  }
  getProperties(): readonly NativeSymbol[] {
    return this.world.propertiesOf(this);
  }
  getCallSignatures(): readonly NativeSignature[] {
    return this.world.signaturesOf(this, this.world.sync.SignatureKind.Call);
  }
  getConstraint(): NativeType | undefined {
    const { checker } = this.world.project;
    const parameter = this.raw as Sync.TypeParameter;
    this.#constraint ??= { type: this.#type(checker.getConstraintOfTypeParameter(parameter)) };
    return this.#constraint.type;
  }
  getDefault(): NativeType | undefined {
    const isParameter = ({ kind }: ts.Node): boolean =>
      (kind as number) === this.world.ast.SyntaxKind.TypeParameter;
    const declaration = this.symbol?.declarations?.find(isParameter) as
      ts.TypeParameterDeclaration | undefined;
    const written = declaration && writtenDefault(declaration);
    return written && this.world.typeFromNode(written);
  }
  /** Of a tuple. The names alone: nobody says where they are written. */
  get labeledElementDeclarations(): readonly ({ readonly name: ts.Node } | undefined)[] | undefined {
    return this.#once("labeledElementDeclarations", () => {
      const { ast, sync, project } = this.world;
      const { InTypeAlias, NoTruncation } = sync.NodeBuilderFlags;
      let node = project.checker.typeToTypeNode(this.raw, undefined, NoTruncation | InTypeAlias);
      // `readonly [a: string]`
      if (node?.kind === ast.SyntaxKind.TypeOperator) node = (node as Ast.TypeOperatorNode).type;
      if (node?.kind !== ast.SyntaxKind.TupleType) throw new Unsayable("the labels of a tuple");
      return [...(node as Ast.TupleTypeNode).elements].map((element) =>
        element.kind === ast.SyntaxKind.NamedTupleMember
          ? { name: (element as Ast.NamedTupleMember).name as unknown as ts.Node, getSourceFile: noPlace }
          : undefined,
      );
    });
  }

  isClassOrInterface(): boolean {
    return (this.objectFlags & this.world.sync.ObjectFlags.ClassOrInterface) !== 0;
  }

  #constraint: { readonly type: NativeType | undefined } | undefined;

  #type(raw: Sync.Type | undefined): NativeType | undefined {
    return raw && this.world.typeOf(raw);
  }
  #types(raw: readonly Sync.Type[]): readonly NativeType[] {
    return raw.map((one) => this.world.typeOf(one));
  }
  #symbol(raw: Sync.Symbol | undefined): NativeSymbol | undefined {
    return raw && this.world.symbolOf(raw);
  }
  #once<T>(name: string, ask: () => T): T {
    const value = ask();
    Object.defineProperty(this, name, { value });
    return value;
  }
}

function noPlace(): never {
  throw new Unsayable("where the elements of a tuple are written");
}

export class NativeSymbol {
  readonly raw: Sync.Symbol;
  readonly world: World;
  readonly flags: number;
  readonly name: string;
  readonly escapedName: string;
  /** Symbols that came in one answer: what is asked of one is usually asked of all. */
  siblings: readonly NativeSymbol[];
  /** The type whose properties it was first seen among. Those of a mapped type are its own. */
  owner: NativeType | null = null;

  constructor(raw: Sync.Symbol, world: World) {
    this.raw = raw;
    this.world = world;
    this.flags = raw.flags;
    this.name = raw.name;
    this.escapedName = raw.escapedName;
    this.siblings = [this];
  }

  get declarations(): readonly ts.Node[] | undefined {
    const { declarations } = this.raw;
    const value = declarations.length === 0 ? undefined : declarations.map((one) => this.world.nodeOf(one));
    Object.defineProperty(this, "declarations", { value });
    return value;
  }
  get valueDeclaration(): ts.Node | undefined {
    return this.raw.valueDeclaration && this.world.nodeOf(this.raw.valueDeclaration);
  }
  get parent(): NativeSymbol | undefined {
    const parent = this.raw.getParent();
    return parent && this.world.symbolOf(parent);
  }
  get exports(): ReadonlyMap<string, NativeSymbol> {
    return new Map([...this.raw.getExports()].map(([name, symbol]) => [name, this.world.symbolOf(symbol)]));
  }
  get links(): { readonly checkFlags: number; readonly syntheticOrigin: ts.Symbol | undefined } {
    const { checkFlags } = this.raw;
    const origin = (): NativeSymbol | undefined => (checkFlags & isMapped ? mappedProperty(this) : undefined);
    return {
      checkFlags,
      get syntheticOrigin() {
        return origin() as unknown as ts.Symbol | undefined;
      },
    };
  }
}

export class NativeSignature {
  readonly raw: Sync.Signature;
  readonly world: World;

  constructor(raw: Sync.Signature, world: World) {
    this.raw = raw;
    this.world = world;
  }

  get parameters(): readonly NativeSymbol[] {
    return this.world.together(this.raw.getParameters());
  }
  get thisParameter(): NativeSymbol | undefined {
    const own = this.raw.getThisParameter();
    return own && this.world.symbolOf(own);
  }
  getDeclaration(): ts.Node | undefined {
    return this.raw.declaration && this.world.nodeOf(this.raw.declaration);
  }
  getTypeParameters(): readonly NativeType[] | undefined {
    const own = this.raw.getTypeParameters();
    return own.length === 0 ? undefined : own.map((one) => this.world.typeOf(one));
  }
}
