import type { Match, StoredObject } from "@akm/store";
import type { Connections } from "./connections.ts";
import { isConnectionFailure, unavailable } from "./failure.ts";
import { retry } from "./retry.ts";
import { fromRaw, objectColumns, type Raw } from "./rows.ts";

/** Rows a page, unless the caller says otherwise. */
const pageSizeUsual = 100;
/** Rows a page at the most, whatever the caller says. */
const pageSizeMax = 1000;

/**
 * Candidates in pages, newest first. A page begins after the last row of the one before, by its date and id, so nothing is held between
 * pages but that row: no cursor, no transaction, no connection.
 */
export async function* find(
  connections: Connections,
  match: Match,
): AsyncGenerator<readonly StoredObject[]> {
  const pageSize = Math.max(1, Math.min(match.pageSize ?? pageSizeUsual, pageSizeMax));
  let last: StoredObject | undefined;
  for (;;) {
    const page = await askPage(connections, pageStatement(match, last, pageSize));
    last = page.at(-1);
    if (last !== undefined) yield page;
    if (page.length < pageSize) return;
  }
}

async function askPage(
  connections: Connections,
  statement: PageStatement,
): Promise<StoredObject[]> {
  try {
    const { rows } = await retry(
      () => connections.use(({ client }) => client.query<Raw<StoredObject>>(statement)),
      isConnectionFailure,
    );
    return rows.map(fromRaw<StoredObject>);
  } catch (error) {
    throw unavailable(error);
  }
}

interface PageStatement {
  readonly text: string;
  readonly values: readonly string[];
}

/**
 * Terms and dates stand in the text, so that the server plans for them, and knows whether to begin at the rare term or to walk the
 * dates. They are bigints, which cannot hold SQL; the id is a parameter.
 */
function pageStatement(
  match: Match,
  last: StoredObject | undefined,
  pageSize: number,
): PageStatement {
  const conditions: string[] = [];
  if (match.terms.length > 0) conditions.push(`terms @> ${termsLiteral(match.terms)}`);
  if (match.anyOf !== undefined) conditions.push(`terms && ${termsLiteral(match.anyOf)}`);
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

function termsLiteral(terms: readonly bigint[]): string {
  return `'{${terms.map((term) => BigInt(term)).join(",")}}'::bigint[]`;
}

function int8Literal(value: bigint): string {
  return `'${BigInt(value)}'::bigint`;
}
