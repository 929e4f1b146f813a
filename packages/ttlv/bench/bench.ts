// Reads and writes each message of the corpus beside JSON with the same content, in one run; prints medians and how
// many times faster this package is. `pnpm bench`, `pnpm bench Get` for the cases whose name holds "Get".
import { decode, encode } from "@akm/ttlv";
import { Bench } from "tinybench";
import { type Case, corpus } from "./corpus.ts";

const wanted = process.argv[2] ?? "";
const cases = corpus(20_251_125).filter(({ name }) => name.includes(wanted));

const bench = new Bench({ time: 400, warmupTime: 200 });
for (const one of cases) addTo(bench, one);
await bench.run();
console.table(cases.map(row));

function addTo(target: Bench, { name, tag, type, value, bytes, json }: Case): void {
  const text = JSON.stringify(json);
  target.add(`${name} decode`, () => decode(tag, type, bytes));
  target.add(`${name} parse`, () => JSON.parse(text));
  target.add(`${name} encode`, () => encode(tag, type, value));
  target.add(`${name} stringify`, () => JSON.stringify(json));
}

function row({ name, bytes, json }: Case) {
  const [decoded, parsed] = [median(`${name} decode`), median(`${name} parse`)];
  const [encoded, written] = [median(`${name} encode`), median(`${name} stringify`)];
  return {
    message: name,
    "bytes / JSON": `${bytes.length} / ${JSON.stringify(json).length}`,
    "decode µs": micros(decoded),
    "JSON.parse µs": micros(parsed),
    "decode is": times(parsed / decoded),
    "encode µs": micros(encoded),
    "JSON.stringify µs": micros(written),
    "encode is": times(written / encoded),
    "both are": times((parsed + written) / (decoded + encoded)),
  };
}

function median(task: string): number {
  const result = bench.getTask(task)?.result;
  if (result?.state !== "completed") throw new Error(`${task} did not end`);
  return result.latency.p50;
}

function micros(ms: number): string {
  return (ms * 1000).toFixed(2);
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}
