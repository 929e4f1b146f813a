import type { ChangeSet } from "@akm/store";
import type pg from "pg";

const insertion = `
  with object as (
    insert into akm.object values ($1, 1, $1, $2, $3, 0, $4, 1, $5, $6)
  ), key as (
    insert into akm.key values ($1, 1, $7, $4, 1, null)
  ), claim as (
    insert into akm.claim values ($8, $1)
  )
  insert into akm.audit values ($9, $10, $11)`;

/** The ceiling of a creation: the same rows in one prepared statement, one commit each, nothing asked and nothing checked. */
export async function insert(pool: pg.Pool, change: ChangeSet): Promise<void> {
  const [object] = change.putObjects ?? [];
  const [key] = change.putKeys ?? [];
  const [claim] = change.takeClaims ?? [];
  const [audit] = change.audit;
  await pool.query({
    name: "insertion",
    text: insertion,
    values: [
      object?.id,
      object?.body,
      object?.sealed,
      object?.mac,
      object?.terms,
      object?.initialDate,
      key?.body,
      claim?.claim,
      audit?.id,
      audit?.at,
      audit?.body,
    ],
  });
}

const columns = `id, version, key_id, body, sealed, seal_seq, mac, mac_epoch, terms, initial_date`;

/** The usual way of a read: a prepared select for each call. */
export async function select(pool: pg.Pool, id: string): Promise<void> {
  const text = `select ${columns} from akm.object where id = $1`;
  await pool.query({ name: "selection", text, values: [id] });
}
