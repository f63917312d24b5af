// The floor of many lines: a list that draws what is visible, filled from a stream as lines of a run are, and one large value that is parsed and begun.
const list = document.getElementById("list");
const content = list.firstElementChild;
const rowHeight = 22;
const lines = [];
let frame = 0;

function draw() {
  frame = 0;
  content.style.height = `${lines.length * rowHeight}px`;
  list.scrollTop = list.scrollHeight;
  const first = Math.floor(list.scrollTop / rowHeight);
  const rows = [];
  for (
    let index = first;
    index < Math.min(lines.length, first + Math.ceil(list.clientHeight / rowHeight));
    index++
  ) {
    const row = document.createElement("div");
    row.style.cssText = `position: absolute; top: ${index * rowHeight}px; height: ${rowHeight}px`;
    row.textContent = lines[index].text;
    rows.push(row);
  }
  content.replaceChildren(...rows);
}

async function show() {
  const { body } = await fetch("/lines", { method: "POST" });
  let parts = [];
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const read = text.split("\n");
    const rest = read.pop();
    if (read.length > 0) {
      read[0] = parts.join("") + read[0];
      parts = [];
      for (const line of read) {
        const event = JSON.parse(line);
        if (event.kind === "console") lines.push(event);
        else document.getElementById("result").textContent = Object.keys(event.exports.default).join(", ");
      }
      if (frame === 0) frame = requestAnimationFrame(draw);
    }
    if (rest !== "") parts.push(rest);
  }
  requestAnimationFrame(() => requestAnimationFrame(() => (document.body.dataset.ended = "1")));
}
globalThis.show = show;
document.body.dataset.ready = "true";
