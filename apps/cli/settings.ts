import path from 'node:path';
import { isSettingGiven, processSettings } from '#libs/config';
import { Log } from '#libs/telemetry';
import { type HousePlace, placeFrom } from '#apps/wiring';

export const settings = processSettings;

/** Where the rule pack in force stands. */
export function packDirectory(): string {
  return path.join(settings().RULE_PACKS, 'notice-57');
}

/** The log of a command: only warnings and errors reach the terminal unless LOG_LEVEL says otherwise. */
export function commandLog(): Log {
  return new Log(isSettingGiven('LOG_LEVEL') ? settings().LOG_LEVEL : 'warn');
}

/** The place of a command's store: `--data` means embedded there, else what the settings name. */
export function placeOf(data: string | undefined): HousePlace {
  if (data === undefined) return placeFrom(settings());
  return { databaseUrl: null, redisUrl: null, dataDirectory: path.resolve(data) };
}
