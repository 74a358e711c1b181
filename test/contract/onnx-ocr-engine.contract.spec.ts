import { describeOcrEngine } from './ocr-engine.contract';

describeOcrEngine('onnx');
