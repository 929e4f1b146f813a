import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { type Client, failures, TransportError } from "@akm/kmip-client";
import type { Asked, Kept, Ledger } from "./ledger.ts";

/** A change whose answer did not come, or was that the server cannot. */
export interface Open {
  readonly asked: Asked;
  /** A change that was refused must not have happened. */
  readonly refused: boolean;
}

/** Changes keys, one after the other and those of its own alone, until the server goes; returns the change that is open then. */
export async function writeUntilGone(client: Client, ledger: Ledger): Promise<Open | undefined> {
  const own = new Set<string>();
  let asked: Asked | undefined;
  try {
    for (;;) {
      asked = choose([...own].flatMap((id) => ledger.kept.get(id) ?? []));
      const made = await ask(client, asked);
      ledger.note(asked, made);
      asked = undefined;
      own.add(made);
      if (isUnread(ledger.kept.get(made))) ledger.noteBytes(made, await bytesOf(client, made));
    }
  } catch (error) {
    const refused = error instanceof failures.GeneralFailure;
    if (!refused && !(error instanceof TransportError)) throw error;
    return asked && { asked, refused };
  }
}

/** The bytes of a key, in hexadecimal. */
export async function bytesOf(client: Client, id: string): Promise<string> {
  const { symmetricKey } = await client.get({ uniqueIdentifier: id });
  return Buffer.from(symmetricKey?.key.reveal() ?? []).toString("hex");
}

/** Has the change made; gives the key that came of it, or that it was made to. */
export async function ask(client: Client, asked: Asked): Promise<string> {
  if (asked.act === "create" || asked.act === "register") return make(client, asked);
  const uniqueIdentifier = asked.id;
  if (asked.act === "reKey") return (await client.reKey({ uniqueIdentifier })).uniqueIdentifier;
  if (asked.act === "destroy") await client.destroy({ uniqueIdentifier });
  else await client.modifyAttribute({ uniqueIdentifier, attribute: { name: [asked.name] } });
  return uniqueIdentifier;
}

async function make(
  client: Client,
  asked: Asked & { readonly act: "create" | "register" },
): Promise<string> {
  const spec = { cryptographicAlgorithm: "AES", cryptographicLength: 256 } as const;
  const usage = { name: [asked.name], cryptographicUsageMask: ["Encrypt", "Decrypt"] } as const;
  const objectType = "SymmetricKey";
  const { uniqueIdentifier } =
    asked.act === "create"
      ? await client.create({ objectType, attributes: { ...spec, ...usage } })
      : await client.register({
          objectType,
          attributes: usage,
          symmetricKey: { ...spec, key: Buffer.from(asked.bytes, "hex") },
        });
  return uniqueIdentifier;
}

/** Half of all changes make keys; the others change or end one that was not replaced. */
function choose(own: readonly Kept[]): Asked {
  const name = randomUUID();
  const newest = own.filter(({ replacement }) => replacement === undefined);
  const key = newest[randomInt(newest.length + 1)];
  const dice = randomInt(10);
  if (key === undefined || dice < 5) {
    return dice < 3
      ? { act: "create", name }
      : { act: "register", name, bytes: randomBytes(32).toString("hex") };
  }
  if (dice === 9 && key.replaced === undefined) return { act: "destroy", id: key.id };
  return dice < 7 ? { act: "reKey", id: key.id } : { act: "rename", id: key.id, name };
}

function isUnread(key: Kept | undefined): boolean {
  return key !== undefined && key.bytes === undefined;
}
