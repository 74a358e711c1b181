import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The directory that holds the project's `package.json`, absolute. The same from the sources and from `dist/`.
 *
 * @throws {Error} when no directory above this file holds one: the files were copied apart.
 */
export function projectRoot(): string {
  let directory = __dirname;
  while (!existsSync(path.join(directory, 'package.json'))) {
    const above = path.dirname(directory);
    if (above === directory) throw new Error(`no package.json in any directory above ${__dirname}`);
    directory = above;
  }
  return directory;
}

/** The version that the project's `package.json` states; goes into the user agent and into reports. */
export function programVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
