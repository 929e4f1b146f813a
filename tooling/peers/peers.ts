// `pnpm peers [NAME…]`: plays other people's KMIP clients, all or those named. Code 1 when one of them fails.
import { playPeers } from "./play-peers.ts";

const failed = await playPeers(process.argv.slice(2));
process.exitCode = failed === 0 ? 0 : 1;
