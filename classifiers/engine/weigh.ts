import { type Channel, type Cue, type TextSegment } from '#libs/domain';
import { type Trigger } from '#classifiers/detectors';
import { cuesAround, spanInOriginal, type CueText, type View } from '#classifiers/text';
import { type ReadyRule } from './compiled-pack';
import { kindSpokenFor, pageCueOf } from './page-cues';

/** A segment made ready for judging: views, sentences, and what stands around it. */
export interface Scene {
  readonly segment: TextSegment;
  readonly view: View;
  readonly cueText: CueText;
  readonly channel: Channel;
  readonly platformName: string | null;
  /** Day on which the text was shown, `YYYY-MM-DD` in China Standard Time. */
  readonly asOf: string;
  /** Cues that the heading above, the section or the answer below lend, such as a list of prohibitions. */
  readonly lentCues: readonly Cue[];
}

/** Log-odds of a trigger before anything around it is read. */
const BASE = { strong: 2, weak: 0 } as const;

/** A brand that speaks of itself outweighs most of what the kind of page and third-party words say. */
const OWN_VOICE: Readonly<Record<string, number>> = { news: 1.1, education: 2, report: 1.5 };

function placeCue(rule: ReadyRule, scene: Scene): Cue[] {
  const { source } = scene.segment;
  const pageKind = kindSpokenFor(scene.segment);
  const isElsewhere = rule.pageKinds.length > 0 && !rule.pageKinds.includes(pageKind);
  const isOtherSource = rule.sources.length > 0 && !rule.sources.includes(source);
  return isElsewhere || isOtherSource ? [{ name: 'page-kind', weight: -6, quote: pageKind }] : [];
}

function slice(scene: Scene, start: number, end: number): string {
  const span = spanInOriginal(scene.view, start, end);
  return scene.view.original.slice(span.start, span.end);
}

function wordsCue(trigger: Trigger, scene: Scene): Cue[] {
  const [place] = trigger.places;
  const isNear = trigger.places.length > 1;
  const base: Cue = {
    name: isNear ? 'words-together' : trigger.strength === 'strong' ? 'term' : 'weak-term',
    weight: BASE[trigger.strength],
    quote: slice(scene, trigger.start, trigger.end),
  };
  const disguised = trigger.places.find(({ disguise }) => disguise !== 'none');
  if (!place || !disguised) return [base];
  return [base, { name: 'evasion', weight: 0.3, quote: slice(scene, disguised.start, disguised.end) }];
}

/** Pages that tell and explain: there a word like "student" or "shop" says nothing unless an offer stands beside it. */
const TELLING_KINDS: ReadonlySet<TextSegment['pageKind']> = new Set([
  'about',
  'disclosure',
  'help',
  'news',
  'notice',
  'academy',
  'agreement',
]);

function bareWordCue(trigger: Trigger, scene: Scene): Cue[] {
  const isBare = trigger.strength === 'weak' && trigger.places.length === 1;
  return isBare && TELLING_KINDS.has(kindSpokenFor(scene.segment))
    ? [{ name: 'bare-word', weight: -1.5, quote: null }]
    : [];
}

/** The steps by which figures were worked out: they explain and weigh nothing, for the trigger already does. */
function workedOutCue(trigger: Trigger): Cue[] {
  const steps = [...new Set(trigger.places.flatMap((place) => place.steps ?? []))];
  return steps.length === 0 ? [] : [{ name: 'worked-out', weight: 0, quote: steps.join('；') }];
}

function otherMeaning(trigger: Trigger, scene: Scene): Cue[] {
  const cover = trigger.excludedBy;
  return cover ? [{ name: 'other-meaning', weight: -5, quote: slice(scene, cover.start, cover.end) }] : [];
}

function nudgeCues(rule: ReadyRule, trigger: Trigger, scene: Scene): Cue[] {
  const { repaired } = scene.view;
  return rule.nudges.flatMap((nudge): Cue[] => {
    const from = Math.max(0, trigger.start - nudge.within);
    const window = repaired.slice(from, trigger.end + nudge.within);
    const word = nudge.words.find((it) => window.includes(it));
    if (word === undefined) return [];
    const at = from + window.indexOf(word);
    return [{ name: nudge.name, weight: nudge.add, quote: slice(scene, at, at + word.length) }];
  });
}

function speaksItself(cues: readonly Cue[], scene: Scene): Cue[] {
  if (cues.some(({ name }) => name === 'own-brand')) return [];
  const { platformName, view } = scene;
  const brand = platformName?.replace(/(?:财富|金融|普惠|出借|网贷|网|贷|融|理财|平台|在线|金服)$/, '') ?? '';
  if (brand.length < 2 || !view.original.includes(brand)) return [];
  return [{ name: 'own-brand', weight: 0.9, quote: brand }];
}

function lessened(cue: Cue): Cue {
  if (cue.weight >= 0) return cue;
  return { ...cue, weight: Math.min(cue.weight + (OWN_VOICE[cue.name] ?? 0), 0) };
}

/** Lessens what an own voice outweighs. */
function withOwnVoice({ own, lent }: Scales): Scales {
  const isHeard = own.some(({ name }) => name === 'own-brand');
  const says = ({ weight, name }: Cue): boolean => weight !== 0 || name !== 'page-kind';
  return {
    own: (isHeard ? own.map(lessened) : own).filter(says),
    lent: isHeard ? lent.map(lessened) : lent,
  };
}

/** Said once: a brand that names itself needs no "we" beside it. */
function withoutEcho(cues: readonly Cue[]): Cue[] {
  return cues.some(({ name }) => name === 'own-brand') ? cues.filter(({ name }) => name !== 'first-person') : [...cues];
}

/** Of several cues of one name the one that weighs most. */
function heaviest(cues: readonly Cue[]): Cue[] {
  const best = new Map<string, Cue>();
  for (const cue of cues) {
    const known = best.get(cue.name);
    if (!known || Math.abs(cue.weight) > Math.abs(known.weight)) best.set(cue.name, cue);
  }
  return [...best.values()];
}

/** What speaks for and against one trigger. */
export interface Scales {
  /** From the words and what stands around them; the trigger's own come first. */
  readonly own: readonly Cue[];
  /** From the heading above, the page's section and the answer below: a short text alone never has them. */
  readonly lent: readonly Cue[];
}

/** Everything that speaks for or against one trigger, each with its own words. */
export function weigh(rule: ReadyRule, trigger: Trigger, scene: Scene): Scales {
  const around = cuesAround(scene.cueText, trigger, trigger.places).map(({ name, weight, start, end }): Cue => ({
    name,
    weight,
    quote: slice(scene, start, end),
  }));
  const ignored = new Set<string>(rule.context.ignore);
  const found = [...around, pageCueOf(scene.segment)].filter(({ name }) => !ignored.has(name));
  const brand = speaksItself(found, scene);
  const all = [
    ...wordsCue(trigger, scene),
    ...bareWordCue(trigger, scene),
    ...found,
    ...brand,
    ...otherMeaning(trigger, scene),
    ...workedOutCue(trigger),
    ...placeCue(rule, scene),
    ...nudgeCues(rule, trigger, scene),
  ];
  const own = heaviest(all);
  const lent = scene.lentCues.filter(({ name }) => !ignored.has(name) && !own.some((cue) => cue.name === name));
  return withOwnVoice({ own: withoutEcho(own), lent: heaviest(lent) });
}
