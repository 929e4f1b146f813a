import { settings } from "@akm/akm";
import { accessCheck, attributes, enumerations, operations } from "@akm/kmip-model";
import { offeredOperations } from "@akm/kmip-server";
import { attributesPage } from "./attributes-page.ts";
import { configurationPage } from "./configuration-page.ts";
import { enumerationsPage } from "./enumerations-page.ts";
import { operationsPage } from "./operations-page.ts";

/** A page under `docs/`, as the declarations have it. */
export interface Page {
  /** Its name within the folder. */
  readonly file: string;
  readonly text: string;
}

const offered = new Set(offeredOperations);

/** Every page that is derived. */
export const pages: readonly Page[] = [
  { file: "attributes.md", text: attributesPage(attributes, offered) },
  { file: "configuration.md", text: configurationPage(settings) },
  { file: "enumerations.md", text: enumerationsPage({ ...enumerations, accessCheck }) },
  { file: "operations.md", text: operationsPage(operations, offered) },
];

/** The pages whose text is not the one that `read` finds; it gives `undefined` where there is none. */
export function differingPages(
  expected: readonly Page[],
  read: (file: string) => string | undefined,
): readonly Page[] {
  return expected.filter(({ file, text }) => read(file) !== text);
}
