import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#libs/config';
import { type Channel, type PageKind } from '#libs/domain';

/** A labelled text that nothing was learned from. */
export interface HeldText {
  readonly id: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly near: readonly string[];
  readonly debatable: readonly string[];
  readonly kind: string;
  /** How a negative is carried, where its kind does not say so. */
  readonly carrier: string | null;
  readonly channel: Channel;
  readonly pageKind: PageKind;
  /** A hit without any of the usual words of its rule. */
  readonly implicit: boolean;
}

/** Where the held texts stand. */
export const HELD_FOLDER = join(projectRoot(), 'test', 'bench', 'judging', 'held');

type Raw = Partial<HeldText> & Pick<HeldText, 'id' | 'text' | 'labels' | 'kind' | 'channel' | 'pageKind'>;

/** Every held text, in order of files and lines. */
export function heldTexts(folder: string = HELD_FOLDER): HeldText[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): HeldText => {
        const raw = JSON.parse(line) as Raw;
        return { near: [], debatable: [], carrier: null, implicit: false, ...raw };
      }),
  );
}
