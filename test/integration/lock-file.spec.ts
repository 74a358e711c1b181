import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#libs/config';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

/** Whether a name resolves from a place in the tree: in its own node_modules or in one above. */
function resolves(place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]?.version) return true;
    if (folder === '') return false;
  }
}

describe('the lock file', () => {
  // npm ci refuses a lock file that lacks them, also where they could not be used.
  it('names the optional packages of every platform', () => {
    const wanted = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ place, name })),
    );
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter(({ place, name }) => !resolves(place, name))).toEqual([]);
  });
});
