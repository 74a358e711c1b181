import { type Environment } from '#libs/config';

/** Where a house keeps its things: embedded in a directory, or in PostgreSQL with WARC files in the directory. */
export interface HousePlace {
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly dataDirectory: string;
}

/** The place that the settings name. */
export function placeFrom(environment: Environment): HousePlace {
  return {
    databaseUrl: environment.DATABASE_URL ?? null,
    redisUrl: environment.REDIS_URL ?? null,
    dataDirectory: environment.MINGCHA_DATA,
  };
}
