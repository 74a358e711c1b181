import { type Environment, readEnvironment } from './environment';

/** The settings of this process. @throws {SettingsUnusableError} naming every bad one. */
export function processSettings(): Environment {
  return readEnvironment(process.env);
}

/** Whether a setting was given at all, so that a program may have a default of its own. */
export function isSettingGiven(name: keyof Environment): boolean {
  return (process.env[name] ?? '').trim() !== '';
}

/** The environment for a program that reads its settings itself, with some of them changed. */
export function environmentWith(changes: Readonly<Partial<Record<keyof Environment, string>>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
