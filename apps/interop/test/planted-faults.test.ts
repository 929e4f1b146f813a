import { type Finding, judge, playCase, readCases } from "@akm/interop";
import { tags } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item } from "@akm/ttlv";
import { expect, test } from "vitest";
import { housePlayers } from "./support/house.ts";

const conversation = `<KMIP>
  <RequestMessage><BatchItem><Operation type="Enumeration" value="Create"/><RequestPayload>
    <ObjectType type="Enumeration" value="SymmetricKey"/>
    <TemplateAttribute>
      <Attribute><AttributeName type="TextString" value="Cryptographic Algorithm"/><AttributeValue type="Enumeration" value="AES"/></Attribute>
      <Attribute><AttributeName type="TextString" value="Cryptographic Usage Mask"/><AttributeValue type="Integer" value="Encrypt"/></Attribute>
    </TemplateAttribute></RequestPayload></BatchItem></RequestMessage>
  <ResponseMessage><BatchItem><Operation type="Enumeration" value="Create"/><ResultStatus type="Enumeration" value="Success"/>
    <ResponsePayload><ObjectType type="Enumeration" value="SymmetricKey"/><UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/></ResponsePayload></BatchItem></ResponseMessage>
  <RequestMessage><BatchItem><Operation type="Enumeration" value="Activate"/><RequestPayload>
    <UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/></RequestPayload></BatchItem></RequestMessage>
  <ResponseMessage><BatchItem><Operation type="Enumeration" value="Activate"/><ResultStatus type="Enumeration" value="Success"/>
    <ResponsePayload><UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/></ResponsePayload></BatchItem></ResponseMessage>
  <RequestMessage><BatchItem><Operation type="Enumeration" value="GetAttributes"/><RequestPayload>
    <UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/>
    <AttributeName type="TextString" value="State"/><AttributeName type="TextString" value="Activation Date"/></RequestPayload></BatchItem></RequestMessage>
  <ResponseMessage><BatchItem><Operation type="Enumeration" value="GetAttributes"/><ResultStatus type="Enumeration" value="Success"/>
    <ResponsePayload><UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/>
    <Attribute><AttributeName type="TextString" value="State"/><AttributeValue type="Enumeration" value="Active"/></Attribute>
    <Attribute><AttributeName type="TextString" value="Activation Date"/><AttributeValue type="DateTime" value="$NOW"/></Attribute>
    </ResponsePayload></BatchItem></ResponseMessage>
  <RequestMessage><BatchItem><Operation type="Enumeration" value="Destroy"/><RequestPayload>
    <UniqueIdentifier type="TextString" value="$UNIQUE_IDENTIFIER_0"/></RequestPayload></BatchItem></RequestMessage>
  <ResponseMessage><BatchItem><Operation type="Enumeration" value="Destroy"/><ResultStatus type="Enumeration" value="OperationFailed"/>
    <ResultReason type="Enumeration" value="PermissionDenied"/></BatchItem></ResponseMessage>
</KMIP>`;

type Change = (item: Item) => readonly Item[];

/** The message with `change` made wherever it changes something. */
function changed(item: Item, change: Change): readonly Item[] {
  const inner =
    item.type === "Structure"
      ? { ...item, value: item.value.flatMap((each) => changed(each, change)) }
      : item;
  return change(inner);
}

async function findings(change: Change): Promise<readonly Finding[]> {
  const [played] = readCases("planted", conversation);
  if (played === undefined) throw new Error("no case");
  const players = housePlayers((answer) => {
    const [message] = changed(decode(tags.ResponseMessage, anyItem, answer), change);
    return encode(tags.ResponseMessage, anyItem, message as Item);
  });
  return judge(await playCase(played, players), { class: "passes" }).findings;
}

const nameIs = (item: Item, name: string) =>
  item.type === "Structure" && item.value.some(({ value }) => value === name);

test("an honest server passes", async () => {
  expect(await findings((item) => [item])).toEqual([]);
});

test.each<[string, Change, Partial<Finding>]>([
  [
    "a wrong reason",
    (item) => [item.tag === tags.ResultReason ? ({ ...item, value: 1 } as Item) : item],
    {
      step: "3",
      path: "BatchItem/ResultReason",
      expected: "PermissionDenied",
      got: "ItemNotFound",
    },
  ],
  [
    "a missing attribute",
    (item) => (nameIs(item, "Activation Date") ? [] : [item]),
    { step: "2", path: "BatchItem/ResponsePayload/Attribute[Activation Date]", got: "nothing" },
  ],
  [
    "an extra field",
    (item) =>
      item.tag === tags.UniqueIdentifier
        ? [item, { tag: tags.LeaseTime, type: "Interval", value: 1 }]
        : [item],
    { step: "0", path: "BatchItem/ResponsePayload/LeaseTime", expected: "nothing", got: "1" },
  ],
  [
    "an attribute that was not asked for",
    (item) => (nameIs(item, "State") ? [item, renamed(item, "Digest")] : [item]),
    { step: "2", path: "BatchItem/ResponsePayload/Attribute[Digest]", expected: "nothing" },
  ],
  [
    "a swapped order",
    (item) => [
      item.tag === tags.ResponsePayload && item.type === "Structure"
        ? { ...item, value: [...item.value].reverse() }
        : item,
    ],
    { step: "0", path: "BatchItem/ResponsePayload/UniqueIdentifier", got: "nothing" },
  ],
  [
    "a stale value",
    (item) => [nameIs(item, "State") ? withValue(item, 1) : item],
    {
      step: "2",
      path: "BatchItem/ResponsePayload/Attribute[State]/AttributeValue",
      expected: "Active",
      got: "PreActive",
    },
  ],
  [
    "a date of another day",
    (item) => [
      item.tag === tags.AttributeValue && item.type === "DateTime"
        ? { ...item, value: item.value - 86_400n }
        : item,
    ],
    { step: "2", path: "BatchItem/ResponsePayload/Attribute[Activation Date]/AttributeValue" },
  ],
  [
    "a value of another type",
    (item) => [
      item.tag === tags.AttributeValue && item.type === "Enumeration"
        ? { ...item, type: "Integer" }
        : item,
    ],
    { step: "2", got: "Integer" },
  ],
  [
    "another object's identifier",
    (item) => [
      item.tag === tags.ResponsePayload && members(item).length === 3 ? withStranger(item) : item,
    ],
    { step: "2", path: "BatchItem/ResponsePayload/UniqueIdentifier", got: "stranger" },
  ],
])("%s is caught", async (_, change, finding) => {
  expect(await findings(change)).toContainEqual(expect.objectContaining(finding));
});

function members(item: Item): readonly Item[] {
  return item.type === "Structure" ? item.value : [];
}

function withMember(item: Item, tag: number, value: unknown): Item {
  const inner = members(item).map((each) => (each.tag === tag ? { ...each, value } : each));
  return { ...item, value: inner } as Item;
}

function renamed(item: Item, name: string): Item {
  return withMember(item, tags.AttributeName, name);
}

function withValue(item: Item, code: number): Item {
  return withMember(item, tags.AttributeValue, code);
}

function withStranger(item: Item): Item {
  return withMember(item, tags.UniqueIdentifier, "stranger");
}
