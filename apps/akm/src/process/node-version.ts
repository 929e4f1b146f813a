/** The oldest Node that akm runs on; `engines` in package.json says the same. */
export const oldestNode = "22.19.0";

/** What is wrong with a Node of this version, with the mend, in one line; `undefined` for one that will do. */
export function nodeFault(version: string): string | undefined {
  if (numbersOf(version) >= numbersOf(oldestNode)) return undefined;
  return `Node ${version} is too old for akm, which runs on ${oldestNode} or later; a checkout has one in node_modules/.bin/node, and npm start uses it`;
}

/** Major, minor and patch as one number that can be compared. */
function numbersOf(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version
    .split(".")
    .map((part) => Number.parseInt(part, 10));
  return (major * 1000 + minor) * 1000 + patch;
}
