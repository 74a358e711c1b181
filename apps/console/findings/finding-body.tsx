import { useState } from 'react';
import { type Finding, type Place } from '../client';
import { WORDS } from '../words/labels';
import { CUE, PAGE_KIND, termOf } from '../words/terms';
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
      <Picture
        url={place.screenshotUrl}
        box={box}
        noBox={place.about.kind === 'quote' ? WORDS.noBox : WORDS.noBoxForAbsence}
      />
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

const SIDES = { for: WORDS.cueFor, against: WORDS.cueAgainst, only: WORDS.cueOnly };

/** Whether a cue speaks for the hit, against it, or only explains. */
function sideOf({ weight }: Place['cues'][number]): keyof typeof SIDES {
  if (weight === 0) return 'only';
  return weight < 0 ? 'against' : 'for';
}

function Cues({ cues }: { cues: Place['cues'] }) {
  return (
    <ul className="cues">
      {cues.map((cue, index) => (
        <li key={`${index} ${cue.name}`} className={sideOf(cue)}>
          <span className="sign">{SIDES[sideOf(cue)]}</span>
          {termOf(CUE, cue.name)}
          {cue.quote !== null && <span className="quiet">「{termOf(PAGE_KIND, cue.quote)}」</span>}
        </li>
      ))}
    </ul>
  );
}
