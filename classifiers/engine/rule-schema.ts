import { z } from 'zod';
import { CHANNELS, isDay, PAGE_KINDS, type SegmentSource } from '#libs/domain';

const SOURCES = ['visible', 'hidden', 'title', 'meta', 'alt', 'ocr', 'pdf'] as const satisfies readonly SegmentSource[];

const day = z.string().refine(isDay, 'is no calendar day YYYY-MM-DD');
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is no lower-case-with-dashes name');
/** A word, or `$name` for a lexicon of the pack or a structured cue of the engine. */
const term = z.string().min(1).max(40);
/** Words that are triggers by themselves are no single characters. */
const terms = z.array(term.min(2)).max(400).default([]);

/** Where a rule stands in the law: the instrument as it is cited, the clause, and whether the text was seen. */
const legalBasis = z.strictObject({
  instrument: z.string().min(2),
  clause: z.string().min(1),
  verified: z.boolean(),
  effectiveFrom: day,
  effectiveTo: day.nullable().default(null),
});

/** Several groups of words that must stand close together; one word of each group suffices. */
const nearPattern = z.strictObject({
  all: z.array(z.array(term).min(1).max(200)).min(2).max(5),
  /** Characters between the nearest edges of neighbouring words. */
  within: z.number().int().min(0).max(80),
  ordered: z.boolean().default(false),
  /** `strong` may flag by itself; `weak` asks a person unless words under `amplify` stand near. */
  strength: z.enum(['strong', 'weak']).default('strong'),
  /** Kinds of page on which the pattern counts; empty: all. */
  on: z.array(z.enum(PAGE_KINDS)).default([]),
});

const cueName = z.enum([
  'negated',
  'prohibited',
  'regulation-quote',
  'ended',
  'self-check',
  'report',
  'education',
  'warning',
  'comment',
  'question',
  'archived',
  'page-kind',
  'other-meaning',
]);

const head = {
  id: kebab,
  title: z.string().min(2).max(60),
  status: z.enum(['draft', 'shadow', 'active', 'retired']),
  family: kebab,
  severity: z.enum(['S1', 'S2', 'S3', 'S4']),
  legal: z.array(legalBasis).min(1, 'needs at least one legal basis'),
  /** Content shown before this day is not judged by the rule. */
  validFrom: day,
  validTo: day.nullable().default(null),
  channels: z.array(z.enum(CHANNELS)).min(1),
  falsePositives: z.string().default(''),
  /** Ids of rules whose hit on the same words says less than this one's. */
  moreSpecificThan: z.array(kebab).default([]),
};

const phraseRule = z.strictObject({
  ...head,
  detector: z.literal('phrase'),
  /** Kinds of page the rule speaks of; on others a trigger is dropped and says so. Empty: all. */
  pageKinds: z.array(z.enum(PAGE_KINDS)).default([]),
  sources: z.array(z.enum(SOURCES)).default([]),
  terms: z.strictObject({
    strong: terms,
    weak: terms,
    exclude: terms,
    near: z.array(nearPattern).max(80).default([]),
  }),
  evasion: z
    .strictObject({
      /** Strong terms that are also looked for with one character, or all, in pinyin. */
      pinyin: terms,
      /** Latin abbreviations, matched as whole words. */
      initials: z.array(z.string().regex(/^[a-z]{2,8}$/)).default([]),
    })
    .prefault({}),
  context: z
    .strictObject({
      /** Cues that do not speak against this rule although they do against others. */
      ignore: z.array(cueName).default([]),
      amplify: z
        .array(z.strictObject({ any: z.array(term).min(1), within: z.number().int().min(0).max(80), add: z.number() }))
        .default([]),
      /** Words in the clause that lower the score, with the reason that the drop will name. */
      suppress: z
        .array(z.strictObject({ any: z.array(term).min(1), within: z.number().int().min(0).max(80), why: cueName }))
        .default([]),
    })
    .prefault({}),
  decision: z
    .strictObject({ flagAt: z.number().min(0).max(1), reviewAt: z.number().min(0).max(1) })
    .refine((it) => it.reviewAt < it.flagAt, 'reviewAt must lie below flagAt')
    .default({ flagAt: 0.8, reviewAt: 0.3 }),
});

const absenceRule = z.strictObject({
  ...head,
  detector: z.literal('absence'),
  /** Checklist ids, any of which being absent makes the hit. — 银监办发[2017]113号 and the pack's checklist */
  items: z.array(z.string().regex(/^[A-I]\d{1,2}$/)).min(1),
});

/** Any rule of a pack; `detector` tells which kind of judgement it asks for. */
export const ruleSchema = z.discriminatedUnion('detector', [phraseRule, absenceRule]);

const sampleText = z.string().min(1).max(2000);
const place = {
  pageKind: z.enum(PAGE_KINDS),
  channel: z.enum(CHANNELS).optional(),
  platform: z.string().optional(),
};

/** Proof of a phrase rule: what it must flag, leave alone and hand to a person. */
export const phraseSamples = z.strictObject({
  hits: z.array(z.strictObject({ text: sampleText, quote: z.string().min(1), ...place })).default([]),
  misses: z
    .array(z.strictObject({ text: sampleText, why: z.string().min(1), ...place }))
    .min(3, 'needs at least 3 misses'),
  review: z.array(z.strictObject({ text: sampleText, ...place })).default([]),
});

const states = z.record(
  z.string().regex(/^[A-I]\d{1,2}$/),
  z.enum(['present', 'present-empty', 'stale', 'absent', 'not-checkable']),
);

/** Proof of an absence rule: states of checklist items that must make a hit, and such that must not. */
export const absenceSamples = z.strictObject({
  hits: z.array(z.strictObject({ states })).min(3, 'needs at least 3 hits'),
  misses: z.array(z.strictObject({ states, why: z.string().min(1) })).min(3, 'needs at least 3 misses'),
  review: z.array(z.strictObject({ states })).default([]),
});

/** A rule that looks for words on a page. */
export type PhraseRule = z.infer<typeof phraseRule>;
/** A rule that says that something required is not there. */
export type AbsenceRule = z.infer<typeof absenceRule>;
/** One prohibition or duty, as its file says it. */
export type Rule = PhraseRule | AbsenceRule;
/** The samples of a phrase rule. */
export type PhraseSamples = z.infer<typeof phraseSamples>;
/** The samples of an absence rule. */
export type AbsenceSamples = z.infer<typeof absenceSamples>;
/** Several word groups standing close together. */
export type NearPattern = z.infer<typeof nearPattern>;
/** Names of the cues that may speak against a hit. */
export type SuppressingCue = z.infer<typeof cueName>;
