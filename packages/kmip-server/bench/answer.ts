// One message through the whole server, bytes in and bytes out, over the store in memory: `pnpm bench`. Compare figures
// within one run only; the time of an answer is the server's own, without a socket and without a database.
import {
  type OperationName,
  operations,
  type RequestOf,
  requestMessage,
  responseMessage,
  tags,
  toStructures,
  v1_1,
} from "@akm/kmip-model";
import {
  createKeyring,
  createServer,
  KeyMaterial,
  openKeyring,
  type Session,
  systemRandomness,
} from "@akm/kmip-server";
import { createMemoryStore } from "@akm/store";
import { decode, decodeRaw, encode, encodeRaw } from "@akm/ttlv";
import { Bench } from "tinybench";

type Asked = Extract<keyof typeof operations, OperationName>;

const masterKey = KeyMaterial.take(systemRandomness(32));
const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
const server = createServer({ store: createMemoryStore(), keyring });
const session: Session = {
  user: "array-7",
  groups: ["storage"],
  administrator: false,
  address: "192.0.2.7",
};

const query = message("Query", { queryFunction: ["QueryOperations", "QueryObjects"] });
const uniqueIdentifier = await createdId();
const get = message("Get", { uniqueIdentifier });
const getAttributes = message("GetAttributes", { uniqueIdentifier, attributeName: [] });

const bench = new Bench({ time: 1000, warmupTime: 500 })
  .add("Query", () => answer(query))
  .add("Create", () => answer(creation()))
  .add("Get", () => answer(get))
  .add("Get Attributes (all)", () => answer(getAttributes));
await bench.run();
console.table(
  bench.tasks.map(({ name, result }) => {
    if (result.state !== "completed") throw new Error(`${name} did not end`);
    const { p50, p99 } = result.latency;
    return {
      message: name,
      "median µs": (1000 * p50).toFixed(1),
      "p99 µs": (1000 * p99).toFixed(1),
    };
  }),
);

/** What kmip-load asks for, too: a named AES-256 key. */
function creation(): Uint8Array {
  const nameValue = Buffer.from(systemRandomness(8)).toString("hex");
  const attribute = toStructures(
    {
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
      name: [{ nameValue, nameType: "UninterpretedTextString" }],
    },
    v1_1,
  );
  const templateAttribute = { name: [], attribute };
  return message("Create", { objectType: "SymmetricKey", templateAttribute });
}

async function createdId(): Promise<string> {
  const [item] = decode(tags.ResponseMessage, responseMessage, await answer(creation())).batchItem;
  if (item?.responsePayload === undefined) throw new Error(`Create ends ${item?.resultReason}`);
  return decodeRaw(item.responsePayload, operations.Create.response).uniqueIdentifier;
}

function message<N extends Asked>(
  operation: N,
  request: RequestOf<(typeof operations)[N]>,
): Uint8Array {
  const { request: type } = operations[operation];
  const requestPayload = encodeRaw(tags.RequestPayload, type as never, request as never);
  const protocolVersion = { protocolVersionMajor: 1, protocolVersionMinor: 1 };
  return encode(tags.RequestMessage, requestMessage, {
    requestHeader: { protocolVersion, batchCount: 1 },
    batchItem: [{ operation, requestPayload }],
  });
}

async function answer(bytes: Uint8Array): Promise<Uint8Array> {
  const { bytes: answered } = await server.answer(bytes, session);
  if (answered === undefined) throw new Error("no answer");
  return answered;
}
