import { StoreError } from "@akm/store";
import type pg from "pg";

/** Settings without which an acknowledged change can be lost. */
const durable = ["fsync", "full_page_writes", "synchronous_commit"] as const;

type Facts = Readonly<Record<(typeof durable)[number] | "encoding", string>> & {
  readonly version: number;
  readonly release: string;
};

/**
 * Refuses a server on which akm's promises do not hold: older than PostgreSQL 15, not UTF8, or, unless `unsafeDurability`, one that
 * acknowledges what a power cut undoes.
 *
 * @throws StoreError `Unavailable`, naming the setting and what to do
 */
export async function checkServer(client: pg.ClientBase, unsafeDurability: boolean): Promise<void> {
  const { rows } = await client.query<Facts>(
    `select current_setting('server_version_num')::integer as version, current_setting('server_version') as release,
      current_setting('server_encoding') as encoding,
      ${durable.map((name) => `current_setting('${name}') as ${name}`).join(", ")}`,
  );
  const facts = rows[0] as Facts;
  if (facts.version < 150_000)
    refuse(`the server is PostgreSQL ${facts.release}: akm needs 15 or newer`);
  if (facts.encoding !== "UTF8")
    refuse(`the database's encoding is ${facts.encoding}: make one with encoding UTF8`);
  const off = durable.find((name) => facts[name] === "off");
  if (off !== undefined && !unsafeDurability)
    refuse(`${off} is off, so a power cut can undo what was acknowledged: set ${off} = on`);
}

function refuse(text: string): never {
  throw new StoreError("Unavailable", text);
}
