import path from 'node:path';
import { z } from 'zod';
import { SettingsUnusableError } from '#libs/domain';
import { projectRoot } from './project-root';

/** Says whether a text may stand in an HTTP header: one line of printable ASCII. */
const isHeaderText = (value: string): boolean => /^[\x20-\x7e]{3,200}$/.test(value);

/** Says whether an address can be taken apart; a database address with a stray character must not fail at first use. */
const isAddress =
  (schemes: readonly string[]) =>
  (value: string): boolean =>
    URL.canParse(value) && schemes.includes(new URL(value).protocol);

const environment = z
  .object({
    DATABASE_URL: z
      .string()
      .refine(isAddress(['postgres:', 'postgresql:']), 'must be a postgres:// address')
      .optional()
      .describe('PostgreSQL 15 or later; unset: embedded in MINGCHA_DATA'),
    REDIS_URL: z
      .string()
      .refine(isAddress(['redis:', 'rediss:']), 'must be a redis:// address')
      .optional()
      .describe('queue for several workers; needs DATABASE_URL'),
    MINGCHA_DATA: z
      .string()
      .default('./data')
      .transform((directory) => path.resolve(directory))
      .describe('data directory: embedded database, evidence files'),
    PORT: z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(0, 'must be 0 to 65535')
      .max(65_535, 'must be 0 to 65535')
      .default(8720)
      .describe('where the service listens; 0 takes any free port'),
    HOST: z.string().default('127.0.0.1').describe('address the service listens at'),
    CRAWL_PACE_PER_SECOND: z.coerce
      .number('must be a number')
      .positive('must be above 0')
      .max(5, 'must be at most 5')
      .default(1)
      .describe('requests per second and host'),
    CHROMIUM_PATH: z.string().optional().describe('browser to render with; unset: the first one found'),
    RULE_PACKS: z
      .string()
      .default(() => path.join(projectRoot(), 'classifiers', 'rulepacks'))
      .transform((directory) => path.resolve(directory))
      .describe('directory of rule packs'),
    LOG_KEY_FILE: z
      .string()
      .transform((file) => path.resolve(file))
      .optional()
      .describe('private key (P-256, PEM) that signs the evidence log; unset: made in MINGCHA_DATA at first start'),
    MINGCHA_CONTACT: z
      .string()
      .refine(isHeaderText, 'must be one line of 3 to 200 printable ASCII characters')
      .optional()
      .describe('address named in the user agent, for the owners of the sites looked at'),
    LOG_LEVEL: z
      .enum(['info', 'warn', 'error', 'silent'], 'must be info, warn, error or silent')
      .default('info')
      .describe('least level that is logged'),
  })
  .refine((env) => env.REDIS_URL === undefined || env.DATABASE_URL !== undefined, {
    path: ['REDIS_URL'],
    message: 'needs DATABASE_URL beside it: several workers cannot share an embedded database',
    when: () => true, // otherwise this one stays unsaid until every other setting is right
  });

/** What a process was told; directories are absolute. */
export type Environment = Readonly<z.infer<typeof environment>>;

/** The names of all settings, in the order of `.env.example`. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** A line `NAME=` in a settings file means "not set", as does one of blanks. */
const setOnes = (source: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = source[name]?.trim();
      return value ? [[name, value] as const] : [];
    }),
  );

/**
 * Reads the settings once, at start; nothing else in the house touches `process.env`. Empty values count as unset,
 * names that are no setting are left alone.
 *
 * @throws {SettingsUnusableError} naming every bad setting at once, so a person fixes them in one go; never a value.
 */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const result = environment.safeParse(setOnes(source));
  if (result.success) return Object.freeze(result.data);
  throw new SettingsUnusableError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
}
