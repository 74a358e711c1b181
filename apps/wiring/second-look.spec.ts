import { type EvidenceId, type Hit, type HitId, type PageId } from '#libs/domain';
import { type KeptHit } from '#libs/persistence';
import { doubted, heldByLayout, notReproduced, openedSaid } from './second-look';

const aHit = (over: Partial<Hit> & { quote?: string; source?: 'visible' | 'hidden' } = {}): Hit => ({
  ruleId: 'risk-reserve-advertising',
  ruleVersion: '0123456789abcdef',
  verdict: 'flag',
  score: 0.9,
  clause: 'clause',
  cues: [],
  about: {
    kind: 'quote',
    path: '/html[1]',
    segmentText: over.quote ?? '风险备付金',
    source: over.source ?? 'visible',
    region: 'main',
    pageKind: 'home',
    start: 0,
    end: 5,
    quote: over.quote ?? '风险备付金',
    box: null,
  },
  ...over,
});
const kept = (hit: Hit): KeptHit => ({
  id: 'h' as HitId,
  hit,
  evidenceId: 'e' as EvidenceId,
  pageId: 'p' as PageId,
  judgementId: null,
});

describe('the second look', () => {
  it('holds an accusation that it did not show down to review, and says so', () => {
    const [left] = notReproduced([kept(aHit())], []);
    const hit = doubted(left?.hit ?? aHit(), 'not-reproduced');
    expect(hit.verdict).toBe('review');
    expect(hit.cues.map((cue) => cue.name)).toEqual(['not-reproduced']);
  });

  it('counts the same clause as shown again', () => {
    expect(notReproduced([kept(aHit())], [aHit({ quote: 'other words' })])).toEqual([]);
  });

  it('counts the same words in another clause as shown again', () => {
    expect(notReproduced([kept(aHit())], [aHit({ clause: 'another' })])).toEqual([]);
  });

  it('does not take a dropped hit for a showing', () => {
    expect(notReproduced([kept(aHit())], [aHit({ verdict: 'drop' })])).toHaveLength(1);
  });

  it('does not take another rule for a showing', () => {
    expect(notReproduced([kept(aHit())], [aHit({ ruleId: 'principal-guarantee' })])).toHaveLength(1);
  });

  it('holds what the layout hides down to review and leaves the rest', () => {
    const [hidden, drawn] = heldByLayout([aHit({ source: 'hidden' }), aHit()]);
    expect(hidden?.verdict).toBe('review');
    expect(drawn?.verdict).toBe('flag');
  });

  it('never turns a harmless sentence into a case', () => {
    expect(doubted(aHit({ verdict: 'drop' }), 'not-reproduced').verdict).toBe('drop');
  });
});

describe('words that show only after something was opened', () => {
  const opened = [{ label: '校园专区', texts: [{ path: '/html[1]/p[1]', text: '风险备付金' }] }];

  it('say so, since nothing can be boxed', () => {
    expect(openedSaid([aHit()], opened)[0]?.cues.map((cue) => cue.name)).toEqual(['seen-after-opening']);
  });

  it('are told apart from words that stood on the page all along', () => {
    expect(openedSaid([aHit({ quote: '质保专款' })], opened)[0]?.cues).toEqual([]);
  });
});
