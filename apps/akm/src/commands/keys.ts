import type { ObjectSummary } from "@akm/kmip-server";
import { type Command, command, type Surroundings } from "../command-line/command.ts";
import { flag, many } from "../command-line/option.ts";
import { Failure } from "../failure.ts";
import { table } from "../text.ts";
import { act, dataOption } from "./shared.ts";

const jsonOption = flag("JSON instead of a table");

/** `akm key list` */
export const keyList: Command = command({
  name: "key list",
  text: "Lists the keys and templates.",
  options: { data: dataOption, json: jsonOption },
  async run({ data, json }, surroundings) {
    const keys = await act("key list", null, { data, surroundings });
    show(keys, json, surroundings);
  },
});

/** `akm key show` */
export const keyShow: Command = command({
  name: "key show",
  text: "Shows one key or template and who may use it.",
  argument: "ID",
  options: { data: dataOption, json: jsonOption },
  async run({ data, json }, surroundings, id) {
    const key = await act("key show", { id }, { data, surroundings });
    if (json) surroundings.print(JSON.stringify(key, null, 2));
    else show([key], false, surroundings);
  },
});

/** `akm key grant` */
export const keyGrant: Command = accessCommand("key grant", "Lists users and groups at a key.");

/** `akm key ungrant` */
export const keyUngrant: Command = accessCommand(
  "key ungrant",
  "Strikes users and groups from a key's lists.",
);

function accessCommand(name: "key grant" | "key ungrant", text: string): Command {
  return command({
    name,
    text,
    argument: "ID",
    options: {
      data: dataOption,
      user: many("CN", "a user, by the Common Name"),
      group: many("OU", "a group, by the Organizational Unit"),
    },
    async run({ data, user, group }, surroundings, id) {
      if (user.length + group.length === 0) {
        throw new Failure("usage", "whom? --user CN or --group OU, as often as needed");
      }
      const key = await act(name, { id, users: user, groups: group }, { data, surroundings });
      show([key], false, surroundings);
    },
  });
}

function show(keys: readonly ObjectSummary[], json: boolean, { print }: Surroundings): void {
  const rows = keys.map((key) => [
    key.id,
    key.keyName ?? key.names.join(", "),
    key.objectType,
    key.state ?? "",
    key.owner,
    key.users.join(", "),
    key.groups.join(", "),
  ]);
  const header = ["ID", "NAME", "TYPE", "STATE", "OWNER", "USERS", "GROUPS"];
  print(json ? JSON.stringify(keys, null, 2) : table(header, rows));
}
