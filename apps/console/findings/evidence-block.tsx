import { Alert, Button, Descriptions, Table } from 'antd';
import { useCallback } from 'react';
import { api, dataOf, type Evidence } from '../client';
import { Failed } from '../screen/failed';
import { useAnswer } from '../screen/use-answer';
import { beijing, bytes, grouped } from '../words/format';
import { WORDS } from '../words/labels';
import { PART, termOf } from '../words/terms';

type Part = Evidence['record']['parts'][number];

/** The sealed record behind a hit: where it stands in the log and what each part hashes to. */
export function EvidenceBlock({ id }: { id: string }) {
  const ask = useCallback(() => dataOf(api.GET('/api/evidence/{id}', { params: { path: { id } } })), [id]);
  const { data, failure, reload } = useAnswer(ask);
  if (failure !== null) return <Failed failure={failure} retry={reload} />;
  return data === null ? null : <Sealed evidence={data} />;
}

function Sealed({ evidence }: { evidence: Evidence }) {
  const { record } = evidence;
  const code = (text: string) => <code>{text}</code>;
  const rows = [
    [WORDS.evidenceId, code(evidence.id)],
    [
      WORDS.logIndex,
      <span key="i" className="figure">
        {evidence.index}
      </span>,
    ],
    [WORDS.leafHash, code(grouped(evidence.leafHash))],
    [
      WORDS.capturedAt,
      <span key="t" className="figure">
        {beijing(record.capturedAt)}（{WORDS.beijing}）<span className="quiet"> {record.capturedAt} UTC</span>
      </span>,
    ],
    [WORDS.requestedUrl, code(record.requestedUrl)],
    ...(record.finalUrl === record.requestedUrl ? [] : [[WORDS.finalUrl, code(record.finalUrl)] as const]),
    [WORDS.httpStatus, `${record.httpStatus ?? '—'} · ${record.isRendered ? WORDS.rendered : WORDS.plain}`],
  ] as const;
  return (
    <>
      {record.incomplete.length > 0 && (
        <Alert type="warning" showIcon title={WORDS.incomplete} description={record.incomplete.join('；')} />
      )}
      <Descriptions
        size="small"
        column={1}
        bordered
        className="evidence"
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      <Parts parts={record.parts} />
      {evidence.domUrl !== null && (
        <Button size="small" href={evidence.domUrl}>
          {WORDS.saveDom}
        </Button>
      )}
    </>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return (
    <Table<Part>
      size="small"
      className="parts"
      rowKey="name"
      pagination={false}
      dataSource={[...parts]}
      columns={[
        {
          title: WORDS.part,
          width: 110,
          render: (_, part) => (
            <>
              {termOf(PART, part.name)}
              <div className="quiet small">{bytes(part.byteLength)}</div>
            </>
          ),
        },
        {
          title: 'SHA-256 / SM3',
          render: (_, part) => (
            <>
              <code className="digest">{grouped(part.sha256)}</code>
              <code className="digest quiet">{grouped(part.sm3)}</code>
            </>
          ),
        },
      ]}
    />
  );
}
