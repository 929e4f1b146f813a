import type { FuzzReport } from "./fuzz.ts";

/** A report as lines of `name value unit`, the ends last. */
export function reportLines(report: FuzzReport): readonly string[] {
  const { codecRuns, serverRuns, objects, codecMeter, serverMeter, tookMs, ends } = report;
  const perSecond = Math.round((codecRuns + serverRuns) / (tookMs / 1000));
  return [
    `codec ${codecRuns} executions`,
    `codec.slowest ${codecMeter.slowestMs.toFixed(1)} ms`,
    `codec.allocated ${codecMeter.allocatedMax} bytes at the most`,
    `server ${serverRuns} executions`,
    `server.slowest ${serverMeter.slowestMs.toFixed(1)} ms`,
    `server.allocated ${serverMeter.allocatedMax} bytes at the most`,
    `server.objects ${objects} looked at`,
    `took ${(tookMs / 1000).toFixed(1)} s`,
    `rate ${perSecond} executions/s`,
    ...[...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `end ${count} ${end}`),
  ];
}
