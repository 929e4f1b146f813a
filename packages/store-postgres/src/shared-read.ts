import type { Connections } from "./connections.ts";
import { isConnectionFailure, unavailable } from "./failure.ts";
import { createLane } from "./lane.ts";
import { retry } from "./retry.ts";
import { queryRows, type Texts } from "./row-query.ts";

/** Asks for rows by id; callers that wait at the same moment share one statement. */
export type SharedRead<Row> = (ids: readonly string[]) => Promise<Map<string, Row>>;

/** How to ask, and what to do with what comes. */
export interface SharedReadOptions<Row> {
  /** Name under which each connection prepares the statement. */
  readonly name: string;
  /** Its one parameter is an array of ids; the first column of its rows is the id. */
  readonly text: string;
  encode(ids: readonly string[]): Buffer;
  decode(texts: Texts): Row;
  /** Two callers never get the same bytes. */
  copy(row: Row): Row;
}

interface Reader<Row> {
  readonly ids: readonly string[];
  resolve(rows: Map<string, Row>): void;
  reject(error: unknown): void;
}

/** Callers that share one statement at the most. */
const readersMax = 256;

/**
 * Makes a shared read with at most two statements under way. A reader's statement is sent after its call, so it sees every commit
 * that was answered before.
 */
export function createSharedRead<Row>(
  connections: Connections,
  { name, text, encode, decode, copy }: SharedReadOptions<Row>,
): SharedRead<Row> {
  const decodeWithId = (texts: Texts) => [texts[0] as string, decode(texts)] as const;

  async function ask(ids: readonly string[]): Promise<Map<string, Row>> {
    const statement = { name, text, values: [encode(ids)] };
    const lists = await retry(
      () => connections.use(({ client }) => queryRows(client, statement, decodeWithId)),
      isConnectionFailure,
    );
    return new Map(lists[0]);
  }

  async function serve(readers: readonly Reader<Row>[]): Promise<void> {
    try {
      const rows = await ask([...new Set(readers.flatMap(({ ids }) => ids))]);
      const hand = handOut(rows, copy);
      for (const reader of readers) reader.resolve(hand(reader.ids));
    } catch (error) {
      for (const reader of readers) reader.reject(unavailable(error));
    }
  }

  const lane = createLane<Reader<Row>>({
    slots: 2,
    take: (waiting) => waiting.splice(0, readersMax),
    run: serve,
  });
  return async (ids) => {
    if (ids.length === 0) return new Map();
    return new Promise((resolve, reject) => lane.add({ ids, resolve, reject }));
  };
}

/** Gives each row itself to the first who asked for it, and copies to the others. */
function handOut<Row>(rows: Map<string, Row>, copy: (row: Row) => Row) {
  const handed = new Set<string>();
  return (ids: readonly string[]): Map<string, Row> => {
    const mine = new Map<string, Row>();
    for (const id of ids) {
      const row = rows.get(id);
      if (row === undefined || mine.has(id)) continue;
      mine.set(id, handed.has(id) ? copy(row) : row);
      handed.add(id);
    }
    return mine;
  };
}
