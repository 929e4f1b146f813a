const field = /^([!#$%&'*+.^_`|~\w-]+):([\t -~\x80-\xff]*)$/;

/**
 * Header fields by their names in small letters, the values of each in their order; `undefined` where a line is no
 * field, and so for a line that goes on from the one before. RFC 9112 §5.
 */
export function readFields(
  lines: readonly string[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const [, name, value] = field.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = name.toLowerCase();
    const values = fields.get(key);
    if (values === undefined) fields.set(key, [withoutBlanks(value)]);
    else values.push(withoutBlanks(value));
  }
  return fields;
}

/** Without spaces and tabs at its ends, which are all that HTTP takes for blank. */
function withoutBlanks(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && isBlank(value[from])) from++;
  while (to > from && isBlank(value[to - 1])) to--;
  return value.slice(from, to);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
