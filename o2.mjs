import { load } from "/tmp/w/native/src/generator/load.ts";
import { read } from "/tmp/w/native/src/read/read.ts";
const folder=process.argv[2];
const loaded=await load({config:{definition:"./bindings.ts"},cwd:folder,force:true,contract:undefined});
const k=loaded.config.contracts[0];
const before=process.getActiveResourcesInfo();
const t0=performance.now();
const r=read(k,loaded.config.root,{native:process.argv[3]==="ts6"?null:"/tmp/w/native/node_modules/typescript"});
console.log(performance.now()-t0, r.inputs.files.length, r.inputs.files.slice(-3), r.inputs.missing.length, r.contract && JSON.stringify(r.contract).length, r.diagnostics);
