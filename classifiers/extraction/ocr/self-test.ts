import { type FrameReader } from './frame';
import { frameOfBits, KNOWN_PICTURE } from './known-picture';

/**
 * Lets a reader read a picture whose words are known.
 *
 * @throws {Error} when it reads anything else: a wrong dictionary gives confident nonsense.
 */
export async function proveReader(reader: FrameReader): Promise<void> {
  const lines = await reader.read(frameOfBits(KNOWN_PICTURE));
  const text = lines.map((line) => line.text).join('');
  if (text !== KNOWN_PICTURE.words) {
    throw new Error(`self-test read "${text.slice(0, 40)}", expected "${KNOWN_PICTURE.words}"`);
  }
}
