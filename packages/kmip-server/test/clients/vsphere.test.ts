import { expect, test } from "vitest";
import { buildTlsHouse, type TlsHouse } from "../support/tls-house.ts";
import {
  type Answered,
  aesAttributes,
  enumerated,
  find,
  int,
  item,
  message,
  payloadOf,
  struct,
  text,
  textAttribute,
} from "../support/wire.ts";

// vCenter 7: protocol 1.1, header with version and count only, a connection for each purpose that opens with Discover
// Versions, batch item ids of 8 bytes: QLKC and a little-endian counter.

/** A vCenter in front of a house. */
function vCenter({ connect }: TlsHouse) {
  let counter = 0;
  const nextId = (): Uint8Array => {
    const id = Buffer.from("QLKC\0\0\0\0", "latin1");
    counter += 1;
    id.writeUInt32LE(counter, 4);
    return Uint8Array.from(id);
  };
  return {
    async session(...items: readonly ReturnType<typeof item>[]): Promise<Answered> {
      const wire = await connect("vcenter", "vmware");
      const versions = await wire.ask(message(1, [item("DiscoverVersions")]));
      expect(versions.batchItem[0]).not.toHaveProperty("uniqueBatchItemId");
      const answer = await wire.ask(message(1, items));
      wire.close();
      return answer;
    },
    nextId,
  };
}

const uid = (id: string) => text("UniqueIdentifier", id);

test("vCenter makes a key, marks it, fetches it while it is Pre-Active, and activates it", async () => {
  const house = await buildTlsHouse();
  const { session, nextId } = vCenter(house);
  const [algorithm, length, mask] = aesAttributes();
  const template = struct("TemplateAttribute", algorithm, mask, length);
  const createId = nextId();
  const created = await session(item("Create", [enumerated("ObjectType", 2), template], createId));
  expect(created.batchItem[0]?.uniqueBatchItemId).toEqual(createId);
  const id = find(payloadOf(created), "UniqueIdentifier") as string;

  for (const name of ["x-Product_Version", "x-Vendor", "x-Product"]) {
    const answer = await session(
      item("GetAttributes", [uid(id), text("AttributeName", name)], nextId()),
    );
    expect(payloadOf(answer)).toEqual([uid(id)]);
  }
  const marks = [
    textAttribute("x-Product_Version", "7.0.3 build-19480866"),
    textAttribute("x-Vendor", "VMware, Inc."),
    textAttribute("x-Product", "VMware vSphere"),
  ];
  const marked = await session(
    ...marks.map((mark) => item("AddAttribute", [uid(id), mark], nextId())),
  );
  expect(marked.batchItem.map(({ resultStatus }) => resultStatus)).toEqual([
    "Success",
    "Success",
    "Success",
  ]);

  const got = payloadOf(await session(item("Get", [uid(id)], nextId())));
  expect(find(got, "KeyFormatType")).toBe(1);
  expect(find(got, "KeyMaterial")).toHaveLength(32);

  const state = await session(
    item("GetAttributes", [uid(id), text("AttributeName", "State")], nextId()),
  );
  expect(find(payloadOf(state), "AttributeValue")).toBe(1);
  const activated = await session(item("Activate", [uid(id)], nextId()));
  expect(activated.batchItem[0]?.resultStatus).toBe("Success");

  const owner = ["x-Identifier", "x-Component", "x-Name"].map((name) =>
    item("AddAttribute", [uid(id), textAttribute(name, "192.0.2.17")], nextId()),
  );
  expect((await session(...owner)).batchItem.map(({ resultStatus }) => resultStatus)).toEqual([
    "Success",
    "Success",
    "Success",
  ]);
  const located = await session(
    item("Locate", [textAttribute("x-Identifier", "192.0.2.17")], nextId()),
  );
  expect(payloadOf(located)).toEqual([uid(id)]);
});

test("vCenter's health poll is two Discover Versions on a connection", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("vcenter");
  for (const _ of [1, 2]) {
    const payload = payloadOf(await wire.ask(message(1, [item("DiscoverVersions")])));
    expect(payload.map((version) => find([version], "ProtocolVersionMinor"))).toEqual([1, 0]);
  }
});

test("vCenter's trust setup reads the Vendor Identification", async () => {
  const { session, nextId } = vCenter(await buildTlsHouse());
  const answer = await session(item("Query", [enumerated("QueryFunction", 3)], nextId()));
  expect(find(payloadOf(answer), "VendorIdentification")).toBe("akm");
});

test("a user name and password in vCenter's settings refuses the whole message", async () => {
  const { connect } = await buildTlsHouse();
  const wire = await connect("vcenter");
  const value = struct("CredentialValue", text("Username", "kms"), text("Password", "kms"));
  const authentication = struct(
    "Authentication",
    struct("Credential", enumerated("CredentialType", 1), value),
  );
  const answer = await wire.ask(message(1, [item("Get", [uid("x")])], [authentication]));
  expect(answer.batchItem).toHaveLength(1);
  expect(answer.batchItem[0]).toMatchObject({
    resultStatus: "OperationFailed",
    resultReason: "AuthenticationNotSuccessful",
  });
  expect(answer.batchItem[0]).not.toHaveProperty("operation");
  expect(int("BatchCount", answer.responseHeader.batchCount).value).toBe(1);
});
