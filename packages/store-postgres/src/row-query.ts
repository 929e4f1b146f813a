import pg from "pg";

/** The columns of a row as the server sent them, each a text; `null` is SQL's null. */
export type Texts = readonly (string | null)[];

/** A statement with its values, as the driver takes it. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/**
 * Asks for rows, each made by `read` of its columns' texts in the order of the statement; a list for each statement of the text. The
 * driver's own way looks up names and types for each answer, and makes each row twice.
 */
export function queryRows<Row>(
  client: pg.ClientBase,
  statement: Statement,
  read: (texts: Texts) => Row,
): Promise<Row[][]> {
  return new Promise((resolve, reject) => {
    client.query(new RowQuery(statement, read, { resolve, reject }));
  });
}

interface End<Row> {
  resolve(lists: Row[][]): void;
  reject(error: unknown): void;
}

/** What the driver calls while an answer comes in. */
class RowQuery<Row> extends pg.Query {
  readonly #read: (texts: Texts) => Row;
  readonly #lists: Row[][] = [];
  #rows: Row[] = [];
  #fault: unknown;

  constructor(statement: Statement, read: (texts: Texts) => Row, { resolve, reject }: End<Row>) {
    super(statement, (error) => {
      const fault = error ?? this.#fault;
      if (fault === undefined) resolve(this.#lists);
      else reject(fault);
    });
    this.#read = read;
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: Texts }): void {
    try {
      this.#rows.push(this.#read(fields));
    } catch (error) {
      this.#fault ??= error;
    }
  }

  handleCommandComplete(): void {
    this.#lists.push(this.#rows);
    this.#rows = [];
  }
}
