import { type Command, command } from "../command-line/command.ts";
import { one } from "../command-line/option.ts";
import { dataFolder } from "../folder/data-folder.ts";
import { dataOption, hostOption, override } from "./shared.ts";

/** `akm serve` */
export const serve: Command = command({
  name: "serve",
  text: "Serves KMIP until it gets SIGTERM; makes what is missing first.",
  options: {
    data: dataOption,
    port: one("N", "port of KMIP, instead of [kmip] port; 0 for any that is free"),
    adminPort: one("N", "port of /health, instead of [admin] port; 0 for any that is free"),
    database: one("URL", "PostgreSQL server, instead of [database] url"),
    host: hostOption,
  },
  async run({ data, port, adminPort, database, host }, surroundings) {
    const overrides = [
      ...override("port", port, ["kmip", "port"]),
      ...override("adminPort", adminPort, ["admin", "port"]),
      ...override("database", database, ["database", "url"]),
    ];
    const folder = dataFolder(data, surroundings.env);
    const { runServer } = await import("../server/run-server.ts");
    await runServer({ folder, overrides, hosts: host, surroundings });
  },
});
