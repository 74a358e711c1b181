import { describeOcrEngine } from './ocr-engine.contract';

describeOcrEngine('tesseract');
