// What a stranger may do with the packages that know KMIP and nothing else, on the oldest Node that they name: read a
// message and write it again.
import { requestMessage, tags } from "@akm/kmip-model";
import { decode, encode } from "@akm/ttlv";

/** A request of KMIP 1.1 to activate what the batch touched last. */
const message = Buffer.from(
  [
    "4200780100000060",
    "4200770100000038420069010000002042006A0200000004000000010000000042006B02000000040000000100000000",
    "42000D02000000040000000100000000",
    "42000F0100000018",
    "42005C05000000040000001200000000",
    "4200790100000000",
  ].join(""),
  "hex",
);
const request = decode(tags.RequestMessage, requestMessage, message);
if (!message.equals(encode(tags.RequestMessage, requestMessage, request)))
  throw new Error("not the same bytes");
console.log("asked for", request.batchItem[0]?.operation, "on Node", process.versions.node);
