import { percent } from '../words/format';
import { WORDS } from '../words/labels';

/** How much was seen: a bar, its share and its figures. */
export function CoverageBar({ coverage }: { coverage: { score: number; pagesSeen: number; pagesKnown: number } }) {
  const level = coverage.score >= 0.95 ? 'high' : coverage.score >= 0.7 ? 'middle' : 'low';
  return (
    <div className="coverage">
      <div
        className="coverage-track"
        role="progressbar"
        aria-label={WORDS.coverage}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(coverage.score * 100)}
      >
        <div className={`coverage-fill coverage-${level}`} style={{ width: `${coverage.score * 100}%` }} />
      </div>
      <span className="figure">{percent(coverage.score)}</span>
      <span className="quiet">{WORDS.coverageFigures(coverage.pagesSeen, coverage.pagesKnown)}</span>
    </div>
  );
}
