// Runs one case for some seconds, for a profiler to watch:
// node --conditions=akm-source --cpu-prof bench/profile.ts "Get answer" decode
import { decode, encode } from "@akm/ttlv";
import { corpus } from "./corpus.ts";

const [wanted = "Get answer", direction = "decode"] = process.argv.slice(2);
const found = corpus(20_251_125).find(({ name }) => name === wanted);
if (found === undefined) throw new Error(`no case "${wanted}"`);
const { tag, type, bytes, value } = found;

const end = performance.now() + 3000;
let rounds = 0;
while (performance.now() < end) {
  for (let i = 0; i < 1000; i++, rounds++) {
    if (direction === "decode") decode(tag, type, bytes);
    else encode(tag, type, value);
  }
}
console.log(`${wanted} ${direction}: ${(3_000_000 / rounds).toFixed(2)} µs`);
