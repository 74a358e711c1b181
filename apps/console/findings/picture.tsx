import { Button, Segmented } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { WORDS } from '../words/labels';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Says whether a box lies, at least in part, on a picture of that size. */
const isOn = (box: Box, size: Size): boolean => box.x < size.width && box.y < size.height && box.w > 0 && box.h > 0;

/** Draws the box in the picture's own pixels; the drawing lies over the picture and grows with it. */
function Overlay({ box, size }: { box: Box; size: Size }) {
  return (
    <svg className="overlay" viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="hit-box" x={box.x} y={box.y} width={box.w} height={box.h} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The picture as it was sealed, with the hit boxed; fitted to the width or in its own size, scrolled to the box. */
export function Picture({ url, box, noBox }: { url: string; box: Box | null; noBox: string }) {
  const [size, setSize] = useState<Size | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [scale, setScale] = useState<Scale>('fit');
  const pane = useRef<HTMLDivElement>(null);
  const toHit = useCallback(() => {
    const [outer, hit] = [pane.current, pane.current?.querySelector('.hit-box')];
    if (outer === null || hit == null) return;
    // only the pane is scrolled: the page keeps its place
    const [frame, place] = [outer.getBoundingClientRect(), hit.getBoundingClientRect()];
    outer.scrollTop += place.top + place.height / 2 - (frame.top + frame.height / 2);
    outer.scrollLeft += place.left + place.width / 2 - (frame.left + frame.width / 2);
  }, []);
  useEffect(toHit, [toHit, size, scale, box]);

  if (hasFailed) return <p className="quiet pane-note">{WORDS.pictureFailed}</p>;
  return (
    <section className="picture" aria-label={WORDS.screenshot}>
      <PictureTools size={size} scale={scale} onScale={setScale} onToHit={box === null ? null : toHit} />
      <BoxNote box={box} size={size} noBox={noBox} />
      <div className="picture-pane" ref={pane} tabIndex={0} role="group" aria-label={WORDS.screenshot}>
        <div
          className={`picture-sheet ${scale}`}
          style={scale === 'actual' && size !== null ? { width: size.width } : {}}
        >
          <img
            src={url}
            alt={WORDS.screenshot}
            onError={() => setFailed(true)}
            onLoad={({ currentTarget: image }) => setSize({ width: image.naturalWidth, height: image.naturalHeight })}
          />
          {size !== null && box !== null && isOn(box, size) && <Overlay box={box} size={size} />}
        </div>
      </div>
    </section>
  );
}

type Scale = 'fit' | 'actual';

interface ToolsProps {
  readonly size: Size | null;
  readonly scale: Scale;
  readonly onScale: (scale: Scale) => void;
  readonly onToHit: (() => void) | null;
}

function PictureTools({ size, scale, onScale, onToHit }: ToolsProps) {
  return (
    <div className="picture-tools">
      <b>{WORDS.screenshot}</b>
      {size !== null && (
        <span className="quiet figure">
          {size.width} × {size.height}
        </span>
      )}
      <span className="grow" />
      <Button size="small" disabled={onToHit === null} onClick={() => onToHit?.()}>
        {WORDS.toHit}
      </Button>
      <Segmented
        size="small"
        value={scale}
        onChange={onScale}
        options={[
          { value: 'fit', label: WORDS.fit },
          { value: 'actual', label: WORDS.actual },
        ]}
      />
    </div>
  );
}

function BoxNote({ box, size, noBox }: { box: Box | null; size: Size | null; noBox: string }) {
  if (box === null) return <p className="quiet pane-note">{noBox}</p>;
  if (size !== null && !isOn(box, size)) return <p className="quiet pane-note">{WORDS.outsidePicture}</p>;
  return null;
}

const CLOSE_UP = { width: 620, height: 150 };

/** The part of the picture around the hit in its own size, so that it can be read without scrolling. */
export function CloseUp({ url, box }: { url: string; box: Box }) {
  const x = Math.max(0, box.x + box.w / 2 - CLOSE_UP.width / 2);
  const y = Math.max(0, box.y + box.h / 2 - CLOSE_UP.height / 2);
  return (
    <div className="close-up" style={{ height: CLOSE_UP.height, maxWidth: CLOSE_UP.width }}>
      <img src={url} alt={WORDS.closeUp} style={{ left: -x, top: -y }} />
      <span className="close-up-box" style={{ left: box.x - x, top: box.y - y, width: box.w, height: box.h }} />
    </div>
  );
}
