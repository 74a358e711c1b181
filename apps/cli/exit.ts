import { ERROR_TABLE, InputInvalidError, kindOf, MonitorError } from '#libs/domain';
import { CommanderError } from 'commander';
import { type Terminal } from './output';

/** A command's own end: the exit code is not the error table's business. */
export class CommandEnded extends Error {
  constructor(readonly exitCode: number) {
    super(`ended with exit code ${exitCode}`);
  }
}

/** What commander calls a success: help and version were printed. */
const HARMLESS = ['commander.help', 'commander.helpDisplayed', 'commander.version'];

/** The exit code for whatever a command threw, by the error table; the message goes to standard error. */
export function exitCodeFor(error: unknown, terminal: Terminal): number {
  if (error instanceof CommandEnded) return error.exitCode;
  if (error instanceof CommanderError) {
    return HARMLESS.includes(error.code) ? 0 : ERROR_TABLE['invalid-input'].exitCode;
  }
  const row = ERROR_TABLE[kindOf(error)];
  if (error instanceof MonitorError) terminal.err(`出错 ${error.code}：${error.message}\n`);
  else terminal.err(`程序缺陷：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return row.exitCode;
}

/** A whole number of at least `least` from an option. */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new InputInvalidError(`option ${option}`, `"${text}"`, `a whole number of at least ${least}`);
  }
  return value;
}
