import type { Session } from "@akm/kmip-server";
import { buildHouse, type House, type LogLine } from "../support/house.ts";
import { attribute, bytes, enumerated, int, item, message, struct } from "../support/wire.ts";
import { type ReadAnswer, readAnswer } from "./answers.ts";
import { registeredKey } from "./grammar.ts";
import { fillIn } from "./placeholder.ts";
import { createRandom, type Random } from "./random.ts";
import { watchFor } from "./secrets.ts";
import { checkSoundness } from "./soundness.ts";

/** A server in memory, and those who ask it. */
export interface WholeServer {
  /**
   * Has one of the askers send a message.
   *
   * @throws Error for an answer or a line of the log that must not be
   */
  ask(message: Uint8Array): Promise<ReadAnswer>;
  /** Tells how many objects it keeps. Throws Error unless all of them are sound. */
  check(): Promise<number>;
}

const bob: Session = { user: "bob", groups: [], administrator: false, address: "fuzz" };
const carol: Session = { ...bob, user: "carol", groups: ["staff", "audit"] };

/** A key of somebody who asks nothing: nobody may come to see it. */
const foreignKey = Buffer.from("a7b6c5d4e3f20110a7b6c5d4e3f20110", "hex");

/** Identifiers at hand for messages; the first two stay. */
const poolMax = 48;

/** A house with a key of somebody else's in it. */
export async function createWholeServer(random: Random): Promise<WholeServer> {
  const house = buildHouse({}, { randomness: createRandom(random.below(2 ** 31)).bytes });
  const pool = ["A".repeat(24), await registerForeignKey(house)];
  let seen = 0;

  /** What was logged since this was last asked; an error is a defect of the server. */
  function newLines(): readonly LogLine[] {
    const lines = house.log.slice(seen);
    seen = house.log.length;
    const fault = lines.find(({ level }) => level === "error");
    if (fault === undefined) return lines;
    throw new Error(fault.event, { cause: fault.fields["error"] });
  }

  function keep(id: string): void {
    if (pool.length < poolMax) pool.push(id);
    else pool[2 + random.below(poolMax - 2)] = id;
  }

  return {
    async ask(bytes) {
      const request = fillIn(bytes, () => random.pick(pool));
      if (random.oneIn(64)) house.clock.advance(random.below(100_000));
      if (random.oneIn(256)) await house.server.rollDue();
      const answered = await house.server.answer(request, random.oneIn(5) ? carol : bob);
      const lines = newLines();
      const answer = readAnswer(request, answered);
      lookForSecrets(answer, lines);
      answer.made.forEach(keep);
      return answer;
    },
    check: () => checkSoundness(house),
  };
}

const foreign = watchFor(foreignKey);
const registered = watchFor(registeredKey);

/** Looks for key bytes in an answer and in what was logged beside it. */
function lookForSecrets({ bytes, items }: ReadAnswer, lines: readonly LogLine[]): void {
  const told = items.map(({ resultMessage = "" }) => resultMessage);
  const texts = [...told, ...lines.map((line) => JSON.stringify(line))];
  const form =
    foreign.foundIn(bytes) ??
    texts.map((text) => foreign.foundIn(text) ?? registered.foundIn(text)).find(Boolean);
  if (form !== undefined) throw new Error(`key bytes are shown, in the form ${form}`);
}

async function registerForeignKey(house: House): Promise<string> {
  const block = struct(
    "KeyBlock",
    enumerated("KeyFormatType", 1),
    struct("KeyValue", bytes("KeyMaterial", foreignKey)),
    enumerated("CryptographicAlgorithm", 3),
    int("CryptographicLength", 128),
  );
  const mask = attribute("Cryptographic Usage Mask", int("AttributeValue", 12));
  const register = item("Register", [
    enumerated("ObjectType", 2),
    struct("TemplateAttribute", mask),
    struct("SymmetricKey", block),
  ]);
  const request = message(1, [register]);
  const [id] = readAnswer(request, await house.as("owner").send(request)).made;
  if (id === undefined) throw new Error("no key was registered");
  return id;
}
