import { bundledModels, charactersOf, verifiedFile } from './models';

describe('the bundled models', () => {
  it('are the files whose hashes are written down, and the dictionary fits the recogniser', async () => {
    const { directory, detection, recognition, dictionary } = bundledModels();
    await verifiedFile(directory, detection);
    await verifiedFile(directory, recognition);
    const characters = charactersOf(await verifiedFile(directory, dictionary));
    expect(characters).toHaveLength(6625);
    expect([characters[0], characters.at(-1)]).toEqual(['', ' ']);
    expect(characters).toEqual(expect.arrayContaining(['贷', '险', '备']));
  });

  it('are refused when a file is another one, naming it', async () => {
    const { directory, dictionary } = bundledModels();
    await expect(verifiedFile(directory, { ...dictionary, sha256: '00' })).rejects.toThrow(
      /ppocr_keys_v1\.txt hashes to/,
    );
    await expect(verifiedFile(directory, { file: 'missing.onnx', sha256: '00' })).rejects.toThrow(/ENOENT/);
  });
});
