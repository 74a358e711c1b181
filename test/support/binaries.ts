import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

/** What a suite may need beside Node. */
export type Installed = 'postgres' | 'redis';

const PROGRAMS: Readonly<Record<Installed, readonly string[]>> = {
  postgres: ['initdb', 'postgres'],
  redis: ['redis-server'],
};

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian keeps the programs of each version apart and links only some; newest first. */
function debianFolders(): string[] {
  try {
    const versions = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'));
  } catch {
    return [];
  }
}

/** Where a program is; null when this machine has none. Debian's own come first: they are no wrappers. */
export function programPath(name: string): string | null {
  const folders = [...debianFolders(), ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.map((folder) => path.join(folder, name)).find(isProgram) ?? null;
}

/** A suite that needs a program: where it is missing, every test of it is reported as skipped, and the title says why. */
export function describeWith(needed: Installed, title: string, body: () => void): void {
  const missing = PROGRAMS[needed].filter((name) => programPath(name) === null);
  if (missing.length === 0) describe(title, body);
  else describe.skip(`${title} (skipped: no ${missing.join(', no ')} on this machine)`, body);
}
