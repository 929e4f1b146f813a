import { type Command, command } from "../command-line/command.ts";
import { dataFolder } from "../folder/data-folder.ts";
import { dataOption, hostOption } from "./shared.ts";

/** `akm init` */
export const init: Command = command({
  name: "init",
  text: "Makes what a server needs: folder, settings, certificates, master key and database.",
  options: { data: dataOption, host: hostOption },
  async run({ data, host }, surroundings) {
    const folder = dataFolder(data, surroundings.env);
    const { makeInstallation } = await import("../installation/make.ts");
    await makeInstallation({ folder, hosts: host, surroundings });
  },
});
