import type { Match, ReadObject, Store } from "@akm/store";
import type { Connections } from "./connections.ts";
import { isConnectionFailure, unavailable } from "./failure.ts";
import { createLane } from "./lane.ts";
import { retry } from "./retry.ts";
import { queryRows } from "./row-query.ts";
import { objectColumns, objectOf } from "./rows.ts";

/** Rows a page, unless the caller says otherwise. */
const pageSizeUsual = 100;
/** Rows a page at the most, whatever the caller says. */
const pageSizeMax = 1000;

/** First pages that share one message at the most. */
const sharingMax = 8;

/** Makes the search: candidates in pages, newest first. */
export function createFind(connections: Connections): Store["find"] {
  const firstPage = sharedPages(connections);
  return (match) => pages(connections, firstPage, match);
}

/**
 * A page begins after the last row of the one before, by its date and id, so nothing is held between pages but that row: no cursor, no
 * transaction, no connection.
 */
async function* pages(
  connections: Connections,
  firstPage: (statement: PageStatement) => Promise<ReadObject[]>,
  match: Match,
): AsyncGenerator<readonly ReadObject[]> {
  const pageSize = Math.max(1, Math.min(match.pageSize ?? pageSizeUsual, pageSizeMax));
  let page = await firstPage(pageStatement(match, undefined, pageSize));
  for (;;) {
    const last = page.at(-1);
    if (last !== undefined) yield page;
    if (last === undefined || page.length < pageSize) return;
    page = await askPage(connections, pageStatement(match, last, pageSize));
  }
}

interface WaitingPage {
  readonly statement: PageStatement;
  resolve(page: ReadObject[]): void;
  reject(error: unknown): void;
}

/**
 * Asks for first pages, which have no parameters: those that wait at the same moment go as one message, since it is the messages that
 * cost. Where one of them fails, all are asked again, each by itself.
 */
function sharedPages(
  connections: Connections,
): (statement: PageStatement) => Promise<ReadObject[]> {
  const lane = createLane<WaitingPage>({
    slots: 2,
    slotsMax: 4,
    take: (waiting) => waiting.splice(0, sharingMax),
    async run(batch) {
      const found = await askTogether(connections, batch).catch(() => undefined);
      const end = ({ statement, resolve, reject }: WaitingPage, at: number) => {
        const page = found?.[at];
        return page === undefined
          ? askPage(connections, statement).then(resolve, reject)
          : resolve(page);
      };
      await Promise.all(batch.map(end));
    },
  });
  return (statement) => new Promise((resolve, reject) => lane.add({ statement, resolve, reject }));
}

/** A list for each statement; `undefined` for a single one, which has nobody to share with. */
async function askTogether(
  connections: Connections,
  batch: readonly WaitingPage[],
): Promise<ReadObject[][] | undefined> {
  if (batch.length === 1) return undefined;
  const text = batch.map(({ statement }) => statement.text).join(";");
  return connections.use(({ client }) => queryRows(client, { text }, objectOf));
}

async function askPage(connections: Connections, statement: PageStatement): Promise<ReadObject[]> {
  try {
    const [page = []] = await retry(
      () => connections.use(({ client }) => queryRows(client, statement, objectOf)),
      isConnectionFailure,
    );
    return page;
  } catch (error) {
    throw unavailable(error);
  }
}

interface PageStatement {
  readonly text: string;
  readonly values: string[];
}

/**
 * Terms and dates stand in the text, so that the server plans for them, and knows whether to begin at the rare term or to walk the
 * dates. They are bigints, which cannot hold SQL; the id is a parameter.
 */
function pageStatement(
  match: Match,
  last: ReadObject | undefined,
  pageSize: number,
): PageStatement {
  const conditions: string[] = [];
  if (match.terms.length > 0) conditions.push(`terms @> ${termsLiteral(match.terms)}`);
  if (match.anyOf !== undefined)
    conditions.push(`${readerTerms(match)} && ${termsLiteral(match.anyOf)}`);
  if (match.from !== undefined) conditions.push(`initial_date >= ${int8Literal(match.from)}`);
  if (match.to !== undefined) conditions.push(`initial_date <= ${int8Literal(match.to)}`);
  if (last !== undefined) {
    const date = int8Literal(last.initialDate);
    conditions.push(`initial_date <= ${date} and (initial_date < ${date} or id > $1)`);
  }
  const where = conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
  const order = `order by initial_date desc, id limit ${pageSize}`;
  return {
    text: `select ${objectColumns} from akm.object ${where} ${order}`,
    values: last === undefined ? [] : [last.id],
  };
}

/**
 * A term that half of all rows have costs the index more than all rare ones together. An expression is not in the index: it is asked of
 * the rows that the rare ones find.
 */
function readerTerms({ areFew }: Match): string {
  return areFew ? "(terms || '{}')" : "terms";
}

function termsLiteral(terms: readonly bigint[]): string {
  return `'{${terms.map((term) => BigInt(term)).join(",")}}'::bigint[]`;
}

function int8Literal(value: bigint): string {
  return `'${BigInt(value)}'::bigint`;
}
