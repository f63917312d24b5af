/**
 * Lets scripts that say `module.exports = …` run in a sandbox that knows ES modules only. Also freezes the
 * script's clock when the caller asks for it. Everything is put on the script's first line, so that lines stay right.
 *
 *     module.exports = 1;  →  const m={…};await (async(module,exports,require)=>{module.exports = 1;
 *                             })(…);export default m.exports;
 */
import { parse } from "acorn";
import { noRequire } from "./unsupported.ts";

export interface Prepared {
  readonly source: string;
  /** True when `exports.default` is what the script left in `module.exports`. */
  readonly commonjs: boolean;
}

export function prepare(source: string, frozenTimeMs: number | null): Prepared {
  const clock = frozenTimeMs === null ? "" : freezeClock(frozenTimeMs);
  if (!isCommonJs(source)) return { source: clock + source, commonjs: false };
  const module = "const __module={exports:{}};";
  const require = `(name)=>{throw new Error("require("+JSON.stringify(String(name))+"): "+${JSON.stringify(noRequire)})}`;
  return {
    commonjs: true,
    source:
      `${clock}${module}await (async function(module,exports,require){${source}\n` +
      `}).call(__module.exports,__module,__module.exports,${require});export default __module.exports;`,
  };
}

/**
 * A script without `import` and `export` that parses as JavaScript. It is parsed as a function body, so it cannot close
 * the wrapper and go on outside. What does not parse is left alone: it is TypeScript, or its error must be shown as it is.
 */
function isCommonJs(source: string): boolean {
  try {
    const { body } = parse(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowReturnOutsideFunction: true,
      allowHashBang: false,
    });
    return body.every((node) => !/^(?:Import|Export)/.test(node.type));
  } catch {
    return false;
  }
}

/** `timingMitigation: "freeze"`: one moment for the whole run. A script cannot measure with a clock that stands still. */
function freezeClock(now: number): string {
  return (
    `{const R=Date,t=${Math.trunc(now)};const D=function Date(...a){if(!new.target)return new R(t).toString();` +
    `return Reflect.construct(R,a.length?a:[t],new.target===D?R:new.target)};D.prototype=R.prototype;` +
    `Object.defineProperty(R.prototype,"constructor",{value:D,writable:true,configurable:true});` +
    `for(const k of ["parse","UTC"])Object.defineProperty(D,k,{value:R[k],writable:true,configurable:true});` +
    `Object.defineProperty(D,"now",{value(){return t},writable:true,configurable:true});` +
    `Object.defineProperty(globalThis,"Date",{value:D,writable:true,configurable:true});}`
  );
}
