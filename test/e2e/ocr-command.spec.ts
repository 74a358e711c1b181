import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { aBanner } from '../support/drawn-picture';
import { aDirectory, mingcha } from '../support/mingcha';

interface Answered {
  readonly file: string;
  readonly status: string;
  readonly engine: string;
  readonly ms: number;
  readonly lines: readonly { readonly quad: unknown[] }[];
  readonly error?: { readonly code: string };
}

describe('mingcha ocr', () => {
  jest.setTimeout(60_000);
  let directory: Awaited<ReturnType<typeof aDirectory>>;
  let banner: string;
  let junk: string;

  beforeAll(async () => {
    directory = await aDirectory();
    banner = path.join(directory.path, 'banner.png');
    junk = path.join(directory.path, 'junk.png');
    await writeFile(banner, await aBanner('平台设立风险备付金'));
    await writeFile(junk, 'no picture');
  });
  afterAll(() => directory.clear());

  it('answers one line of JSON per file, in their order, bad ones in their place', async () => {
    const missing = path.join(directory.path, 'missing.png');
    const { code, stdout } = await mingcha(['ocr', junk, banner, missing, '--json']);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answered);
    expect(code).toBe(0);
    expect(answers.map(({ file, status }) => [file, status])).toEqual([
      [junk, 'rejected'],
      [banner, 'text'],
      [missing, 'rejected'],
    ]);
    expect(answers[1]).toMatchObject({ engine: 'ppocrv4-onnx', text: expect.stringContaining('平台设立风险备付金') });
    expect(answers[1]?.ms).toEqual(expect.any(Number));
    expect(answers[1]?.lines[0]?.quad).toHaveLength(4);
    expect(answers[2]?.error).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining('ENOENT') });
  });

  it('ends with 2 when no file was usable, and names an engine it does not have', async () => {
    expect((await mingcha(['ocr', junk, '--json'])).code).toBe(2);
    const { code, stderr } = await mingcha(['ocr', banner, '--engine', 'magic']);
    expect([code, stderr.includes('onnx or tesseract')]).toEqual([2, true]);
  });
});
