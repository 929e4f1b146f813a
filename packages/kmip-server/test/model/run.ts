import { operations, transparentSymmetricKey } from "@akm/kmip-model";
import type { KmipServer } from "@akm/kmip-server";
import { byteString, decodeRaw } from "@akm/ttlv";
import { buildHouse, type House } from "../support/house.ts";
import { payloadFor } from "./answers.ts";
import { type Chance, runMessage } from "./batch.ts";
import { compare, Difference, type Received, received } from "./compare.ts";
import { type Answer, apply } from "./outcome.ts";
import { dueToRoll, reKey } from "./re-key.ts";
import { getAttributes } from "./read.ts";
import { type Mark, type Message, type Request, settle } from "./requests.ts";
import { editionFor, messageBytes } from "./wire.ts";
import { automaticName, emptyWorld, type Person, type World } from "./world.ts";

// One run: a whole server and the model beside it, through the same steps.

/** One step of a run. Numbers count the people, and the living objects from the newest on. */
export type Step =
  | { readonly do: "ask"; readonly by: number; readonly message: Message }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "wait for midnight" }
  | {
      readonly do: "grant" | "ungrant";
      readonly of: number;
      readonly users: readonly string[];
      readonly groups: readonly string[];
    }
  | { readonly do: "look at everything" };

/** Who takes part. */
export const people: readonly Person[] = [
  { user: "alice", groups: ["staff"], administrator: false },
  { user: "bob", groups: ["ops", "night"], administrator: false },
  { user: "root", groups: ["akm_admin"], administrator: true },
];

const root = people[2] as Person;

/** A run under way. */
export interface Run {
  readonly house: House;
  readonly world: World;
  /** Two servers over one store, which take turns. */
  readonly servers: KmipServer[];
}

/** An empty server and an empty model. */
export function begin(): Run {
  const house = buildHouse();
  const servers = [house.server, house.another()];
  return { house, servers, world: emptyWorld(house.clock.seconds) };
}

const newest: Message["version"] = [1, 1];

/** Takes one step. @throws Difference */
export async function take(run: Run, step: Step): Promise<void> {
  switch (step.do) {
    case "ask": {
      const message = settle(step.message, (mark) => settled(run.world, mark));
      return await ask(run, people[step.by] as Person, message);
    }
    case "wait":
      return await wait(run, BigInt(step.seconds));
    case "wait for midnight":
      return await wait(run, 86_400n - (run.world.now % 86_400n));
    case "grant":
    case "ungrant":
      return await list(run, step);
    case "look at everything":
      return await lookAtEverything(run);
  }
}

const absent = "AAAAAAAAAAAAAAAAAAAAAAAA";

function settled({ known, things, now }: World, mark: Mark): unknown {
  if (mark.mark === "date") return now + BigInt(mark.seconds);
  const among = mark.mark === "id" && mark.among === "all" ? known : [...things.keys()];
  const id = among[among.length - 1 - (mark.of % (among.length || 1))];
  if (mark.mark === "automatic name") return id === undefined ? "nobody" : automaticName(id);
  return id === undefined || mark.among === "none" ? absent : id;
}

async function send({ servers }: Run, person: Person, message: Message): Promise<Received> {
  servers.reverse();
  const { bytes } = await (servers[0] as KmipServer).answer(messageBytes(message), {
    ...person,
    address: "test",
  });
  if (bytes === undefined) throw new Difference("the server did not answer");
  return received(bytes);
}

async function ask(run: Run, person: Person, message: Message): Promise<void> {
  const { world } = run;
  const answer = await send(run, person, message);
  const version = message.version.join(".");
  if (answer.version !== version) throw new Difference(`answered in version ${answer.version}`);
  const { maximumResponseSize } = message;
  const isRefusal = answer.items.at(-1)?.resultReason === "ResponseTooLarge";
  if (!isRefusal && answer.bytes.length > (maximumResponseSize ?? Number.POSITIVE_INFINITY)) {
    throw new Difference(`an answer of ${answer.bytes.length} bytes, more than was asked for`);
  }
  const chance = await learn(run, message, answer);
  const expected = runMessage(world, { message, person }, chance);
  compare(answer, expected, editionFor(message.version));
  for (const id of touched(message, answer)) await lookAt(run, id);
}

const making: ReadonlySet<string> = new Set(["Create", "Register", "ReKey"]);

/** What the server chose: identifiers out of its answer, or found afterwards, and bytes as an administrator gets them. */
async function learn(run: Run, { items }: Message, answer: Received): Promise<Chance> {
  const given = new Map<number, string>();
  for (const [at, item] of answer.items.entries()) {
    const id = making.has(`${item.operation}`) ? identifierIn(item) : undefined;
    if (id !== undefined) given.set(at, id);
  }
  const maker = items.findIndex(({ op }) => making.has(op));
  if (answer.items[0]?.resultReason === "ResponseTooLarge" && maker >= 0) {
    for (const id of await unknownIds(run)) given.set(maker, id);
  }
  const bytes = new Map<string, Uint8Array>();
  for (const id of given.values()) {
    const seen = (await materialOf(run, id)) ?? materialIn(answer, id);
    if (seen) bytes.set(id, seen);
  }
  return { chosen: (at) => given.get(at), material: (id) => bytes.get(id) };
}

/** The identifier in a payload: the first text that has the form of one. */
function identifierIn(item: Received["items"][number]): string | undefined {
  const text = item.responsePayload && Buffer.from(item.responsePayload.bytes).toString("latin1");
  return text?.match(/[A-Za-z0-9+/]{21}[AQgw]AA/)?.[0];
}

async function unknownIds(run: Run): Promise<readonly string[]> {
  const ids = await run.house.as("root", root).call("Locate", { attribute: [] });
  return ids.uniqueIdentifier.filter((id) => !run.world.known.includes(id));
}

/** The bytes by the answer's own word, for a key that was made and destroyed in one message: nobody else saw them. */
function materialIn({ items }: Received, id: string): Uint8Array | undefined {
  for (const { operation, responsePayload } of items) {
    if (operation !== "Get" || responsePayload === undefined) continue;
    const { uniqueIdentifier, symmetricKey } = decodeRaw(responsePayload, operations.Get.response);
    const keyValue = symmetricKey?.keyBlock.keyValue;
    if (uniqueIdentifier !== id || keyValue === undefined || keyValue instanceof Uint8Array)
      continue;
    return keyValue.keyMaterial.type === "Structure"
      ? decodeRaw(keyValue.keyMaterial, transparentSymmetricKey).key
      : decodeRaw(keyValue.keyMaterial, byteString);
  }
  return undefined;
}

async function materialOf(run: Run, uniqueIdentifier: string): Promise<Uint8Array | undefined> {
  try {
    const keyFormatType = "Raw" as const;
    const asker = run.house.as("root", root);
    const { symmetricKey } = await asker.call("Get", { uniqueIdentifier, keyFormatType });
    const keyValue = symmetricKey?.keyBlock.keyValue;
    if (keyValue === undefined || keyValue instanceof Uint8Array) return undefined;
    const { bytes } = keyValue.keyMaterial;
    return bytes.slice(8, 8 + Buffer.from(bytes).readUInt32BE(4));
  } catch {
    return undefined;
  }
}

/** The objects that a message names, or makes. */
function touched({ items }: Message, answer: Received): ReadonlySet<string> {
  const named = items.flatMap((item) => ("id" in item && item.id ? [item.id] : []));
  const made = answer.items.flatMap((item) => identifierIn(item) ?? []);
  return new Set([...named, ...made]);
}

async function expectAnswer(run: Run, request: Request, answer: Answer): Promise<void> {
  const reply = await send(run, root, { version: newest, items: [request] });
  const payload = payloadFor(request.op, answer, 11);
  compare(reply, { items: [{ op: request.op, batchId: undefined, payload }] }, 11);
}

const byRoot = {
  person: root,
  edition: 11,
  placeholder: undefined,
  chosen: "",
  material: () => undefined,
};

/** All that an administrator sees of one object, if it is there. */
async function lookAt(run: Run, id: string): Promise<void> {
  const thing = run.world.things.get(id);
  if (thing === undefined) return;
  const request = { op: "GetAttributes", id, names: [] } as const;
  const { answer } = getAttributes(run.world, thing, { request, asking: byRoot });
  await expectAnswer(run, request, answer);
}

/** Every object in all its answers, and what each of the people finds. */
async function lookAtEverything(run: Run): Promise<void> {
  for (const id of run.world.known) {
    const items: Request[] = [
      { op: "GetAttributes", id, names: [] },
      { op: "GetAttributeList", id },
      { op: "Get", id },
    ];
    for (const item of items) await askAgain(run, root, item);
  }
  for (const person of people) await askAgain(run, person, { op: "Locate", filters: [] });
}

async function askAgain(run: Run, person: Person, item: Request): Promise<void> {
  const message: Message = { version: newest, items: [item] };
  const answer = await send(run, person, message);
  const nothing = { chosen: () => undefined, material: () => undefined };
  compare(answer, runMessage(run.world, { message, person }, nothing), 11);
}

/** Moves both clocks; what is due by then rolls, once, although both servers look for it at the same time. */
async function wait(run: Run, seconds: bigint): Promise<void> {
  const { world, house, servers } = run;
  house.clock.advance(seconds);
  world.now = house.clock.seconds;
  const due = dueToRoll(world);
  const rounds = await Promise.all(servers.map((server) => server.rollDue()));
  const rolled = rounds.reduce((sum, one) => sum + one, 0);
  if (rolled !== due.length) throw new Difference(`${rolled} keys rolled, not ${due.length}`);
  if (rolled === 0) return;
  const replacements = await newInstances(run);
  for (const { thing, ...offset } of due) {
    const chosen = replacements.get(thing.id) ?? "";
    const material = await materialOf(run, chosen);
    const asking = { ...byRoot, chosen, material: () => material };
    apply(world, reKey(world, thing, { request: { op: "ReKey", ...offset }, asking }));
  }
  for (const id of [...replacements].flat()) await lookAt(run, id);
}

/** The replacements that the model does not know yet, by what they replaced. */
async function newInstances(run: Run): Promise<ReadonlyMap<string, string>> {
  const asker = run.house.as("root", root);
  const pairs = new Map<string, string>();
  for (const id of await unknownIds(run)) {
    const { link = [] } = await asker.attributes(id, "Link");
    const old = link.find(({ linkType }) => linkType === "ReplacedObjectLink");
    if (old) pairs.set(old.linkedObjectIdentifier, id);
  }
  return pairs;
}

async function list(run: Run, { of, ...step }: Extract<Step, { of: number }>): Promise<void> {
  const { world, house } = run;
  const id = settled(world, { mark: "id", of, among: "living" }) as string;
  const thing = world.things.get(id);
  const change = { id, users: step.users, groups: step.groups };
  const reason = await house.server.administration[step.do](change).then(
    () => "Success",
    (error) => `${error.reason}`,
  );
  const wanted = thing === undefined ? "ItemNotFound" : thing.key ? "Success" : "PermissionDenied";
  if (reason !== wanted) throw new Difference(`${step.do}: ${reason}, expected ${wanted}`);
  if (thing?.key === undefined) return;
  const edit = (old: ReadonlySet<string>, some: readonly string[]) =>
    new Set(
      step.do === "grant" ? [...old, ...some] : [...old].filter((one) => !some.includes(one)),
    );
  const { users, groups } = thing.key;
  const key = { ...thing.key, users: edit(users, step.users), groups: edit(groups, step.groups) };
  apply(world, { answer: {}, put: [{ ...thing, key, lastChange: world.now }] });
  await lookAt(run, id);
}
