import { Collapse, Table } from 'antd';
import { Link } from 'react-router';
import { type RunTarget } from '../client';
import { CoverageBar } from '../screen/bar';
import { beijingShort, shortUrl } from '../words/format';
import { WORDS } from '../words/labels';
import { CHANNEL, OUTCOME, PAGE_KIND, PLACE, TASK_STATE, termOf } from '../words/terms';
import { DisclosureGrid } from './disclosure-grid';

type Gap = RunTarget['gaps']['first'][number];

/** One target of a run; folded when the run has many. */
export function TargetBlock({ target, isOpen }: { target: RunTarget; isOpen: boolean }) {
  return (
    <Collapse
      className="target"
      size="small"
      defaultActiveKey={isOpen ? ['it'] : []}
      items={[{ key: 'it', label: <TargetLine target={target} />, children: <TargetBody target={target} /> }]}
    />
  );
}

function TargetLine({ target }: { target: RunTarget }) {
  return (
    <div className="target-line">
      <span className="strong">{target.platform.name}</span>
      <span className="quiet">{termOf(CHANNEL, target.channel)}</span>
      <span className="ellipsis grow" title={target.url}>
        {shortUrl(target.url, 60)}
      </span>
      <CoverageBar coverage={target.coverage} />
      <span className={target.gaps.total > 0 ? 'bad' : 'quiet'}>
        {WORDS.gaps} {target.gaps.total}
      </span>
      <span>
        {WORDS.findings} <b>{target.findings}</b>
      </span>
      <span className={target.state === 'failed' ? 'bad' : 'quiet'}>{termOf(TASK_STATE, target.state)}</span>
    </div>
  );
}

function TargetBody({ target }: { target: RunTarget }) {
  return (
    <>
      {target.failure !== null && <p className="bad">{target.failure}</p>}
      <div className="pairs">
        <h3>{WORDS.visits}</h3>
        <div className="chips">
          {target.visits.map((visit) => (
            <span
              key={visit.outcome}
              className={`chip ${visit.outcome === 'ok' || visit.outcome === 'not-modified' ? 'good' : 'poor'}`}
            >
              {termOf(OUTCOME, visit.outcome)} <b className="figure">{visit.count}</b>
            </span>
          ))}
        </div>
        {target.coverage.places.length > 0 && <Places places={target.coverage.places} />}
        <h3>{WORDS.disclosure}</h3>
        <DisclosureGrid items={target.disclosure} />
        <h3>{WORDS.gaps}</h3>
        <Gaps gaps={target.gaps} />
      </div>
      <Link to={`/findings?platform=${target.platform.id}`}>
        {target.platform.name} · {WORDS.findings}
      </Link>
    </>
  );
}

function Places({ places }: { places: RunTarget['coverage']['places'] }) {
  return (
    <>
      <h3>{WORDS.lookPlaces}</h3>
      <div className="chips">
        {places.map((place) => (
          <span
            key={`${place.place} ${place.url}`}
            className={`chip ${place.state === 'seen' ? 'good' : 'poor'}`}
            title={place.url ?? ''}
          >
            {termOf({ ...PAGE_KIND, ...PLACE }, place.place)} {place.state === 'seen' ? '已看' : '未看到'}
          </span>
        ))}
      </div>
    </>
  );
}

function Gaps({ gaps }: { gaps: RunTarget['gaps'] }) {
  if (gaps.total === 0) return <span className="quiet">{WORDS.noGaps}</span>;
  return (
    <div>
      <Table<Gap>
        size="small"
        rowKey={(gap) => `${gap.url} ${gap.code}`}
        pagination={gaps.first.length > 10 ? { pageSize: 10, size: 'small' } : false}
        dataSource={gaps.first}
        columns={[
          { title: WORDS.url, render: (_, gap) => <span title={gap.url}>{shortUrl(gap.url, 70)}</span> },
          { title: WORDS.gapCode, width: 120, render: (_, gap) => termOf(OUTCOME, gap.code) },
          { title: WORDS.gapDetail, render: (_, gap) => <span className="quiet">{gap.detail}</span> },
          { title: WORDS.at, width: 110, render: (_, gap) => <span className="figure">{beijingShort(gap.at)}</span> },
        ]}
      />
      {gaps.total > gaps.first.length && <p className="quiet">{WORDS.gapsShown(gaps.first.length, gaps.total)}</p>}
    </div>
  );
}
