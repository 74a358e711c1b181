import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleAsset } from '#libs/evidence/warc/bundle';
import { type Terminal } from './output';

/** A bundle comes from outside: whatever it holds, its verification takes no more than this. */
const MEMORY_MEGABYTES = 2048;

/**
 * Verifies a bundle in a process of its own, by our copy of the verifier, never by the one inside the bundle.
 *
 * @returns 0 when intact, 7 when something was altered; 70 when the verifier itself died.
 */
export async function runVerifier(
  place: string,
  pin: string | null,
  to: { readonly isJson: boolean; readonly terminal: Pick<Terminal, 'out' | 'err'> },
): Promise<number> {
  const args = [
    `--max-old-space-size=${MEMORY_MEGABYTES}`,
    bundleAsset('verify.mjs'),
    path.resolve(place),
    ...(pin === null ? [] : ['--fingerprint', pin]),
    ...(to.isJson ? ['--json'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 70));
  });
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  to.terminal.out(out);
  to.terminal.err(err);
  return code;
}
