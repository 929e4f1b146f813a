import { copyAsRead, copyKey, type Store } from "@akm/store";
import { binaryArray, textCell } from "./binary-array.ts";
import type { Connections } from "./connections.ts";
import { isConnectionFailure, unavailable } from "./failure.ts";
import { createFind } from "./find.ts";
import { retry } from "./retry.ts";
import { queryRows, type Statement, type Texts } from "./row-query.ts";
import { keyColumns, keyOf, objectColumns, objectOf, recordColumns, recordOf } from "./rows.ts";
import { createSharedRead, type SharedRead } from "./shared-read.ts";

/** The asking half of the port. */
export type Reads = Pick<Store, "read" | "readKeys" | "readRecords" | "owners" | "find" | "due">;

/** Makes the asking half. */
export function createReads(connections: Connections): Reads {
  const ask = asking(connections);
  const readOwners = createOwners(connections);
  return {
    read: createSharedRead(connections, {
      name: "read",
      text: `select ${objectColumns} from akm.object where id = any($1::text[])`,
      encode: textArray,
      decode: objectOf,
      copy: copyAsRead,
    }),
    readKeys: createSharedRead(connections, {
      name: "readKeys",
      text: `select ${keyColumns} from akm.key where id = any($1::text[])`,
      encode: textArray,
      decode: keyOf,
      copy: copyKey,
    }),
    async readRecords(kind) {
      const text = `select ${recordColumns} from akm.record where kind = $1 order by id`;
      return ask({ name: "readRecords", text, values: [kind] }, recordOf);
    },
    async owners(claims) {
      const ids = claims.map((claim) => Buffer.from(claim).toString("hex"));
      const found = await readOwners(ids);
      return ids.map((id) => found.get(id));
    },
    find: createFind(connections),
    async due(until, limit) {
      const text = "select id from akm.key where due_at <= $1 order by due_at, id limit $2";
      return ask({ name: "due", text, values: [until, limit] }, ([id]) => id as string);
    },
  };
}

/** The owners of claims by the claim in hexadecimal. */
function createOwners(connections: Connections): SharedRead<string> {
  return createSharedRead<string>(connections, {
    name: "owners",
    text: "select encode(claim, 'hex') as id, owner from akm.claim where claim = any($1::bytea[])",
    encode: (ids) => {
      const claims = ids.map((id) => Buffer.from(id, "hex"));
      return binaryArray("bytea", claims);
    },
    decode: ([, owner]) => owner as string,
    copy: (owner) => owner,
  });
}

function textArray(texts: readonly string[]): Buffer {
  return binaryArray("text", texts.map(textCell));
}

/** Asks for rows, again where the connection was at fault. */
function asking(connections: Connections) {
  return async <Row>(statement: Statement, read: (texts: Texts) => Row): Promise<Row[]> => {
    try {
      const ask = () => connections.use(({ client }) => queryRows(client, statement, read));
      const [rows = []] = await retry(ask, isConnectionFailure);
      return rows;
    } catch (error) {
      throw unavailable(error);
    }
  };
}
