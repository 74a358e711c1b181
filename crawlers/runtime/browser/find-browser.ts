import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';
import { BrowserUnavailableError } from '#libs/domain';

/** A browser that starts on this machine. */
export interface FoundBrowser {
  readonly path: string;
  /** As the program says it: `Chromium 156.0.8078.79`. */
  readonly version: string;
}

/** Either a browser, or everything that was tried and why it will not do. */
export type BrowserSearch =
  | { readonly browser: FoundBrowser; readonly reasons: readonly string[] }
  | { readonly browser: null; readonly reasons: readonly string[] };

export interface BrowserSearchOptions {
  /** A program a person chose (`CHROMIUM_PATH`); when it does not start, nothing else is tried in its place. */
  readonly chromiumPath?: string;
  /** Directories to look in, as in `PATH`. */
  readonly searchPath?: string;
}

const NAMES = ['chromium-headless-shell', 'chromium', 'google-chrome'];
const START_TIMEOUT_MS = 15_000;
const run = promisify(execFile);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run: either way it is none
  }
}

function candidates(options: BrowserSearchOptions): string[] {
  if (options.chromiumPath !== undefined && options.chromiumPath !== '') return [options.chromiumPath];
  const directories = (options.searchPath ?? '/usr/local/bin:/usr/bin:/bin:/snap/bin')
    .split(delimiter)
    .filter(isAbsolute);
  const installed = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  return [...installed.filter(isProgram), chromium.executablePath()];
}

async function tryOut(path: string): Promise<FoundBrowser | string> {
  if (!isProgram(path)) return `${path} is no program that can be run`;
  try {
    const { stdout } = await run(path, ['--version', '--no-sandbox'], { timeout: START_TIMEOUT_MS });
    const version = stdout.trim().split('\n').at(-1) ?? '';
    return /\d+\.\d+/.test(version) ? { path, version } : `${path} does not say its version`;
  } catch (error) {
    return `${path} does not start: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
  }
}

/**
 * Looks for a browser, the first that starts: the one chosen, else chromium-headless-shell, chromium, google-chrome,
 * else Playwright's own. Never installs anything.
 */
export async function searchBrowser(options: BrowserSearchOptions = {}): Promise<BrowserSearch> {
  const reasons: string[] = [];
  for (const path of new Set(candidates(options))) {
    const found = await tryOut(path);
    if (typeof found !== 'string') return { browser: found, reasons };
    reasons.push(found);
  }
  return { browser: null, reasons };
}

/** The browser that {@link searchBrowser} finds. @throws {BrowserUnavailableError} naming everything that was tried. */
export async function findBrowser(options: BrowserSearchOptions = {}): Promise<FoundBrowser> {
  const { browser, reasons } = await searchBrowser(options);
  if (browser === null) throw new BrowserUnavailableError(reasons.join('; '));
  return browser;
}
