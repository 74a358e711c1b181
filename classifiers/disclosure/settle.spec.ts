import { type CoveragePlace, type DisclosureSighting, type DisclosureState, type EvidenceId } from '#libs/domain';
import { loadPack } from '#classifiers/engine';
import { loadChecklist } from './checklist';
import { judgePlatformDisclosure } from './judge-disclosure';
import { placesOf, type PlacePage } from './places';
import { settleDisclosure } from './settle';

const checklist = loadChecklist('classifiers/rulepacks/notice-57');
const EVIDENCE = 'e' as EvidenceId;
const seen = (place: string): CoveragePlace => ({ place, state: 'seen', url: `/${place}`, reason: null });
const EVERYWHERE_SEEN = ['home', 'disclosure', 'about'].map(seen);

const aSighting = (item: string, over: Partial<DisclosureSighting> = {}): DisclosureSighting => ({
  item,
  state: 'present',
  value: 'v',
  asOf: null,
  path: '/p',
  quote: 'q',
  ...over,
});

function stateOf(
  item: string,
  sightings: readonly DisclosureSighting[],
  places: readonly CoveragePlace[] = EVERYWHERE_SEEN,
  unread: readonly string[] = [],
): DisclosureState | undefined {
  const placed = sightings.map((sighting, i) => ({ url: `/${i}`, evidenceId: EVIDENCE, sighting }));
  return settleDisclosure({ sightings: placed, places, unread, checklist, asOf: '2018-03-15' }).find(
    (it) => it.item === item,
  );
}

describe('settleDisclosure', () => {
  it('gives every item one state, in the order of the checklist', () => {
    const states = settleDisclosure({ sightings: [], places: [], unread: [], checklist, asOf: '2018-03-15' });
    expect(states.map((it) => it.item)).toEqual(checklist.items.map((it) => it.id));
    expect(new Set(states.map((it) => it.state))).toEqual(new Set(['not-checkable']));
  });

  it('says absent where every place was seen', () => {
    expect(stateOf('B04', [])).toMatchObject({ state: 'absent', url: '/disclosure' });
  });

  it('says absent where a place does not exist on a site seen whole', () => {
    const places: CoveragePlace[] = [
      seen('home'),
      seen('about'),
      { place: 'disclosure', state: 'not-found', url: null, reason: 'x' },
    ];
    expect(stateOf('B04', [], places)?.state).toBe('absent');
    expect(stateOf('H1', [], places)?.state).toBe('absent');
  });

  it('does not accuse when one page of one place was not seen, and says which', () => {
    const places: CoveragePlace[] = [
      ...EVERYWHERE_SEEN,
      { place: 'disclosure', state: 'not-seen', url: '/2', reason: 'timeout' },
    ];
    expect(stateOf('B04', [], places)).toMatchObject({
      state: 'not-checkable',
      reason: 'place-not-seen:disclosure:timeout',
    });
    expect(stateOf('I2', [], places)?.state).toBe('absent');
  });

  it('does not accuse when nothing is known of a place or of the home page', () => {
    expect(stateOf('B04', [], [seen('home'), seen('disclosure')])?.state).toBe('not-checkable');
    expect(stateOf('D03', [], [seen('disclosure'), seen('about')])?.state).toBe('not-checkable');
  });

  it('does not accuse when something unread may hold the item', () => {
    const unread = (item: string): DisclosureSighting => aSighting(item, { state: 'unread' });
    expect(stateOf('B14', [unread('B14')])).toMatchObject({ state: 'not-checkable', reason: 'picture' });
    expect(stateOf('B04', [unread('B14')])?.state).toBe('absent');
    expect(stateOf('B04', [unread('picture')])?.state).toBe('not-checkable');
    expect(stateOf('B04', [unread('file')])?.state).toBe('absent');
    expect(stateOf('C1', [unread('file')])).toMatchObject({ state: 'not-checkable', reason: 'file' });
    expect(stateOf('A4', [unread('footer-picture')])?.state).toBe('not-checkable');
    expect(stateOf('B04', [], EVERYWHERE_SEEN, ['/frame.html'])).toMatchObject({
      state: 'not-checkable',
      reason: 'not-read',
    });
  });

  it('does not accuse a firm of hiding branches that it may not have', () => {
    expect(stateOf('B16', [])).toMatchObject({ state: 'not-checkable', reason: 'branches-unknown' });
  });

  it('takes an answer before a placeholder', () => {
    expect(stateOf('B04', [aSighting('B04', { state: 'present-empty' }), aSighting('B04')])).toMatchObject({
      state: 'present',
      url: '/1',
    });
    expect(stateOf('B04', [aSighting('B04', { state: 'present-empty' })])).toMatchObject({
      state: 'present-empty',
      reason: 'placeholder',
    });
  });

  it('takes a dated figure before an undated one, and the newest of several', () => {
    const stale = aSighting('D01', { state: 'stale', asOf: '2017-12-31' });
    expect(stateOf('D01', [aSighting('D01'), stale])?.state).toBe('stale');
    expect(stateOf('D01', [stale, aSighting('D01', { asOf: '2018-02-28' })])).toMatchObject({
      state: 'present',
      asOf: '2018-02-28',
    });
  });
});

describe('placesOf', () => {
  const page = (over: Partial<PlacePage>): PlacePage => ({
    url: '/',
    pageKind: 'home',
    outcome: 'ok',
    isRendered: true,
    title: '',
    linkText: '',
    ...over,
  });

  it('says of every place whether it was seen, and of every page of it', () => {
    const places = placesOf(
      [
        page({}),
        page({ url: '/d', pageKind: 'disclosure' }),
        page({ url: '/d2', pageKind: 'disclosure', outcome: 'captcha' }),
      ],
      true,
    );
    expect(places.map((it) => [it.place, it.state, it.reason])).toEqual([
      ['home', 'seen', null],
      ['disclosure', 'seen', null],
      ['disclosure', 'not-seen', 'captcha'],
      ['about', 'not-found', 'no-such-page-on-the-site'],
    ]);
  });

  it('does not say not-found of a site that was not seen whole', () => {
    expect(placesOf([page({})], false).map((it) => it.state)).toEqual(['seen', 'not-seen', 'not-seen']);
  });

  it('knows a page that could not be read by the link that promises it', () => {
    const blocked = page({ url: '/x', pageKind: 'help', outcome: 'blocked', linkText: '信息披露' });
    expect(placesOf([page({}), blocked], true)).toContainEqual({
      place: 'disclosure',
      state: 'not-seen',
      url: '/x',
      reason: 'blocked',
    });
  });
});

describe('judgePlatformDisclosure', () => {
  const { rules, samples } = loadPack('classifiers/rulepacks/notice-57');
  const absenceRules = rules.filter((rule) => rule.detector === 'absence');
  const judge = (states: Readonly<Record<string, DisclosureState['state']>>, over = {}) =>
    judgePlatformDisclosure({
      states: Object.entries(states).map(([item, state]) => ({
        item,
        state,
        value: null,
        asOf: null,
        url: null,
        evidenceId: null,
        reason: null,
      })),
      checklist,
      rules,
      search: [{ url: '/', evidenceId: EVIDENCE }],
      asOf: '2018-03-15',
      channel: 'website',
      ...over,
    });

  it.each(absenceRules.map((rule) => [rule.id] as const))('holds to the samples of %s', (id) => {
    const proof = samples.get(id);
    const verdictsOf = (part: readonly object[] = []): string[][] =>
      part.map((sample) =>
        'states' in sample
          ? judge(sample.states as Record<string, DisclosureState['state']>)
              .filter((hit) => hit.ruleId === id)
              .map((hit) => hit.verdict)
          : ['no states'],
      );
    expect(verdictsOf(proof?.hits).every((it) => it.includes('flag'))).toBe(true);
    expect(verdictsOf(proof?.misses).flat()).toEqual([]);
    expect(verdictsOf(proof?.review).every((it) => it.join() === 'review')).toBe(true);
    expect(proof?.hits.length).toBeGreaterThanOrEqual(3);
  });

  it('names the items in the order of the checklist, and where it looked', () => {
    const [hit] = judge({ B15: 'absent', B03: 'absent', B04: 'present' });
    expect(hit?.about).toEqual({
      kind: 'absence',
      items: ['B03', 'B15'],
      search: [{ url: '/', evidenceId: EVIDENCE }],
    });
    expect(hit?.ruleVersion).toMatch(/^[0-9a-f]{16}$/);
  });

  it('folds into one finding although other items lack on another night', () => {
    expect(judge({ A1: 'absent' })[0]?.clause).toBe(judge({ A5: 'absent' })[0]?.clause);
  });

  it('asks a person about placeholders, apart from what is absent, and not where there may be none', () => {
    expect(
      judge({ A1: 'absent', A3: 'present-empty' }).map((hit) => [
        hit.verdict,
        hit.about.kind === 'absence' && hit.about.items,
      ]),
    ).toEqual([
      ['flag', ['A1']],
      ['review', ['A3']],
    ]);
    expect(judge({ D13: 'present-empty' })).toEqual([]);
  });

  it('says nothing without a search, on another channel, or before the rule was in force', () => {
    expect(judge({ A1: 'absent' }, { search: [] })).toEqual([]);
    expect(judge({ A1: 'absent' }, { channel: 'ad' })).toEqual([]);
    expect(judge({ A1: 'absent' }, { asOf: '2017-01-01' })).toEqual([]);
  });
});
