import { type Cue, type TextSegment } from '#libs/domain';
import { cueTextOf, denialIn, sentencesOf, viewOf } from '#classifiers/text';
import { headingCuesOf } from './heading-cues';
import { type JudgeOptions } from './judge-options';
import { type Scene } from './weigh';

function isQuestion(text: string): boolean {
  return text.length < 120 && /[？?]\s*$/.test(text);
}

/** A question whose answer, the next segment, denies it; or that answer itself. */
function isDeniedAnswer(segment: TextSegment, next: TextSegment | undefined): boolean {
  if (isQuestion(segment.text)) return next !== undefined && denialIn(next.text);
  return isQuestion(segment.heading) && denialIn(segment.text);
}

/** What is known before a segment is read: the one after it, and what the page's section lends to all of them. */
export interface Around {
  readonly next: TextSegment | undefined;
  readonly sectionCues: readonly Cue[];
}

/** The answer says no. */
const DENIED: Cue = { name: 'negated', weight: -5, quote: null };

/** The frame of a site, its navigation and footer, speaks for the site and not for the section. */
function isInFrame({ region }: TextSegment): boolean {
  return region === 'nav' || region === 'footer' || region === 'header';
}

/** Makes a segment ready for judging. */
export function sceneOf(segment: TextSegment, { next, sectionCues }: Around, options: JudgeOptions): Scene {
  const view = viewOf(segment.text);
  return {
    segment,
    view,
    cueText: cueTextOf(view.repaired, sentencesOf(view.repaired)),
    channel: options.channel,
    platformName: options.platformName ?? null,
    asOf: options.asOf,
    lentCues: [
      ...(isDeniedAnswer(segment, next) ? [DENIED] : []),
      ...headingCuesOf(segment),
      ...(isInFrame(segment) ? [] : sectionCues),
    ],
  };
}
