// Other people's KMIP clients, unchanged, all of them: `tooling/peers`.
import { playPeers } from "../peers/play-peers.ts";

const failed = await playPeers([]);
console.log(`failed ${failed} clients`);
process.exitCode = failed === 0 ? 0 : 1;
