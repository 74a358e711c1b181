import { useState } from 'react';
import { type Finding, type Place } from '../client';
import { WORDS } from '../words/labels';
import { CUE, termOf } from '../words/terms';
import { AboutBlock } from './about';
import { EvidenceBlock } from './evidence-block';
import { History } from './history';
import { CloseUp, Picture } from './picture';
import { PlacesTable } from './places-table';

/** Words on the left, the picture on the right; both show the place that is chosen. */
export function FindingBody({ finding }: { finding: Finding }) {
  const [chosenId, choose] = useState<string | null>(null);
  const place = finding.places.find((one) => one.pageId === chosenId) ?? finding.places[0];
  return (
    <div className="finding-body">
      <div className="finding-words">
        {place !== undefined && (
          <Block title={WORDS.context}>
            <AboutBlock about={place.about} />
          </Block>
        )}
        <Block title={WORDS.clause}>
          <ul className="clauses">
            {finding.legalBasis.map((clause) => (
              <li key={clause}>{clause}</li>
            ))}
          </ul>
        </Block>
        {place !== undefined && place.cues.length > 0 && (
          <Block title={WORDS.cues}>
            <Cues cues={place.cues} />
          </Block>
        )}
        {place !== undefined && (
          <Block title={`${WORDS.placeTable}（${finding.placeCount}）`}>
            <PlacesTable finding={finding} chosen={place} onChoose={(one) => choose(one.pageId)} />
          </Block>
        )}
        {place !== undefined && (
          <Block title={WORDS.evidence}>
            <EvidenceBlock id={place.evidenceId} />
          </Block>
        )}
        <Block title={WORDS.history}>
          <History history={finding.history} />
        </Block>
      </div>
      <div className="finding-picture">{place !== undefined && <PlacePicture key={place.pageId} place={place} />}</div>
    </div>
  );
}

function PlacePicture({ place }: { place: Place }) {
  if (place.screenshotUrl === null) return <p className="quiet pane-note">{WORDS.noScreenshot}</p>;
  const box = place.about.kind === 'quote' ? place.about.box : null;
  return (
    <>
      {box !== null && <CloseUp url={place.screenshotUrl} box={box} />}
      <Picture url={place.screenshotUrl} box={box} />
    </>
  );
}

function Block({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Cues({ cues }: { cues: Place['cues'] }) {
  return (
    <ul className="cues">
      {cues.map((cue, index) => (
        <li key={`${index} ${cue.name}`} className={cue.weight < 0 ? 'against' : 'for'}>
          <span className="sign">{cue.weight < 0 ? WORDS.cueAgainst : WORDS.cueFor}</span>
          {termOf(CUE, cue.name)}
          {cue.quote !== null && <span className="quiet">「{cue.quote}」</span>}
        </li>
      ))}
    </ul>
  );
}
