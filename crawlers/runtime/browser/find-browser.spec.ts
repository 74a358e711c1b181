import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserUnavailableError } from '#libs/domain';
import { findBrowser, searchBrowser } from './find-browser';

describe('finding a browser', () => {
  let directory: string;

  const program = async (name: string, script: string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'browsers-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('prefers the headless shell to chromium, and chromium to google-chrome', async () => {
    const chrome = await program('google-chrome', 'echo Google Chrome 1.0');
    expect((await findBrowser({ searchPath: directory })).path).toBe(chrome);
    const chromium = await program('chromium', 'echo Chromium 2.0');
    expect((await findBrowser({ searchPath: directory })).path).toBe(chromium);
    const shell = await program('chromium-headless-shell', 'echo Chromium 3.0.1');
    expect(await findBrowser({ searchPath: directory })).toEqual({ path: shell, version: 'Chromium 3.0.1' });
  });

  it('goes on to the next when one does not start, and says why', async () => {
    await program('chromium-headless-shell', 'exit 127');
    const chromium = await program('chromium', 'echo Chromium 2.0');
    const search = await searchBrowser({ searchPath: directory });
    expect(search.browser?.path).toBe(chromium);
    expect(search.reasons).toEqual([expect.stringContaining('chromium-headless-shell does not start')]);
  });

  it('takes nothing in place of the one a person chose', async () => {
    await program('chromium', 'echo Chromium 2.0');
    const chosen = { chromiumPath: join(directory, 'no-such'), searchPath: directory };
    expect((await searchBrowser(chosen)).browser).toBeNull();
    await expect(findBrowser(chosen)).rejects.toThrow(BrowserUnavailableError);
    await expect(findBrowser(chosen)).rejects.toThrow(/no-such is no program that can be run.*CHROMIUM_PATH/);
  });

  it('takes an empty choice for none', async () => {
    const chromium = await program('chromium', 'echo Chromium 2.0');
    expect((await findBrowser({ chromiumPath: '', searchPath: directory })).path).toBe(chromium);
  });

  it('takes no program that says no version for a browser', async () => {
    const silent = await program('odd', 'echo hello');
    const { browser, reasons } = await searchBrowser({ chromiumPath: silent });
    expect([browser, reasons]).toEqual([null, [`${silent} does not say its version`]]);
  });
});
