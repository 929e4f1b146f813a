import { createClient, ProtocolError } from "@akm/kmip-client";
import { type responseMessage, tags } from "@akm/kmip-model";
import { encodeRaw, structure, type ValueOf } from "@akm/ttlv";
import { expect, test } from "vitest";
import { createResponder, Refusal } from "./responder.ts";

type Message = ValueOf<typeof responseMessage>;
type Item = Message["batchItem"][number];

const answers = {
  Activate: () => ({ uniqueIdentifier: "a" }),
  Locate: () => ({ uniqueIdentifier: ["a"] }),
};

function header(members: Partial<Message["responseHeader"]>) {
  return (message: Message): Message => ({
    ...message,
    responseHeader: { ...message.responseHeader, ...members },
  });
}

function items(change: (items: readonly Item[]) => readonly Item[]) {
  return ({ responseHeader, batchItem }: Message): Message => {
    const changed = change(batchItem);
    return {
      responseHeader: { ...responseHeader, batchCount: changed.length },
      batchItem: changed,
    };
  };
}

const [major, minor] = ["protocolVersionMajor", "protocolVersionMinor"] as const;

test.each([
  [
    "another version",
    header({ protocolVersion: { [major]: 1, [minor]: 0 } }),
    "version 1.0 answers version 1.1",
  ],
  ["a wrong count", header({ batchCount: 3 }), "batch count 3, but 2 items"],
  ["an item too many", items((all) => [...all, ...all]), "4 items answer 2"],
  ["an item too few", items(([first]) => [first as Item]), "1 of 2 items are answered"],
  ["no item", items(() => []), "0 of 2 items are answered"],
  ["items in another order", items((all) => all.toReversed()), "operation Activate answers Locate"],
  [
    "another identifier",
    items((all) => all.map((item) => ({ ...item, uniqueBatchItemId: Uint8Array.of(9) }))),
    "unique batch item id 09 answers 00000001",
  ],
  [
    "no identifier",
    items((all) => all.map(({ uniqueBatchItemId: _, ...item }) => item)),
    "unique batch item id none answers 00000001",
  ],
  [
    "no payload",
    items((all) => all.map(({ responsePayload: _, ...item }) => item)),
    "Locate is answered without a payload",
  ],
  [
    "an outcome that is not there yet",
    items(([first, ...rest]) => [{ ...first, resultStatus: "OperationPending" } as Item, ...rest]),
    "Locate has result status OperationPending",
  ],
  [
    "a failure with items after it",
    items(([first, ...rest]) => [failed(first as Item), ...rest]),
    "items follow failed item 0",
  ],
  [
    "a failure without a reason",
    items(([first]) => [{ ...first, resultStatus: "OperationFailed" } as Item]),
    "a failure without a result reason",
  ],
])("an answer with %s is a protocol error", async (_, alter, text) => {
  const { transport } = createResponder(answers, alter);
  const sent = createClient(transport).batch().locate().activate().send();
  await expect(sent).rejects.toBeInstanceOf(ProtocolError);
  await expect(sent).rejects.toThrow(text);
});

function failed(item: Item): Item {
  return { ...item, resultStatus: "OperationFailed", resultReason: "GeneralFailure" };
}

test("bytes that are no response message are a protocol error", async () => {
  const client = createClient(async () => Uint8Array.of(0x42, 0, 0x78, 1, 0, 0, 0, 0));
  await expect(client.locate()).rejects.toThrow(/^the answer cannot be read: .*0x42007B/);
});

test("a payload that does not fit its declaration is a protocol error that names the operation", async () => {
  const responsePayload = encodeRaw(tags.ResponsePayload, structure({}), {});
  const { transport } = createResponder(
    answers,
    items((all) => all.map((item) => ({ ...item, responsePayload }))),
  );
  const sent = createClient(transport).activate();
  await expect(sent).rejects.toBeInstanceOf(ProtocolError);
  await expect(sent).rejects.toThrow("the answer cannot be read: Activate");
});

test("a refusal of the whole message is a failure, whatever version it is in", async () => {
  const { transport } = createResponder(answers, ({ responseHeader }) => ({
    responseHeader: {
      ...responseHeader,
      protocolVersion: { [major]: 1, [minor]: 0 },
      batchCount: 1,
    },
    batchItem: [
      { resultStatus: "OperationFailed", resultReason: "InvalidMessage", resultMessage: "no" },
    ],
  }));
  const outcome = await createClient(transport).batch().locate().activate().settle();
  expect(outcome).toMatchObject({
    done: false,
    results: [],
    failure: {
      reason: "InvalidMessage",
      operation: undefined,
      message: "the message: InvalidMessage: no",
    },
  });
});

test("what comes with a refusal is part of the failure", async () => {
  const denied = { cryptographicUsageMask: ["Sign"] } as const;
  const { transport } = createResponder({
    Check: () => {
      throw new Refusal("PermissionDenied", "not for Sign", denied);
    },
  });
  const check = createClient(transport).check({ uniqueIdentifier: "a", ...denied });
  await expect(check).rejects.toMatchObject({ reason: "PermissionDenied", payload: denied });
});
