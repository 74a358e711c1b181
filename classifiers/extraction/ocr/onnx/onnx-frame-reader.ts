import { InferenceSession } from 'onnxruntime-node';
import { type Frame, type FrameReader } from '../frame';
import { type EngineIdentity, type OcrLine } from '../ocr-engine';
import { detect, DETECTION } from './detect';
import { bundledModels, charactersOf, type ModelSet, verifiedFile } from './models';
import { recognise, type ReadStrip } from './recognise';
import { type TurnedRectangle } from './rectangle';
import { type Strip, stripOf, type Turn } from './strip';

/** Lines read with less are noise. */
const LEAST_CONFIDENCE = 0.5;
/** Below this a line may stand on its head, or a column may run the other way. */
const DOUBTFUL = 0.8;
/** Higher than wide by this: a column. */
const COLUMN = 1.5;
/** So small that looking twice costs more than the gate saves. */
const NO_GATE_BELOW = 480;
const WIDE = 1600;

/** One thread: a second one spins and costs double without being faster; several processes are. */
const SESSION: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  enableMemPattern: false,
  logSeverityLevel: 3,
};

interface Loaded {
  readonly detector: InferenceSession;
  readonly recogniser: InferenceSession;
  readonly characters: readonly string[];
}

/** Reads frames with PP-OCR models on onnxruntime: detection, then recognition of each line, no further library. */
export class OnnxFrameReader implements FrameReader {
  #loaded: Loaded | null = null;

  constructor(private readonly models: ModelSet = bundledModels()) {}

  async start(): Promise<EngineIdentity> {
    const { directory, detection, recognition, dictionary } = this.models;
    const characters = charactersOf(await verifiedFile(directory, dictionary));
    this.#loaded = {
      detector: await InferenceSession.create(await verifiedFile(directory, detection), SESSION),
      recogniser: await InferenceSession.create(await verifiedFile(directory, recognition), SESSION),
      characters,
    };
    return {
      name: 'ppocrv4-onnx',
      version: '1',
      models: [detection, recognition, dictionary],
      params: { ...DETECTION, leastConfidence: LEAST_CONFIDENCE, doubtful: DOUBTFUL },
    };
  }

  async mayHoldText(frame: Frame): Promise<boolean> {
    if (Math.max(frame.width, frame.height) <= NO_GATE_BELOW) return true;
    return (await detect(this.loaded().detector, frame, DETECTION.gateLimit)).length > 0;
  }

  async read(frame: Frame): Promise<OcrLine[]> {
    const { detector } = this.loaded();
    const limit = frame.width > WIDE ? DETECTION.wideLimit : DETECTION.limit;
    const places = await detect(detector, frame, limit);
    const first = places.map((place) => stripOf(frame, place, isColumn(place) ? 90 : 0));
    const read = await this.recognised(first);
    const second = await this.turned(frame, places, { first, read });
    return first.flatMap((strip, i): OcrLine[] => {
      const other = second.get(i);
      const best = other && other.read.confidence > read[i]!.confidence ? other : { strip, read: read[i]! };
      const { text, confidence, charX } = best.read;
      if (confidence < LEAST_CONFIDENCE || text.trim() === '') return [];
      return [{ text, confidence, charX, quad: best.strip.quad, rotation: best.strip.turn }];
    });
  }

  /** What is read in doubt is read once more the other way up. */
  private async turned(
    frame: Frame,
    places: readonly TurnedRectangle[],
    { first, read }: { readonly first: readonly Strip[]; readonly read: readonly ReadStrip[] },
  ): Promise<Map<number, { strip: Strip; read: ReadStrip }>> {
    const doubtful = read.flatMap(({ confidence }, i) => (confidence < DOUBTFUL ? [i] : []));
    const strips = doubtful.map((i) => stripOf(frame, places[i]!, ((first[i]!.turn + 180) % 360) as Turn));
    const again = await this.recognised(strips);
    return new Map(doubtful.map((index, i) => [index, { strip: strips[i]!, read: again[i]! }]));
  }

  private recognised(strips: readonly Strip[]): Promise<ReadStrip[]> {
    const { recogniser, characters } = this.loaded();
    return recognise(recogniser, characters, strips);
  }

  private loaded(): Loaded {
    if (this.#loaded === null) throw new Error('the reader was not started');
    return this.#loaded;
  }
}

const isColumn = ({ width, height }: TurnedRectangle): boolean => height > COLUMN * width;
