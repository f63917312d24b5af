import { readdirSync, existsSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { load } from "/tmp/w/native/src/generator/load.ts";
import { read } from "/tmp/w/native/src/read/read.ts";
import { Unsayable } from "/tmp/w/native/src/read/frontend/native/unsayable.ts";
const only = process.argv.slice(2);
const scratch="/tmp/w/native/.cache/test"; mkdirSync(scratch+"/node_modules/isobind",{recursive:true});
writeFileSync(scratch+"/node_modules/isobind/package.json", `{ "name": "isobind", "type": "module", "exports": { ".": { "types": "./index.d.ts" } } }\n`);
writeFileSync(scratch+"/node_modules/isobind/index.d.ts", `export * from "../../../../src/index.ts";\n`);
const cases=["quickstart",...readdirSync("/tmp/w/native/fixtures/valid").map(x=>"valid/"+x),...readdirSync("/tmp/w/native/fixtures/invalid").map(x=>"invalid/"+x)].filter(x=>only.length===0||only.some(o=>x.includes(o)));
const show=(a,b)=>{ const A=JSON.stringify(a,null,1)?.split("\n")??["undefined"],B=JSON.stringify(b,null,1)?.split("\n")??["undefined"]; let i=0; while(i<A.length&&A[i]===B[i]) i++; return `\n   line ${i}\n   ts6:    ${A.slice(Math.max(0,i-3),i+5).map(x=>x.trim()).join(" ").slice(0,400)}\n   native: ${B.slice(Math.max(0,i-3),i+5).map(x=>x.trim()).join(" ").slice(0,400)}`; };
let same=0, fell={}, bad=0, broken=0, t6=0, t7=0;
for (const c of cases) {
  const folder=mkdtempSync(scratch+"/oracle-");
  try {
    cpSync("/tmp/w/native/fixtures/"+c, folder, {recursive:true});
    if (!existsSync(folder+"/package.json")) writeFileSync(folder+"/package.json",'{"type":"module"}');
    let loaded; try { loaded=await load({config: readdirSync(folder).some(n=>n.startsWith("bindings.config."))?undefined:{definition:"./bindings.ts"},cwd:folder,force:true,contract:undefined}); } catch(e) { console.log(c,"load fails",e.message); continue; }
    if (!loaded.config) { continue; }
    for (const k of loaded.config.contracts) {
      const a0=performance.now(); const a=read(k, loaded.config.root); const a1=performance.now();
      let b; try { b=read(k, loaded.config.root, {native:"/tmp/w/native/node_modules/typescript"}); } catch(e) { if (e instanceof Unsayable) { (fell[e.construct]??=[]).push(c); if(only.length) console.log(e.stack); continue; } broken++; console.log("BROKEN",c,only.length?e.stack:e.message.slice(0,200)+" "+(e.stack.split("\n")[1]??"")); continue; }
      t6+=a1-a0; t7+=performance.now()-a1;
      if (JSON.stringify([a.contract,a.diagnostics,a.importExtension])===JSON.stringify([b.contract,b.diagnostics,b.importExtension])) same++; else { bad++; console.log("DIFF",c, show([a.contract,a.diagnostics,a.importExtension],[b.contract,b.diagnostics,b.importExtension])); }
    }
  } finally { rmSync(folder,{recursive:true,force:true}); }
}
console.log({same,bad,broken,t6,t7}, fell);
