// The test of apps/akm that kills the server and its PostgreSQL while keys are changed, with more kills.
import { spawnSync } from "node:child_process";

const kills = { AKM_SERVER_KILLS: "100", AKM_DATABASE_KILLS: "10" };

const { status } = spawnSync("vitest", ["run", "--project", "@akm/akm", "crash"], {
  stdio: "inherit",
  env: { ...kills, ...process.env },
});
process.exitCode = status ?? 1;
