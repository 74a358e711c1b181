import { type TextSegment } from '#libs/domain';
import { keyOfName, wordingOf } from '#classifiers/model';
import {
  judgedByHand,
  namesOf,
  sceneOf,
  statementsOf,
  type CompiledPack,
  type Judged,
  type Scene,
} from '#classifiers/engine';
import { type Lesson } from './lesson';

/** The day on which lessons are read: every rule of the catalogue is in force. */
const AS_OF = '2018-06-30';

/** A lesson as the engine sees it. */
export interface ReadLesson {
  readonly lesson: Lesson;
  readonly scene: Scene;
  /** What the rules found by hand, the best of each rule and sentence. */
  readonly judged: readonly Judged[];
  readonly words: Uint32Array;
  readonly names: Uint32Array;
}

function segmentOf({ text, pageKind }: Lesson): TextSegment {
  return { source: 'visible', region: 'main', pageKind, path: 'text', text, tag: 'p', heading: '', box: null };
}

/** Reads one lesson by the very functions that read a page; a lesson is one statement, however long. */
export function readLesson(lesson: Lesson, compiled: CompiledPack): ReadLesson {
  const around = { next: undefined, sectionCues: [] };
  const scene = sceneOf(segmentOf(lesson), around, { asOf: AS_OF, channel: lesson.channel });
  const byHand = judgedByHand(scene, compiled);
  const [first] = statementsOf(scene);
  const { keys } = wordingOf(scene.view.repaired, first?.start ?? 0, first?.end ?? 0);
  return {
    lesson,
    scene,
    judged: byHand.judged,
    words: keys,
    names: Uint32Array.from(namesOf(scene, byHand), keyOfName),
  };
}
