export type { Answer, AnswerMessage } from "./answer.ts";
export { type Log, type LogLevel, silent } from "./log.ts";
export type { Session } from "./session.ts";
