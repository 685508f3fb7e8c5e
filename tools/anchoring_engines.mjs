// The npm engines of `make bench-anchoring`: one JSON task a line in, one JSON answer a line out.
// {name, text} gives a text; a task is {name, exact, prefix, suffix, start}, its answer {start, end} or {none: true},
// with ms of CPU time. Offsets are UTF-16 units on both sides; the caller converts.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [folder, engine] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "package.json"));

// As its README calls it, with at most half of the quote in error; of equally close matches the nearest one.
async function approximate() {
  const { default: search } = await import(pathToFileURL(require.resolve("approx-string-match")).href);
  return (task) => {
    const matches = search(task.text, task.exact, Math.min(256, Math.floor(task.exact.length / 2)));
    const far = (match) => Math.abs(match.start - task.start);
    return matches.reduce((best, one) => (best && (best.errors < one.errors || (best.errors === one.errors && far(best) <= far(one))) ? best : one), null);
  };
}

function quoted() {
  const { toTextPosition } = require("dom-anchor-text-quote");
  return (task) => {
    try {
      return toTextPosition({ textContent: task.text }, { exact: task.exact, prefix: task.prefix, suffix: task.suffix }, { hint: task.start });
    } catch {
      return null;
    }
  };
}

const find = engine === "approx-string-match" ? await approximate() : quoted();
const texts = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  if (task.name !== undefined && task.text !== undefined) {
    texts.set(task.name, task.text);
    continue;
  }
  task.text = texts.get(task.name);
  const before = process.cpuUsage();
  const found = find(task);
  const spent = process.cpuUsage(before);
  const answer = found ? { start: found.start, end: found.end } : { none: true };
  console.log(JSON.stringify({ ...answer, ms: (spent.user + spent.system) / 1000 }));
}
