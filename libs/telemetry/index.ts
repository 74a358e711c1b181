/** What a process tells of its work: one JSON line per event. */
export { type LogEvent } from './events';
export { Log, type LogFields, type LogLevel } from './log';
