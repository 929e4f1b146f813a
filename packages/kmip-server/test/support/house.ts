import {
  type Attributes,
  fromStructures,
  KmipError,
  type OperationName,
  operations,
  type ProtocolVersion,
  type RequestOf,
  type ResponseOf,
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
  type Keyring,
  type KmipServer,
  type LogLevel,
  openKeyring,
  type Policy,
  type ServerOptions,
  systemRandomness,
} from "@akm/kmip-server";
import { createMemoryStore, type MemoryStore } from "@akm/store";
import { decode, decodeRaw, encode, encodeRaw } from "@akm/ttlv";

/** A clock that stands until it is moved. */
export interface Clock {
  /** Seconds since 1970. */
  seconds: bigint;
  advance(seconds: number | bigint): void;
}

/** A whole server in memory, and whoever asks it. */
export interface House {
  readonly clock: Clock;
  readonly store: MemoryStore;
  readonly server: KmipServer;
  readonly keyring: Keyring;
  /** The lines that the servers logged. */
  readonly log: readonly LogLine[];
  /** Another server over the same store. */
  another(): KmipServer;
  as(user: string, options?: AskerOptions): Asker;
}

/** A line of the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Who asks, beside the name. */
export interface AskerOptions {
  readonly groups?: readonly string[];
  readonly administrator?: boolean;
  readonly version?: ProtocolVersion;
}

type Name = Extract<keyof typeof operations, OperationName>;

/** One client of the house; every call is a message of its own. */
export interface Asker {
  /** The response payload. Throws `KmipError` with the reason and text of the refusal. */
  call<N extends Name>(
    name: N,
    request: RequestOf<(typeof operations)[N]>,
  ): Promise<ResponseOf<(typeof operations)[N]>>;
  /** Creates an AES-256 key that may encrypt and decrypt, unless the attributes say otherwise. */
  create(attributes?: Attributes): Promise<string>;
  /** The attributes of an object; all, or those that are named. */
  attributes(uniqueIdentifier: string, ...attributeName: readonly string[]): Promise<Attributes>;
  /** Sends a message as it is. */
  send(bytes: Uint8Array): Promise<{ bytes: Uint8Array; close: boolean }>;
}

const newYear = 1_767_225_600n;

/** A server over a memory store with a clock of its own, at the first second of 2026. */
export function buildHouse(
  policy: Partial<Policy> = {},
  source: Pick<ServerOptions, "randomness"> = {},
): House {
  const clock: Clock = {
    seconds: newYear,
    advance(seconds) {
      this.seconds += BigInt(seconds);
    },
  };
  const store = createMemoryStore({ now: () => Number(clock.seconds) * 1000 });
  const masterKey = KeyMaterial.copyOf(new Uint8Array(32));
  const keyring = openKeyring(createKeyring(masterKey, systemRandomness), masterKey);
  const log: LogLine[] = [];
  const another = () =>
    createServer({
      store,
      keyring,
      policy,
      ...source,
      log: (level, event, fields) => log.push({ level, event, fields }),
    });
  const server = another();
  const as: House["as"] = (user, options = {}) => askerOf(server, user, options);
  return { clock, store, keyring, server, log, another, as };
}

/** A Template-Attribute of these attributes. */
export function templateAttribute(attributes: Attributes, templates: readonly string[] = []) {
  const name = templates.map((nameValue) => ({
    nameValue,
    nameType: "UninterpretedTextString" as const,
  }));
  return { name, attribute: toStructures(attributes, v1_1) };
}

const version1_1: ProtocolVersion = { protocolVersionMajor: 1, protocolVersionMinor: 1 };

function askerOf(server: House["server"], user: string, options: AskerOptions): Asker {
  const { groups = [], administrator = false, version = version1_1 } = options;
  const session = { user, groups, administrator, address: "test" };
  const send: Asker["send"] = async (message) => {
    const { bytes, close } = await server.answer(message, session);
    if (bytes === undefined) throw new Error("the server did not answer");
    return { bytes, close };
  };
  const call: Asker["call"] = async (name, request) => {
    const { bytes } = await send(oneItem(name, request, version));
    return readOne(name, bytes);
  };
  return {
    call,
    send,
    async create(attributes = {}) {
      const aes: Attributes = {
        cryptographicAlgorithm: "AES",
        cryptographicLength: 256,
        cryptographicUsageMask: ["Encrypt", "Decrypt"],
      };
      const request = {
        objectType: "SymmetricKey",
        templateAttribute: templateAttribute({ ...aes, ...attributes }),
      } as const;
      return (await call("Create", request)).uniqueIdentifier;
    },
    async attributes(uniqueIdentifier, ...attributeName) {
      const { attribute } = await call("GetAttributes", { uniqueIdentifier, attributeName });
      return fromStructures(attribute, v1_1);
    },
  };
}

/** A message of one item. */
export function oneItem<N extends Name>(
  name: N,
  request: RequestOf<(typeof operations)[N]>,
  version: ProtocolVersion = version1_1,
): Uint8Array {
  const requestPayload = encodeRaw(tags.RequestPayload, operations[name].request, request as never);
  return encode(tags.RequestMessage, requestMessage, {
    requestHeader: { protocolVersion: version, batchCount: 1 },
    batchItem: [{ operation: name, requestPayload }],
  });
}

function readOne<N extends Name>(name: N, bytes: Uint8Array): ResponseOf<(typeof operations)[N]> {
  const [item] = decode(tags.ResponseMessage, responseMessage, bytes).batchItem;
  if (item?.resultStatus === "Success" && item.responsePayload !== undefined) {
    return decodeRaw(item.responsePayload, operations[name].response) as ResponseOf<
      (typeof operations)[N]
    >;
  }
  throw new KmipError(item?.resultReason ?? "GeneralFailure", item?.resultMessage ?? "no text");
}
