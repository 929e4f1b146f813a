import type { Match, StoredObject } from "@akm/store";
import { binaryArray, int8Cell } from "./binary-array.ts";
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
  const pageSize = Math.min(match.pageSize ?? pageSizeUsual, pageSizeMax);
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
  readonly values: unknown[];
}

/**
 * Has no name on purpose: the server plans it for these very terms, and so knows whether to begin at the rare term or to walk the
 * dates; a prepared plan has to guess.
 */
function pageStatement(
  match: Match,
  last: StoredObject | undefined,
  pageSize: number,
): PageStatement {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const terms = (list: readonly bigint[]) =>
    `${parameter(binaryArray("int8", list.map(int8Cell)))}::bigint[]`;

  if (match.terms.length > 0) conditions.push(`terms @> ${terms(match.terms)}`);
  if (match.anyOf !== undefined) conditions.push(`terms && ${terms(match.anyOf)}`);
  if (match.from !== undefined) conditions.push(`initial_date >= ${parameter(match.from)}`);
  if (match.to !== undefined) conditions.push(`initial_date <= ${parameter(match.to)}`);
  if (last !== undefined) {
    const date = parameter(last.initialDate);
    const older = `initial_date < ${date} or id > ${parameter(last.id)}`;
    conditions.push(`initial_date <= ${date} and (${older})`);
  }
  const where = conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
  const order = `order by initial_date desc, id limit ${parameter(pageSize)}`;
  return { text: `select ${objectColumns} from akm.object ${where} ${order}`, values };
}
